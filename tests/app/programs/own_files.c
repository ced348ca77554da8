// SPDX-License-Identifier: MIT
// What /proc and /sys say of CPUs is true of the place the program runs in.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static int last_of(const char *path)
{
	int first = -1, last = -1;
	FILE *file = fopen(path, "r");

	if (!file)
		return -1;
	if (fscanf(file, "%d-%d", &first, &last) == 1)
		last = first;
	fclose(file);
	return last;
}

int main(void)
{
	int cpus = (int)sysconf(_SC_NPROCESSORS_ONLN);
	FILE *file = fopen("/sys/devices/system/cpu/online", "w");

	printf("cpuinfo %d online %d\n", lines_beginning("/proc/cpuinfo", "processor\t") == cpus,
	       last_of("/sys/devices/system/cpu/online") == cpus - 1);
	printf("flags %d status %d\n", lines_beginning("/proc/cpuinfo", "flags") == cpus, lines_beginning("/proc/self/status", "Name:"));
	if (file)
		fclose(file);
	return 0;
}
