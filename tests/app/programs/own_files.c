// SPDX-License-Identifier: MIT
// What /proc and /sys say of CPUs and memory is true of the place the program runs in, and nothing else is there.
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CPUS "/sys/devices/system/cpu"
#define NODES "/sys/devices/system/node"

static int lines_beginning(const char *path, const char *beginning)
{
	char line[4096];
	int count = 0;
	FILE *file = fopen(path, "r");

	if (!file)
		return -1;
	while (fgets(line, sizeof(line), file))
		count += strncmp(line, beginning, strlen(beginning)) == 0;
	fclose(file);
	return count;
}

/* The numbers of a list such as 0-3,5: how many, or -1; *last is the last of them. */
static int count_list(const char *path, int *last)
{
	int first, count = 0, separator;
	FILE *file = fopen(path, "r");

	if (!file)
		return -1;
	do {
		if (fscanf(file, "%d", &first) != 1)
			break;
		*last = first;
		separator = fgetc(file);
		if (separator == '-') {
			if (fscanf(file, "%d", last) != 1)
				break;
			separator = fgetc(file);
		}
		count += *last - first + 1;
	} while (separator == ',');
	fclose(file);
	return count;
}

static long number_in(const char *folder, int number, const char *rest)
{
	char path[256];
	long value = -1;

	snprintf(path, sizeof path, "%s%d%s", folder, number, rest);
	FILE *file = fopen(path, "r");
	if (file && fscanf(file, "%ld", &value) != 1)
		value = -1;
	if (file)
		fclose(file);
	return value;
}

static int bits_in(const char *path)
{
	int letter, bits = 0;
	FILE *file = fopen(path, "r");

	if (!file)
		return -1;
	while ((letter = fgetc(file)) != EOF && letter != '\n')
		if (letter != ',')
			bits += __builtin_popcount((unsigned)strtoul((char[]){ (char)letter, 0 }, NULL, 16));
	fclose(file);
	return bits;
}

/* Folders `beginning`N in this one, each of which can be looked at; -1: one cannot. */
static int numbered(DIR *folder, const char *path, const char *beginning)
{
	struct dirent *entry;
	struct stat status;
	char name[512];
	int count = 0, number;

	while ((entry = readdir(folder))) {
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (lstat(name, &status) != 0)
			return -1;
		snprintf(name, sizeof name, "%s%%d%%c", beginning);
		char more;
		count += sscanf(entry->d_name, name, &number, &more) == 1;
	}
	return count;
}

static void processors(int cpus, int online)
{
	char path[128], first[300];
	int last, own = 0, there = 0;
	DIR *folder = opendir(CPUS);
	struct stat status;

	check("online", count_list(CPUS "/online", &last) == online && count_list(CPUS "/present", &last) == cpus && last == cpus - 1);
	for (int cpu = 0; cpu < cpus; cpu++) {
		snprintf(path, sizeof path, CPUS "/cpu%d/topology/thread_siblings_list", cpu);
		own += count_list(path, &last) >= 1 && access(path, R_OK) == 0 && stat(path, &status) == 0 && S_ISREG(status.st_mode);
		there += number_in(CPUS "/cpu", cpu, "/topology/physical_package_id") >= 0 && number_in(CPUS "/cpu", cpu, "/topology/core_id") >= 0;
	}
	check("each has a place", own == cpus && there == cpus);
	check("siblings", bits_in(CPUS "/cpu0/topology/core_siblings") >= 1 && bits_in(CPUS "/cpu0/topology/core_siblings") <= cpus);
	check("listed", folder && numbered(folder, CPUS, "cpu") == cpus);
	rewinddir(folder);
	check("once more", numbered(folder, CPUS, "cpu") == cpus);
	rewinddir(folder);
	readdir(folder);
	readdir(folder);
	long place = telldir(folder);
	strcpy(first, readdir(folder)->d_name);
	readdir(folder);
	seekdir(folder, place);
	check("from a place on", strcmp(first, readdir(folder)->d_name) == 0);
	closedir(folder);
	folder = fdopendir(open(CPUS, O_RDONLY | O_DIRECTORY));
	check("by descriptor", folder && numbered(folder, CPUS, "cpu") == cpus);
	closedir(folder);
	snprintf(path, sizeof path, CPUS "/cpu%d", cpus - 1);
	folder = opendir(path);
	check("the last one", folder && numbered(folder, path, "node") <= 1);
	closedir(folder);
}

static void nothing_beyond(int cpus)
{
	char path[128], link[128];
	struct stat status;

	snprintf(path, sizeof path, CPUS "/cpu%d", cpus);
	check("no more folders", stat(path, &status) == -1 && errno == ENOENT && !opendir(path) && access(path, F_OK) == -1);
	snprintf(path, sizeof path, CPUS "/cpu%d/topology/core_id", cpus);
	check("no more files", open(path, O_RDONLY) == -1 && errno == ENOENT && readlink(path, link, sizeof link) == -1);
	check("no other spelling", open(CPUS "/cpu00/topology/core_id", O_RDONLY) == -1 && access(CPUS "/cpu0/nonsense", F_OK) == -1);
	check("no node 4096", access(NODES "/node4096", F_OK) == -1 && access(NODES "/node4096/cpulist", F_OK) == -1);
}

static void nodes(int online)
{
	int last, listed = count_list(NODES "/online", &last), cpus = 0, bits = 0;
	long total = 0;
	char path[128], word[32];
	DIR *folder = opendir(NODES);

	check("nodes", listed >= 1 && folder && numbered(folder, NODES, "node") >= listed);
	closedir(folder);
	for (int node = 0; node <= last; node++) {
		int last_cpu;
		long value = 0;
		snprintf(path, sizeof path, NODES "/node%d/cpulist", node);
		int count = count_list(path, &last_cpu);
		cpus += count > 0 ? count : 0;
		snprintf(path, sizeof path, NODES "/node%d/cpumap", node);
		count = bits_in(path);
		bits += count > 0 ? count : 0;
		snprintf(path, sizeof path, NODES "/node%d/meminfo", node);
		FILE *file = fopen(path, "r");
		if (file && fscanf(file, "Node %*d %31s %ld", word, &value) == 2 && strcmp(word, "MemTotal:") == 0)
			total += value;
		if (file)
			fclose(file);
	}
	check("have the CPUs", cpus == online && bits == online);
	check("and memory", total > 0 && total <= sysconf(_SC_PHYS_PAGES) * (sysconf(_SC_PAGESIZE) / 1024));
	check("with memory", count_list(NODES "/has_memory", &last) >= 1 && number_in(NODES "/node", 0, "/distance") == 10);
}

static void ways(void)
{
	int root = open("/", O_RDONLY | O_DIRECTORY), file = openat(root, "sys/devices/system/cpu/cpu0/topology/core_id", O_RDONLY);
	char resolved[4096];
	struct stat status;

	check("from the root", file >= 0 && read(file, resolved, 1) == 1 && resolved[0] == '0');
	check("its status", fstatat(root, "sys/devices/system/cpu/online", &status, 0) == 0 && faccessat(root, "sys/devices/system/cpu/cpu0", X_OK, 0) == 0);
	check("resolved", realpath("/sys/devices/system/../system/cpu/online", resolved) && strcmp(resolved, CPUS "/online") == 0);
	check("not to be written", open(CPUS "/online", O_WRONLY) == -1 && open(CPUS, O_WRONLY) == -1 && errno == EISDIR);
	check("no folder", open(CPUS "/online", O_RDONLY | O_DIRECTORY) == -1 && errno == ENOTDIR);
	check("no link", readlink(CPUS "/online", resolved, sizeof resolved) == -1 && errno == EINVAL);
	check("a folder", stat(CPUS "/cpu0/topology", &status) == 0 && S_ISDIR(status.st_mode));
	close(file);
	close(root);
}

int main(void)
{
	int cpus = (int)sysconf(_SC_NPROCESSORS_CONF), online = (int)sysconf(_SC_NPROCESSORS_ONLN);

	check("cpuinfo", lines_beginning("/proc/cpuinfo", "processor\t") == online && lines_beginning("/proc/cpuinfo", "flags") == online);
	processors(cpus, online);
	nothing_beyond(cpus);
	nodes(online);
	ways();
	return 0;
}
