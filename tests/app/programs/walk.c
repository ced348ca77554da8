// SPDX-License-Identifier: MIT
// Walks the directory tree named by its first argument, sorted, and prints what stat tells of each entry.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long entries;

static void print(const char *path, const struct stat *status)
{
	char target[256] = "";
	ssize_t length = S_ISLNK(status->st_mode) ? readlink(path, target, sizeof target - 1) : 0;

	target[length > 0 ? length : 0] = '\0';
	printf("%06o %u %u:%u %lld %lld %llu %lld.%09ld %s%s%s\n", (unsigned)status->st_mode, (unsigned)status->st_nlink,
	       (unsigned)status->st_uid, (unsigned)status->st_gid, S_ISDIR(status->st_mode) ? 0LL : (long long)status->st_size,
	       (long long)status->st_blocks, (unsigned long long)status->st_ino, (long long)status->st_mtime,
	       status->st_mtim.tv_nsec, path, length > 0 ? " -> " : "", target);
	entries++;
}

static int walk(const char *path)
{
	struct stat status;
	struct dirent **list;
	int failures = 0;

	if (lstat(path, &status) < 0) {
		printf("%s: %s\n", path, strerror(errno));
		return 1;
	}
	print(path, &status);
	if (!S_ISDIR(status.st_mode))
		return 0;
	int count = scandir(path, &list, NULL, alphasort);
	if (count < 0) {
		printf("%s: %s\n", path, strerror(errno));
		return 1;
	}
	for (int i = 0; i < count; i++) {
		char child[4096];
		if (strcmp(list[i]->d_name, ".") != 0 && strcmp(list[i]->d_name, "..") != 0) {
			snprintf(child, sizeof child, "%s/%s", path, list[i]->d_name);
			failures += walk(child);
		}
		free(list[i]);
	}
	free(list);
	return failures;
}

int main(int argc, char **argv)
{
	int failures = walk(argc > 1 ? argv[1] : ".");

	printf("%ld entries\n", entries);
	return failures ? 1 : 0;
}
