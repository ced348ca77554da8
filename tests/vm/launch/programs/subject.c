// SPDX-License-Identifier: MIT
// One program for every launch case: its first argument says what it does.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static volatile int *volatile nowhere;

static __attribute__((noinline)) int fall(int depth)
{
	if (depth == 0)
		*nowhere = 1;
	return fall(depth - 1) + 1;
}

static int show(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		printf("%d:%s\n", i, argv[i]);
	return argc;
}

static int environment(const char *name)
{
	char folder[4096];

	printf("%s=%s\n%s\n", name, getenv(name), getcwd(folder, sizeof folder));
	return 0;
}

static int copy(void)
{
	char piece[4096];
	ssize_t size;

	while ((size = read(0, piece, sizeof piece)) > 0)
		if (write(1, piece, size) != size)
			return 1;
	return size < 0;
}

static int descriptors(const char *path)
{
	int file = open(path, O_RDONLY);
	int own = fcntl(1000, F_GETFD);

	printf("%d %d\n", file, own == -1 && errno == EBADF);
	for (int number = 3; number < 65536; number++)
		close(number);
	printf("still here\n");
	return 0;
}

static int clocks(void)
{
	struct timespec before, after;

	clock_gettime(CLOCK_MONOTONIC, &before);
	usleep(200000);
	clock_gettime(CLOCK_MONOTONIC, &after);
	printf("%lld %lld\n", (long long)time(NULL),
	       (after.tv_sec - before.tv_sec) * 1000LL + (after.tv_nsec - before.tv_nsec) / 1000000);
	return 0;
}

/* Every page is written, and read again when all are. */
static int fill(size_t mebibytes)
{
	size_t size = mebibytes << 20, sum = 0;
	char *memory = malloc(size);

	if (!memory)
		return 1;
	for (size_t at = 0; at < size; at += 4096)
		memory[at] = (char)(at >> 12);
	for (size_t at = 0; at < size; at += 4096)
		sum += memory[at] == (char)(at >> 12);
	printf("%zu MiB\n", sum >> 8);
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "show";

	if (!strcmp(what, "show"))
		return show(argc, argv);
	if (!strcmp(what, "environment"))
		return environment(argv[2]);
	if (!strcmp(what, "exit"))
		return atoi(argv[2]);
	if (!strcmp(what, "copy"))
		return copy();
	if (!strcmp(what, "descriptors"))
		return descriptors(argv[2]);
	if (!strcmp(what, "clocks"))
		return clocks();
	if (!strcmp(what, "fill"))
		return fill(atoi(argv[2]));
	if (!strcmp(what, "fall"))
		return fall(3);
	if (!strcmp(what, "abort"))
		abort();
	if (!strcmp(what, "cli"))
		__asm__ volatile("cli");
	if (!strcmp(what, "fork"))
		return fork() == -1 && errno == ENOSYS && execl("/bin/true", "true", NULL) == -1 && errno == ENOSYS ? 0 : 1;
	if (!strcmp(what, "loop")) {
		puts("looping");
		fflush(stdout);
		for (;;)
			;
	}
	if (!strcmp(what, "yes"))
		for (;;)
			puts("y");
	return 99;
}
