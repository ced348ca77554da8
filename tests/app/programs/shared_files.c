// SPDX-License-Identifier: MIT
// Shared mappings of files that can be written: what is stored reaches the file, and what of it others have changed is seen, where POSIX
// promises both.
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE 4096
#define RW (PROT_READ | PROT_WRITE)

static char *map(int file, size_t size, off_t offset, int protection)
{
	char *memory = mmap(NULL, size, protection, MAP_SHARED, file, offset);

	if (memory == MAP_FAILED) {
		printf("not mapped: %d\n", errno);
		exit(1);
	}
	return memory;
}

static int new_file(const char *name, off_t size)
{
	int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (file < 0 || ftruncate(file, size) != 0)
		exit(1);
	return file;
}

/* What the file has there. */
static int byte(int file, off_t offset)
{
	unsigned char value;

	return pread(file, &value, 1, offset) == 1 ? value : -1;
}

static off_t size_of(int file)
{
	struct stat status;

	return fstat(file, &status) == 0 ? status.st_size : -1;
}

static void stored(void)
{
	int file = new_file("stored", 3 * PAGE + 100);
	char *memory = map(file, 4 * PAGE, 0, RW);

	check("zero at first", all(memory, 4 * PAGE, 0));
	memory[0] = 1;
	memory[PAGE + 5] = 2;
	memory[3 * PAGE + 99] = 3;
	memory[3 * PAGE + 100] = 4; /* beyond the end */
	check("msync", msync(memory, 4 * PAGE, MS_SYNC) == 0);
	printf("%d %d %d %ld\n", byte(file, 0), byte(file, PAGE + 5), byte(file, 3 * PAGE + 99), (long)size_of(file));
	memory[1] = 5;
	memory[2 * PAGE] = 6;
	check("of one page", msync(memory, PAGE, MS_ASYNC) == 0 && byte(file, 1) == 5);
	check("munmap", munmap(memory, 4 * PAGE) == 0 && byte(file, 2 * PAGE) == 6);
	close(file);
}

static void outlives_its_descriptor(void)
{
	int file = new_file("descriptor", PAGE);
	char *memory = map(file, PAGE, 0, RW);

	close(file);
	file = open("descriptor", O_RDONLY);
	memory[7] = 7;
	munmap(memory, PAGE);
	check("after its descriptor", byte(file, 7) == 7);
	close(file);
}

static void beside_others(void)
{
	int file = new_file("others", 2 * PAGE), other = open("others", O_RDWR);
	char *memory = map(file, 2 * PAGE, 0, RW);

	memory[10] = 10;
	memory[12] = 12;
	check("another writes", pwrite(other, "\x0b", 1, 11) == 1 && pwrite(other, "\x0d", 1, PAGE) == 1);
	check("synchronised", msync(memory, 2 * PAGE, MS_SYNC | MS_INVALIDATE) == 0);
	printf("%d %d %d %d\n", memory[10], memory[11], memory[12], memory[PAGE]);
	printf("%d %d %d %d\n", byte(file, 10), byte(file, 11), byte(file, 12), byte(file, PAGE));
	memory[10] = 0;
	munmap(memory, 2 * PAGE);
	check("zero is a value, too", byte(file, 10) == 0 && byte(file, 11) == 11);
	close(file);
	close(other);
}

static void two_of_one_file(void)
{
	int file = new_file("two", 4 * PAGE);
	char *one = map(file, 4 * PAGE, 0, RW), *other = map(file, 2 * PAGE, PAGE, RW);

	one[PAGE + 1] = 1;
	other[PAGE] = 2;
	check("one sees the other", other[1] == 1 && one[2 * PAGE] == 2);
	check("the first ends", munmap(one, 4 * PAGE) == 0 && byte(file, PAGE + 1) == 1);
	other[2] = 3;
	check("the second lives", other[1] == 1 && munmap(other, 2 * PAGE) == 0 && byte(file, PAGE + 2) == 3);
	one = map(file, PAGE, 0, PROT_READ);
	check("another part", one[0] == 0);
	munmap(one, PAGE);
	one = map(file, PAGE, 3 * PAGE, RW);
	other = map(file, PAGE, 2 * PAGE, RW);
	one[0] = 4;
	other[0] = 5;
	munmap(one, PAGE);
	munmap(other, PAGE);
	check("side by side", byte(file, 3 * PAGE) == 4 && byte(file, 2 * PAGE) == 5);
	char *own = mmap(NULL, 4 * PAGE, RW, MAP_PRIVATE, file, 0);
	check("a private one reads it", own[2 * PAGE] == 5);
	own[0] = 77;
	munmap(own, 4 * PAGE);
	check("and changes nothing", byte(file, 0) == 0);
	close(file);
}

static void in_pieces(void)
{
	int file = new_file("pieces", 5 * PAGE);
	char *memory = map(file, 5 * PAGE, 0, RW);

	memset(memory, 1, 5 * PAGE);
	munmap(memory + PAGE, PAGE);
	check("a hole", byte(file, PAGE) == 1 && byte(file, 2 * PAGE - 1) == 1);
	char *inside = mmap(memory + 3 * PAGE, PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	check("something else inside", inside == memory + 3 * PAGE && inside[0] == 0 && byte(file, 3 * PAGE) == 1);
	inside[0] = 9;
	memory[0] = 2;
	memory[4 * PAGE] = 3;
	mprotect(memory + 4 * PAGE, PAGE, PROT_NONE);
	munmap(memory, 5 * PAGE);
	printf("%d %d %d\n", byte(file, 0), byte(file, 3 * PAGE), byte(file, 4 * PAGE));
	close(file);
}

static void grows(void)
{
	int file = new_file("grows", 0);
	char *memory = map(file, 2 * PAGE, 0, RW);

	check("longer", ftruncate(file, PAGE + 10) == 0);
	memory[PAGE + 9] = 1;
	memory[0] = 2;
	msync(memory, 2 * PAGE, MS_SYNC);
	check("has both", byte(file, PAGE + 9) == 1 && byte(file, 0) == 2);
	check("shorter", ftruncate(file, 10) == 0);
	munmap(memory, 2 * PAGE);
	check("keeps its size", size_of(file) == 10);
	close(file);
}

static void by_locks(void)
{
	int file = new_file("locks", PAGE);
	char *memory = map(file, PAGE, 0, RW), *other;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};

	check("lock", fcntl(file, F_SETLK, &lock) == 0);
	memory[0] = 1;
	lock.l_type = F_UNLCK;
	check("unlock", fcntl(file, F_SETLK, &lock) == 0);
	fflush(stdout);
	system("od -An -tu1 -N1 locks; printf '\\002' | dd of=locks bs=1 seek=1 conv=notrunc status=none");
	lock.l_type = F_RDLCK;
	check("seen", fcntl(file, F_SETLK, &lock) == 0 && memory[1] == 2);
	int second = new_file("second", PAGE);
	other = map(second, PAGE, 0, RW);
	munmap(memory, PAGE);
	munmap(other, PAGE);
	check("flock", flock(second, LOCK_EX | LOCK_NB) == 0 && flock(second, LOCK_UN) == 0);
	close(second);
	close(file);
}

static void to_a_file_that_is_appended_to(void)
{
	int file = open("appended", O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);

	check("written", write(file, "abcdef", 6) == 6);
	char *memory = map(file, PAGE, 0, RW);
	memory[1] = 'B';
	msync(memory, PAGE, MS_SYNC);
	printf("%c %ld\n", byte(file, 1), (long)size_of(file));
	munmap(memory, PAGE);
	close(file);
}

static void other_sizes(void)
{
	int file = new_file("sizes", 2 * PAGE);

	check("written at its end", pwrite(file, "x", 1, PAGE - 1) == 1);
	char *header = map(file, 64, 0, RW), *page = map(file, PAGE, 0, RW);
	check("all of the page", page[PAGE - 1] == 'x' && header[0] == 0);
	munmap(header, 64);
	page[PAGE - 1] = 'y';
	char *private = mmap(NULL, 64, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	private[0] = 'p';
	check("moved over it", mremap(private, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, page) == page && page[0] == 'p');
	printf("%d %d\n", byte(file, PAGE - 1), byte(file, 0));
	munmap(page, PAGE);
	check("none of the file's business", byte(file, 0) == 0);
	close(file);
}

/* Many changes far apart, and what others have written between them. */
static void scattered(void)
{
	int file = new_file("scattered", 16 * PAGE), good = 0;
	char *memory = map(file, 16 * PAGE, 0, RW);

	for (int i = 0; i < 16 * PAGE; i += 64)
		memory[i] = 1;
	check("another writes", pwrite(file, "\2", 1, 32) == 1 && pwrite(file, "\2", 1, 16 * PAGE - 1) == 1);
	msync(memory, 16 * PAGE, MS_SYNC);
	for (int i = 0; i < 16 * PAGE; i += 64)
		good += byte(file, i) == 1;
	printf("%d %d %d\n", good, byte(file, 32), byte(file, 16 * PAGE - 1));
	munmap(memory, 16 * PAGE);
	close(file);
}

static void refused(void)
{
	int file = new_file("refused", PAGE), reads = open("refused", O_RDONLY), ends[2];

	check("not of a file opened to be read", mmap(NULL, PAGE, RW, MAP_SHARED, reads, 0) == MAP_FAILED && errno == EACCES);
	check("not of a pipe", pipe(ends) == 0 && mmap(NULL, PAGE, RW, MAP_SHARED, ends[0], 0) == MAP_FAILED);
	check("not of half a page", mmap(NULL, PAGE, RW, MAP_SHARED, file, 100) == MAP_FAILED && errno == EINVAL);
	close(reads);
	close(file);
}

static int counters;
static uint32_t *shared;

static void *counts(void *number)
{
	for (int i = 0; i < 20000; i++)
		__atomic_add_fetch(&shared[(uintptr_t)number], 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&counters, 1, __ATOMIC_RELEASE);
	return NULL;
}

/* Nothing that is stored meanwhile is lost. */
static void while_others_store(void)
{
	int file = new_file("threads", PAGE);
	pthread_t thread[2];
	uint32_t value[2];

	shared = (uint32_t *)map(file, PAGE, 0, RW);
	for (uintptr_t i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, counts, (void *)i);
	while (__atomic_load_n(&counters, __ATOMIC_ACQUIRE) < 2)
		msync(shared, PAGE, MS_ASYNC | MS_INVALIDATE);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	msync(shared, PAGE, MS_SYNC | MS_INVALIDATE);
	check("all of the file is there", pread(file, value, sizeof value, 0) == sizeof value);
	printf("%u %u %u %u\n", shared[0], shared[1], value[0], value[1]);
	munmap(shared, PAGE);
	close(file);
}

static void to_another_program(void)
{
	int file = new_file("program", PAGE);
	char *memory = map(file, PAGE, 0, RW);

	memcpy(memory, "to another program\n", 19);
	fflush(stdout);
	system("head -c 19 program");
	memory[0] = 'T';
	check("fsync", fsync(file) == 0 && byte(file, 0) == 'T');
	close(file);
}

int main(int argc, char **argv)
{
	if (argc > 1) { /* for tests/vm/launch/files.py */
		char *memory = map(new_file("left", PAGE), PAGE, 0, RW);

		strcpy(memory, argv[1]);
		if (strcmp(argv[1], "abort") == 0)
			abort();
		_exit(0);
	}
	stored();
	outlives_its_descriptor();
	beside_others();
	two_of_one_file();
	in_pieces();
	grows();
	by_locks();
	to_a_file_that_is_appended_to();
	other_sizes();
	scattered();
	refused();
	while_others_store();
	to_another_program();
	return 0;
}
