/* SPDX-License-Identifier: MIT */
/*
 * What musl's time zones ask of a C library, on newlib, and what newlib asks of its own. musl believes a zone file, so only a sound one
 * gets there. [rfc8536] 3
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MOST_BYTES (1 << 20) /* real ones have a few KiB */
#define HEADER 44

struct counts {
	uint32_t is_ut, is_standard, leaps, transitions, types, characters;
};

_Static_assert(EOVERFLOW == 139, "newlib_errno.h");

int *___errno_location(void)
{
	return &errno;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void __lock(volatile int *unused)
{
	pthread_mutex_lock(&mutex);
}

void __unlock(volatile int *unused)
{
	pthread_mutex_unlock(&mutex);
}

void *__libc_malloc(size_t size)
{
	return malloc(size);
}

int __munmap(void *file, size_t size)
{
	free(file);
	return 0;
}

/* Null, or `size` bytes read whole. */
static unsigned char *read_whole(int descriptor, size_t size)
{
	unsigned char *bytes = malloc(size);
	size_t done = 0;

	while (bytes && done < size) {
		ssize_t now = read(descriptor, bytes + done, size - done);
		if (now <= 0) {
			free(bytes);
			return NULL;
		}
		done += now;
	}
	return bytes;
}

static uint32_t number(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

static struct counts counts_of(const unsigned char *header)
{
	return (struct counts){ number(header + 20), number(header + 24), number(header + 28), number(header + 32), number(header + 36), number(header + 40) };
}

static uint64_t length_of(struct counts counts, unsigned time_size)
{
	return (uint64_t)counts.transitions * (time_size + 1) + 6ull * counts.types + counts.characters + (uint64_t)counts.leaps * (time_size + 4) +
	       counts.is_standard + counts.is_ut;
}

/* Each transition leads to a type, each type to an abbreviation that ends. */
static int leads_nowhere_else(const unsigned char *data, struct counts counts, unsigned time_size)
{
	const unsigned char *to_type = data + (size_t)counts.transitions * time_size, *types = to_type + counts.transitions;
	const unsigned char *characters = types + 6 * (size_t)counts.types;

	if (!counts.types || !counts.characters || characters[counts.characters - 1])
		return 0;
	for (uint32_t i = 0; i < counts.transitions; i++)
		if (to_type[i] >= counts.types)
			return 0;
	for (uint32_t i = 0; i < counts.types; i++)
		if (types[6 * i + 5] >= counts.characters)
			return 0;
	return 1;
}

/* From version 2 on the same again with times of 64 bits, and a line for the time after the last transition. */
static int is_sound(const unsigned char *file, size_t size)
{
	const unsigned char *data = file + HEADER, *end = file + size;
	struct counts counts;
	unsigned time_size = 4;

	if (size < HEADER || memcmp(file, "TZif", 4))
		return 0;
	counts = counts_of(file);
	if (file[4] >= '2') {
		uint64_t first = length_of(counts, time_size);
		if (first > (uint64_t)(end - data) || (uint64_t)(end - data) - first < HEADER || memcmp(data + first, "TZif", 4))
			return 0;
		data += first;
		counts = counts_of(data);
		data += HEADER;
		time_size = 8;
	}
	uint64_t length = length_of(counts, time_size), rest = end - data;
	if (length > rest || !leads_nowhere_else(data, counts, time_size))
		return 0;
	if (time_size == 4)
		return end[-1] != '\n';
	return rest - length >= 2 && data[length] == '\n' && end[-1] == '\n' && !memchr(data + length, 0, rest - length);
}

const unsigned char *__map_file(const char *path, size_t *size)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	unsigned char *file = NULL;
	struct stat status;

	if (descriptor < 0)
		return NULL;
	if (!fstat(descriptor, &status) && S_ISREG(status.st_mode) && status.st_size > 0 && status.st_size <= MOST_BYTES)
		file = read_whole(descriptor, status.st_size);
	close(descriptor);
	if (file && !is_sound(file, status.st_size)) {
		free(file);
		file = NULL;
	}
	*size = file ? status.st_size : 0;
	return file;
}

/* newlib's strftime() calls it with newlib's own lock held. */
void _tzset_unlocked(void)
{
	tzset();
}
