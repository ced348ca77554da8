// SPDX-License-Identifier: MIT
// mmap and its kin, call by call: contents, rights, what is left of a mapping that is cut up, and the errors, by name. Only not what
// happens where nothing is mapped any more: in an isle that is no fault.
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096
#define MIB (1 << 20)

static sigjmp_buf fault;

static void on_fault(int signal)
{
	(void)signal;
	siglongjmp(fault, 1);
}

static const char *error_name(void)
{
	static const struct {
		int number;
		const char *name;
	} names[] = { { EINVAL, "EINVAL" }, { ENOMEM, "ENOMEM" }, { EBADF, "EBADF" },	{ EACCES, "EACCES" },	  { ENODEV, "ENODEV" },
		      { EEXIST, "EEXIST" }, { EFAULT, "EFAULT" }, { EOVERFLOW, "EOVERFLOW" }, { EOPNOTSUPP, "EOPNOTSUPP" } };

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].number == errno)
			return names[i].name;
	return strerror(errno);
}

static void result(const char *what, int value)
{
	printf("%s: %s\n", what, value == 0 ? "0" : value == -1 ? error_name() : "?");
}

static void mapped(const char *what, void *memory)
{
	printf("%s: %s\n", what, memory == MAP_FAILED ? error_name() : "mapped");
}

static int can_read(volatile char *at)
{
	if (sigsetjmp(fault, 1))
		return 0;
	(void)*at;
	return 1;
}

static int can_write(volatile char *at)
{
	if (sigsetjmp(fault, 1))
		return 0;
	*at = *at;
	return 1;
}

/* What may be done to each of `pages`: rw, r- or --. */
static void rights(const char *what, char *memory, int pages)
{
	printf("%s:", what);
	for (int i = 0; i < pages; i++)
		printf(" %c%c", can_read(memory + i * PAGE) ? 'r' : '-', can_write(memory + i * PAGE) ? 'w' : '-');
	printf("\n");
}

static char *anonymous(size_t size)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		exit(1);
	return memory;
}

static void mmap_errors(void)
{
	int rw = PROT_READ | PROT_WRITE, private = MAP_PRIVATE | MAP_ANONYMOUS;
	char *there = anonymous(2 * PAGE);

	mapped("no size", mmap(NULL, 0, rw, private, -1, 0));
	mapped("neither shared nor private", mmap(NULL, PAGE, rw, MAP_ANONYMOUS, -1, 0));
	mapped("a size that wraps", mmap(NULL, SIZE_MAX - 1, rw, private, -1, 0));
	mapped("a size that nobody has", mmap(NULL, (size_t)1 << 50, rw, private, -1, 0));
	mapped("half a page as offset", mmap(NULL, PAGE, rw, private, -1, 2048));
	mapped("a fixed address inside a page", mmap(there + 1, PAGE, rw, private | MAP_FIXED, -1, 0));
	mapped("not in place of another", mmap(there + PAGE, 2 * PAGE, rw, private | MAP_FIXED_NOREPLACE, -1, 0));
	mapped("no such file", mmap(NULL, PAGE, rw, MAP_PRIVATE, 99, 0));
	mapped("validated flags, without a file", mmap(NULL, PAGE, rw, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0));
	mapped("a hint inside a page", mmap(there + 1, PAGE, rw, private, -1, 0));
	mapped("populated, locked nowhere, for a stack", mmap(NULL, PAGE, rw, private | MAP_POPULATE | MAP_NORESERVE | MAP_STACK, -1, 0));
	mapped("shared with nobody", mmap(NULL, PAGE, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

static void other_errors(void)
{
	char *memory = anonymous(4 * PAGE);

	result("unmap inside a page", munmap(memory + 1, PAGE));
	result("unmap nothing", munmap(memory, 0));
	result("unmap all there is", munmap((void *)PAGE, SIZE_MAX - 3 * PAGE));
	result("protect inside a page", mprotect(memory + 1, PAGE, PROT_READ));
	result("protect nothing", mprotect(memory, 0, PROT_READ));
	result("rights that do not exist", mprotect(memory, PAGE, 1 << 20));
	result("unmap the second page", munmap(memory + PAGE, PAGE));
	result("unmap it again", munmap(memory + PAGE, PAGE));
	result("unmap it with its neighbour", munmap(memory, 2 * PAGE));
	result("protect over the hole", mprotect(memory + PAGE, 3 * PAGE, PROT_READ));
	result("and up to it", mprotect(memory + 2 * PAGE, PAGE, PROT_READ));
	result("advice over the hole", madvise(memory, 4 * PAGE, MADV_WILLNEED));
	result("advice that does not exist", madvise(memory + 2 * PAGE, PAGE, 77));
	result("advice inside a page", madvise(memory + 2 * PAGE + 1, PAGE, MADV_WILLNEED));
	result("synchronise what is not there", msync(memory, PAGE, MS_SYNC));
	result("synchronise both ways", msync(memory + 2 * PAGE, PAGE, MS_SYNC | MS_ASYNC));
	result("synchronise", msync(memory + 2 * PAGE, 2 * PAGE, MS_SYNC));
	result("lock what is not there", mlock(memory, PAGE));
	result("lock", mlock(memory + 2 * PAGE, PAGE));
	result("unlock", munlock(memory + 2 * PAGE, PAGE));
	unsigned char in_core[2];
	result("in core, over the hole", mincore(memory + PAGE, 2 * PAGE, in_core));
	memory[3 * PAGE] = 1;
	result("in core", mincore(memory + 3 * PAGE, PAGE, in_core));
	check("it is", in_core[0] & 1);
	result("unmap the rest", munmap(memory, 4 * PAGE));
}

static void cutting(void)
{
	char *memory = anonymous(8 * PAGE);

	memset(memory, 7, 8 * PAGE);
	result("protect two in the middle", mprotect(memory + 3 * PAGE, 2 * PAGE, PROT_READ));
	result("and one altogether", mprotect(memory + 5 * PAGE, PAGE, PROT_NONE));
	rights("then", memory, 8);
	result("unmap from there on", munmap(memory + 4 * PAGE, 3 * PAGE));
	rights("then", memory, 4);
	check("contents of the rest", all(memory, 4 * PAGE, 7) && all(memory + 7 * PAGE, PAGE, 7));
	char *again = mmap(memory + 4 * PAGE, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	check("fill the hole", again == memory + 4 * PAGE && all(again, 3 * PAGE, 0));
	again = mmap(memory + 2 * PAGE, 4 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	check("map over both", again == memory + 2 * PAGE && all(again, 4 * PAGE, 0));
	rights("then", memory, 8);
	check("around it", all(memory, 2 * PAGE, 7) && memory[7 * PAGE] == 7);
	munmap(memory, 8 * PAGE);
}

static void advice(void)
{
	char *memory = anonymous(4 * PAGE);

	memset(memory, 7, 4 * PAGE);
	mprotect(memory + PAGE, PAGE, PROT_READ);
	mprotect(memory + 2 * PAGE, PAGE, PROT_NONE);
	result("forget three", madvise(memory, 3 * PAGE, MADV_DONTNEED));
	check("zero", all(memory, 2 * PAGE, 0));
	check("but the last", all(memory + 3 * PAGE, PAGE, 7));
	rights("rights stay", memory, 4);
	mprotect(memory + 2 * PAGE, PAGE, PROT_READ);
	check("zero behind closed doors", all(memory + 2 * PAGE, PAGE, 0));
	check("posix_madvise() loses nothing", posix_madvise(memory + 3 * PAGE, PAGE, POSIX_MADV_DONTNEED) == 0 && memory[3 * PAGE] == 7);
	munmap(memory, 4 * PAGE);
}

static void moving(void)
{
	char *memory = anonymous(8 * PAGE);

	memset(memory, 7, 8 * PAGE);
	check("shrink", mremap(memory, 8 * PAGE, 4 * PAGE, 0) == memory);
	rights("then", memory, 4);
	char *moved = mremap(memory, 4 * PAGE, 64 * PAGE, MREMAP_MAYMOVE);
	check("grow", moved != MAP_FAILED && all(moved, 4 * PAGE, 7) && all(moved + 4 * PAGE, 60 * PAGE, 0));
	char *place = anonymous(4 * PAGE);
	memset(place, 1, 4 * PAGE);
	mprotect(moved, 2 * PAGE, PROT_READ);
	check("move there", mremap(moved, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place + PAGE) == place + PAGE);
	rights("then", place, 4);
	check("with its contents", all(place, PAGE, 1) && all(place + PAGE, 2 * PAGE, 7) && all(place + 3 * PAGE, PAGE, 1));
	check("the rest stays", all(moved + 2 * PAGE, 2 * PAGE, 7) && all(moved + 4 * PAGE, 60 * PAGE, 0));
	mapped("not mapped", mremap(moved, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	mapped("to no size", mremap(place, PAGE, 0, MREMAP_MAYMOVE));
	mapped("inside a page", mremap(place + 1, PAGE, PAGE, MREMAP_MAYMOVE));
	mapped("fixed, but not to be moved", mremap(place, PAGE, PAGE, MREMAP_FIXED, moved));
	mapped("over itself", mremap(place, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place + PAGE));
	mapped("with flags that do not exist", mremap(place, PAGE, PAGE, 64));
	munmap(place, 4 * PAGE);
	munmap(moved, 64 * PAGE);
}

static void write_pattern(int file)
{
	static char pattern[PAGE * 2 + 100];

	for (size_t i = 0; i < sizeof pattern; i++)
		pattern[i] = (char)(i % 251);
	if (write(file, pattern, sizeof pattern) != sizeof pattern)
		exit(1);
}

static int has_pattern(const char *memory, size_t from, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (memory[i] != (char)((from + i) % 251))
			return 0;
	return 1;
}

static void files(void)
{
	int file = open("pattern", O_RDWR | O_CREAT | O_TRUNC, 0600);
	size_t size = PAGE * 2 + 100;
	char byte;

	write_pattern(file);
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	check("a private mapping", memory != MAP_FAILED && has_pattern(memory, 0, size));
	check("the rest of its last page", all(memory + size, 3 * PAGE - size, 0));
	memset(memory, 1, size);
	check("is not written through", pread(file, &byte, 1, 5) == 1 && byte == 5);
	munmap(memory, size);
	memory = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, PAGE);
	check("from the second page", memory != MAP_FAILED && has_pattern(memory, PAGE, PAGE));
	result("forget it", madvise(memory, PAGE, MADV_DONTNEED));
	check("and there it is again", has_pattern(memory, PAGE, PAGE));
	rights("rights", memory, 1);
	munmap(memory, PAGE);
	char *area = anonymous(3 * PAGE);
	memory = mmap(area + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 2 * PAGE);
	check("over another mapping", memory == area + PAGE && has_pattern(memory, 2 * PAGE, 100) && all(memory + 100, PAGE - 100, 0));
	mapped("of half a page", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 100));
	mapped("of an offset that wraps", mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, file, -PAGE));
	memory = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, file, 0);
	check("shared, to be read", memory != MAP_FAILED && has_pattern(memory, 0, PAGE));
	munmap(memory, PAGE);
	close(file);
	check("which keeps what was over another", has_pattern(area + PAGE, 2 * PAGE, 100));
	munmap(area, 3 * PAGE);

	file = open("pattern", O_RDONLY);
	mapped("to be written, of a file that is not", mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
	memory = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, file, 0);
	result("made writable afterwards", mprotect(memory, PAGE, PROT_READ | PROT_WRITE));
	result("made private in effect", mprotect(memory, PAGE, PROT_NONE));
	munmap(memory, PAGE);
	close(file);
	file = open("pattern", O_WRONLY);
	mapped("of a file that cannot be read", mmap(NULL, PAGE, PROT_WRITE, MAP_PRIVATE, file, 0));
	close(file);
	unlink("pattern");
	file = open(".", O_RDONLY);
	mapped("of a folder", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 0));
	close(file);
	int ends[2];
	if (pipe(ends) == 0)
		mapped("of a pipe", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, ends[0], 0));
	file = open("/dev/zero", O_RDWR);
	memory = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	check("of zeros", memory != MAP_FAILED && all(memory, PAGE, 0) && can_write(memory));
	close(file);
}

/* More in all than there is, and never more than there is at a time. */
static void over_and_over(void)
{
	size_t large = 64 * (size_t)MIB;

	for (int i = 0; i < 100; i++) {
		char *memory = anonymous(large);
		if (memory[0] || memory[large / 2] || memory[large - 1])
			exit(1);
		memory[0] = memory[large / 2] = memory[large - 1] = 1;
		munmap(memory, large);
	}
	check("6 GiB, one after the other", 1);
}

static void in_pieces(void)
{
	enum { pieces = 64 };
	char *piece[pieces];

	for (int i = 0; i < pieces; i++) {
		piece[i] = anonymous(MIB);
		memset(piece[i], i, MIB);
	}
	for (int i = 0; i < pieces; i += 2)
		munmap(piece[i], MIB);
	for (int i = 0; i < pieces; i += 2) {
		piece[i] = anonymous(MIB / 2);
		if (!all(piece[i], MIB / 2, 0))
			exit(1);
		memset(piece[i], i, MIB / 2);
	}
	int kept = 1;
	for (int i = 0; i < pieces; i++)
		kept &= all(piece[i], i % 2 ? MIB : MIB / 2, (char)i);
	check("pieces keep apart", kept);
	for (int i = 0; i < pieces; i++)
		munmap(piece[i], i % 2 ? MIB : MIB / 2);
	char *whole = anonymous(pieces * (size_t)MIB);
	check("and grow together again", all(whole, pieces * (size_t)MIB, 0));
	munmap(whole, pieces * (size_t)MIB);
}

int main(void)
{
	struct sigaction action = { .sa_handler = on_fault, .sa_flags = SA_NODEFER };

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	mmap_errors();
	other_errors();
	cutting();
	advice();
	moving();
	files();
	over_and_over();
	in_pieces();
	return 0;
}
