// SPDX-License-Identifier: MIT
// What /proc says of a process is true of this one: its memory, its name and file, its arguments, threads, signals and CPUs.
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (1L << 20)

static int variable = 1;
static const char constant[] = "constant";
static char text[1 << 20];

static long contents(const char *path)
{
	long length = 0, got;
	int file = open(path, O_RDONLY);

	if (file < 0)
		return -1;
	while ((got = read(file, text + length, sizeof text - 1 - length)) > 0)
		length += got;
	close(file);
	text[length] = '\0';
	return length;
}

/* The line of maps that an address is in; empty: none. */
static const char *map_of(const void *at)
{
	static char found[1024];
	unsigned long begin, end;

	contents("/proc/self/maps");
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (sscanf(line, "%lx-%lx", &begin, &end) == 2 && begin <= (uintptr_t)at && (uintptr_t)at < end)
			return strncpy(found, line, sizeof found - 1);
	return "";
}

static int has_rights(const void *at, const char *rights)
{
	const char *blank = strchr(map_of(at), ' ');

	return blank && strncmp(blank + 1, rights, 4) == 0;
}

static int ends_with(const char *line, const char *end)
{
	size_t length = strlen(line), wanted = strlen(end);

	return length >= wanted && strcmp(line + length - wanted, end) == 0;
}

static int ascending(void)
{
	unsigned long begin, end, last = 0;
	int lines = 0;

	contents("/proc/self/maps");
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), lines++) {
		if (sscanf(line, "%lx-%lx", &begin, &end) != 2 || begin < last || end <= begin)
			return 0;
		last = end;
	}
	return lines > 4;
}

static void maps(const char *program)
{
	const void *code = (const void *)(uintptr_t)maps;
	char local, *heap = malloc(100);
	char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	check("code", has_rights(code, "r-xp") && ends_with(map_of(code), program));
	check("constants", has_rights(constant, "r--p") && ends_with(map_of(constant), program));
	check("variables", has_rights(&variable, "rw-p"));
	check("heap", has_rights(heap, "rw-p"));
	check("stack", has_rights(&local, "rw-p") && ends_with(map_of(&local), "[stack]"));
	check("mapped", has_rights(pages, "rw-p"));
	mprotect(pages + 4096, 4096, PROT_READ);
	check("protected", has_rights(pages, "rw-p") && has_rights(pages + 4096, "r--p") && has_rights(pages + 2 * 4096, "rw-p"));
	mprotect(pages + 4096, 4096, PROT_NONE);
	check("closed", has_rights(pages + 4096, "---p"));
	munmap(pages, 3 * 4096);
	check("unmapped", *map_of(pages) == '\0');
	check("nothing at 0", *map_of(NULL) == '\0');
	check("in order", ascending());
	free(heap);
}

/* The number behind a name of status, or -1. */
static long status(const char *name)
{
	char *line;
	size_t length = strlen(name);

	contents("/proc/self/status");
	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (strncmp(line, name, length) == 0 && line[length] == ':')
			return strtol(line + length + 1, NULL, 10);
	return -1;
}

static unsigned long status_set(const char *name)
{
	char *line;

	contents("/proc/self/status");
	line = strstr(text, name);
	return line ? strtoul(line + strlen(name) + 1, NULL, 16) : 0;
}

static void memory(void)
{
	long before = status("VmRSS"), size = 64 * MIB;
	long resident, pages, total, unused;
	char *large = malloc(size);

	memset(large, 1, size);
	long now = status("VmRSS");
	/* Linux counts some pages later. */
	check("grows by what is used", now - before >= size / 1024 - 1024 && now - before < size / 1024 + 16 * 1024);
	check("peaks", status("VmHWM") >= now && status("VmPeak") >= status("VmSize") && status("VmSize") >= now);
	check("parts", status("VmData") >= size / 1024 && status("VmStk") > 0 && status("VmExe") > 0);
	contents("/proc/self/statm");
	check("statm", sscanf(text, "%ld %ld", &pages, &resident) == 2 && resident * 4 >= size / 1024 && pages >= resident);
	large = realloc(large, 1);
	check("which stay", status("VmHWM") >= size / 1024); /* Linux notes it now and then */
	contents("/proc/meminfo");
	check("meminfo", sscanf(text, "MemTotal: %ld kB\nMemFree: %ld kB", &total, &unused) == 2 && unused <= total);
	check("is sysconf's", total == sysconf(_SC_PHYS_PAGES) * (sysconf(_SC_PAGESIZE) / 1024));
	check("more lines", strstr(text, "\nMemAvailable:") && strstr(text, "\nSwapFree:") && strstr(text, "\nHugepagesize:"));
	free(large);
}

static void file(const char *program)
{
	char link[1024] = "", real[1024];
	struct stat one, other;
	int descriptor = open("/proc/self/exe", O_RDONLY);

	check("program", realpath(program, real) && readlink("/proc/self/exe", link, sizeof link - 1) > 0 && strcmp(link, real) == 0);
	memset(link, 0, sizeof link);
	check("no more than there is room for", readlink("/proc/self/exe", link, 3) == 3 && strncmp(link, real, 3) == 0 && !link[3]);
	check("can be read", descriptor >= 0 && read(descriptor, link, 4) == 4 && memcmp(link, "\177ELF", 4) == 0);
	check("is that file", stat(program, &one) == 0 && stat("/proc/self/exe", &other) == 0 && one.st_ino == other.st_ino &&
				      one.st_size == other.st_size);
	check("is a link", lstat("/proc/self/exe", &other) == 0 && S_ISLNK(other.st_mode));
	check("can be run", access("/proc/self/exe", X_OK) == 0);
	check("resolved", realpath("/proc/thread-self/exe", link) && strcmp(link, real) == 0);
	close(descriptor);
}

static void names(int argc, char **argv, const char *program)
{
	const char *slash = strrchr(program, '/');
	char expected[4096];
	long length = 0;

	contents("/proc/self/comm");
	text[strcspn(text, "\n")] = '\0';
	check("comm", slash && strncmp(text, slash + 1, 15) == 0);
	for (int i = 0; i < argc; i++)
		length += sprintf(expected + length, "%s", argv[i]) + 1;
	argv[argc - 1] = "changed";
	check("cmdline", contents("/proc/self/cmdline") == length && memcmp(text, expected, length) == 0);
	setenv("APP_LATE", "1", 1);
	length = contents("/proc/self/environ");
	int given = 0, late = 0;
	for (long at = 0; at < length; at += strlen(text + at) + 1) {
		given += strcmp(text + at, "APP_GIVEN=a b") == 0;
		late += strncmp(text + at, "APP_LATE=", 9) == 0;
	}
	check("environ", given == 1 && late == 0);
}

static void stat_fields(void)
{
	char state, name[32], local;
	long pid, parent, threads = 0, fields = 0;
	unsigned long stack = 0;

	contents("/proc/self/stat");
	check("stat", sscanf(text, "%ld (%31[^)]) %c %ld", &pid, name, &state, &parent) == 4 && pid == getpid() && parent == getppid());
	check("its name", strncmp(name, "self", 4) == 0 && state == 'R');
	for (char *field = strtok(strrchr(text, ')') + 2, " \n"); field; field = strtok(NULL, " \n"), fields++) {
		if (fields == 20 - 3)
			threads = atol(field);
		if (fields == 28 - 3)
			stack = strtoul(field, NULL, 10);
	}
	check("its threads", threads == 1 && fields >= 50 - 2);
	check("its stack", stack > (uintptr_t)&local && stack - (uintptr_t)&local < 64 * MIB);
}

static void nothing(int signal)
{
	(void)signal;
}

static void signals(void)
{
	sigset_t set;

	signal(SIGUSR1, nothing);
	signal(SIGUSR2, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGWINCH);
	check("caught", status_set("SigCgt") >> (SIGUSR1 - 1) & 1);
	check("ignored", status_set("SigIgn") >> (SIGUSR2 - 1) & 1 && !(status_set("SigIgn") >> (SIGUSR1 - 1) & 1));
	check("blocked", status_set("SigBlk") == 1UL << (SIGWINCH - 1));
	signal(SIGUSR1, SIG_DFL);
	check("no longer", !(status_set("SigCgt") >> (SIGUSR1 - 1) & 1));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	check("let in", status_set("SigBlk") == 0);
}

static int list_has(const char *list, int cpu)
{
	int first, last, length;

	while (sscanf(list, "%d%n", &first, &length) == 1) {
		list += length;
		last = first;
		if (*list == '-' && sscanf(list, "-%d%n", &last, &length) == 1)
			list += length;
		if (first <= cpu && cpu <= last)
			return 1;
		if (*list++ != ',')
			break;
	}
	return 0;
}

static int allowed_is(const cpu_set_t *set)
{
	char *line;
	int same = 1;

	contents("/proc/thread-self/status");
	line = strstr(text, "Cpus_allowed_list:");
	for (int cpu = 0; line && cpu < CPU_SETSIZE; cpu++)
		same &= list_has(line + strlen("Cpus_allowed_list:"), cpu) == !!CPU_ISSET(cpu, set);
	return line && same;
}

static pthread_barrier_t barrier;

static void *other_thread(void *argument)
{
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	return argument;
}

static void threads(void)
{
	pthread_t thread[3];
	cpu_set_t all, one;
	int cpu = 0;

	pthread_barrier_init(&barrier, NULL, 4);
	for (int i = 0; i < 3; i++)
		pthread_create(&thread[i], NULL, other_thread, NULL);
	pthread_barrier_wait(&barrier);
	check("four threads", status("Threads") == 4);
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	while (status("Threads") != 1)
		usleep(1000); /* Linux has joined a little earlier */
	check("and one again", 1);
	sched_getaffinity(0, sizeof all, &all);
	check("all its CPUs", allowed_is(&all));
	while (!CPU_ISSET(cpu, &all))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof one, &one);
	check("one of them", allowed_is(&one));
	sched_setaffinity(0, sizeof all, &all);
}

static unsigned long auxiliary(unsigned long type)
{
	long length = contents("/proc/self/auxv");

	for (unsigned long *entry = (unsigned long *)text; (char *)(entry + 2) <= text + length; entry += 2)
		if (entry[0] == type)
			return entry[1];
	return 0;
}

static void auxiliary_vector(const char *program)
{
	enum { phdr = 3, phnum = 5, pagesz = 6, execfn = 31 };
	const char *slash = strrchr(program, '/'), *name = (const char *)auxiliary(execfn);

	check("auxv", auxiliary(pagesz) == 4096 && auxiliary(phnum) > 3 && auxiliary(phdr) && auxiliary(99) == 0);
	check("has the name", name && ends_with(name, slash));
}

/* Whatever way they are reached. */
static void ways(void)
{
	char path[64];
	struct stat found;
	int root = open("/", O_RDONLY | O_DIRECTORY), file;

	snprintf(path, sizeof path, "/proc/%d/status", getpid());
	check("by number", contents(path) > 0 && strstr(text, "Name:\tself"));
	snprintf(path, sizeof path, "/proc/self/task/%d/comm", getpid());
	check("by thread", contents(path) > 0 && strncmp(text, "self", 4) == 0);
	check("by other letters", contents("//proc/./self/../self//comm") > 0 && strncmp(text, "self", 4) == 0);
	file = openat(root, "proc/self/comm", O_RDONLY);
	check("from the root", file >= 0 && read(file, text, 4) == 4 && strncmp(text, "self", 4) == 0);
	close(file);
	check("there", stat("/proc/self/maps", &found) == 0 && S_ISREG(found.st_mode) && access("/proc/self/stat", R_OK) == 0);
	check("not there", open("/proc/self/nonsense", O_RDONLY) == -1 && errno == ENOENT);
	check("no folder", open("/proc/self/maps", O_RDONLY | O_DIRECTORY) == -1 && errno == ENOTDIR);
	snprintf(path, sizeof path, "/proc/%d/maps", getpid());
	check("resolved", realpath("/proc/self/maps", text) && strcmp(text, path) == 0);
	close(root);
}

int main(int argc, char **argv)
{
	char program[1024];

	snprintf(program, sizeof program, "%s", argv[0]);
	maps(strrchr(program, '/'));
	memory();
	file(program);
	names(argc, argv, program);
	stat_fields();
	signals();
	threads();
	auxiliary_vector(program);
	ways();
	return 0;
}
