// SPDX-License-Identifier: MIT
// Input and output that goes on beside the program: aio_read() and its kind.
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static int file;
static sem_t called;
static int value_seen;

static struct aiocb request(int descriptor, void *buffer, size_t size, off_t offset)
{
	struct aiocb block = {.aio_fildes = descriptor, .aio_buf = buffer, .aio_nbytes = size, .aio_offset = offset};

	block.aio_sigevent.sigev_notify = SIGEV_NONE;
	return block;
}

static ssize_t result_of(struct aiocb *block)
{
	const struct aiocb *blocks[] = {block};

	while (aio_error(block) == EINPROGRESS)
		aio_suspend(blocks, 1, NULL);
	return aio_error(block) == 0 ? aio_return(block) : -aio_error(block);
}

static void there_and_back(void)
{
	char text[] = "0123456789", back[16] = "";
	struct aiocb writing = request(file, text, 10, 5), reading = request(file, back, 15, 0), flush = request(file, NULL, 0, 0);

	check("write", aio_write(&writing) == 0);
	check("flush", aio_fsync(O_SYNC, &flush) == 0);
	printf("%zd %zd\n", result_of(&flush), result_of(&writing));
	check("read", aio_read(&reading) == 0);
	printf("%zd\n", result_of(&reading));
	printf("%d %s\n", back[4], back + 5);
	check("all done", aio_cancel(file, NULL) == AIO_ALLDONE && aio_cancel(file, &reading) == AIO_ALLDONE);
	reading = request(file, back, 15, 100);
	aio_read(&reading);
	printf("behind the end: %zd\n", result_of(&reading));
}

static void refusals(void)
{
	char byte;
	struct aiocb block = request(file, &byte, 1, 0);

	check("how", aio_fsync(77, &block) == -1 && errno == EINVAL);
	check("cancel", aio_cancel(999, NULL) == -1 && errno == EBADF);
}

/* What waits for others does not hold up the program. */
static void waiting(void)
{
	int ends[2];
	char byte = 0, other = 'x';
	struct timespec shortly = {0, 10000000};

	check("pipe", pipe(ends) == 0);
	struct aiocb reading = request(ends[0], &byte, 1, 0);
	const struct aiocb *blocks[] = {NULL, &reading};

	aio_read(&reading);
	check("in progress", aio_error(&reading) == EINPROGRESS);
	check("time-out", aio_suspend(blocks, 2, &shortly) == -1 && errno == EAGAIN);
	check("not cancelled", aio_cancel(ends[0], &reading) == AIO_NOTCANCELED);
	check("write", write(ends[1], &other, 1) == 1);
	ssize_t result = result_of(&reading);
	printf("%zd %c\n", result, byte);
	close(ends[0]);
	close(ends[1]);
}

static void notify(union sigval value)
{
	value_seen = value.sival_int;
	sem_post(&called);
}

static void lists(void)
{
	char texts[8][5], back[8][5] = {{0}};
	struct aiocb blocks[8], *pointers[9];
	sigset_t set;
	siginfo_t info;

	for (int i = 0; i < 8; i++) {
		sprintf(texts[i], "<%02d>", i);
		blocks[i] = request(file, texts[i], 4, 4 * i);
		blocks[i].aio_lio_opcode = LIO_WRITE;
		pointers[i] = &blocks[i];
	}
	pointers[8] = NULL;
	check("wait", lio_listio(LIO_WAIT, pointers, 9, NULL) == 0);
	for (int i = 0; i < 8; i++) {
		printf("%zd ", aio_return(&blocks[i]));
		blocks[i] = request(file, back[i], 4, 4 * i);
		blocks[i].aio_lio_opcode = i == 3 ? LIO_NOP : LIO_READ;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + 1);
	sigaddset(&set, SIGRTMIN + 2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	blocks[0].aio_sigevent = (struct sigevent){.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1, .sigev_value.sival_int = 17};
	struct sigevent all = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 2, .sigev_value.sival_int = 18};
	check("no wait", lio_listio(LIO_NOWAIT, pointers, 8, &all) == 0);
	for (int i = 0; i < 2; i++) {
		sigwaitinfo(&set, &info);
		value_seen += info.si_value.sival_int;
		check("asynchronous", info.si_code == SI_ASYNCIO);
	}
	printf("%d\n", value_seen);
	for (int i = 0; i < 8; i++)
		printf("%s", back[i]);
	putchar('\n');

	struct aiocb block = request(file, back[0], 4, 8);
	block.aio_sigevent = (struct sigevent){.sigev_notify = SIGEV_THREAD, .sigev_notify_function = notify, .sigev_value.sival_int = 99};
	sem_init(&called, 0, 0);
	aio_read(&block);
	while (sem_wait(&called) != 0)
		;
	printf("%d %s\n", value_seen, back[0]);
}

int main(void)
{
	file = open("asynchronous", O_RDWR | O_CREAT | O_TRUNC, 0600);
	there_and_back();
	refusals();
	waiting();
	lists();
	close(file);
	unlink("asynchronous");
}
