/* SPDX-License-Identifier: MIT */
/* Walks a directory tree: path, kind and size of everything in it. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char kind(mode_t mode)
{
	return S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISREG(mode) ? 'f' : '?';
}

static int walk(const char *path)
{
	struct stat status;
	struct dirent *entry;
	DIR *directory;
	int bad = 0;

	if (lstat(path, &status)) {
		perror(path);
		return 1;
	}
	printf("%s %c %lld\n", path, kind(status.st_mode), (long long)status.st_size);
	if (!S_ISDIR(status.st_mode))
		return 0;
	directory = opendir(path);
	if (!directory) {
		perror(path);
		return 1;
	}
	while ((entry = readdir(directory))) {
		char below[4096];

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(below, sizeof(below), "%s/%s", path, entry->d_name);
		bad |= walk(below);
	}
	closedir(directory);
	return bad;
}

int main(int argc, char **argv)
{
	return walk(argc > 1 ? argv[1] : ".");
}
