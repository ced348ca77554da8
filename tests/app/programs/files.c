// SPDX-License-Identifier: MIT
// Descriptors and names: what is written can be read, and stat, seek, links, locks and flags say the right things.
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

static void names(void)
{
	struct stat status, link_status;
	char target[64], folder[1024];
	struct timeval times[2] = {{1000000000, 250000}, {1000000001, 500000}};

	check("mkdir", mkdir("files.d", 0750) == 0 && stat("files.d", &status) == 0 && (status.st_mode & 07777) == 0750);
	check("create", close(open("files.d/a", O_CREAT | O_WRONLY, 0640)) == 0);
	check("link", link("files.d/a", "files.d/b") == 0 && stat("files.d/b", &status) == 0 && status.st_nlink == 2);
	check("symlink", symlink("a", "files.d/s") == 0 && readlink("files.d/s", target, sizeof target) == 1 && target[0] == 'a');
	check("lstat", lstat("files.d/s", &link_status) == 0 && S_ISLNK(link_status.st_mode));
	check("stat follows", stat("files.d/s", &link_status) == 0 && link_status.st_ino == status.st_ino);
	check("fstatat", fstatat(AT_FDCWD, "files.d/s", &link_status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(link_status.st_mode));
	check("rename", rename("files.d/b", "files.d/c") == 0 && access("files.d/b", F_OK) < 0 && access("files.d/c", R_OK) == 0);
	check("chmod", chmod("files.d/a", 0600) == 0 && stat("files.d/a", &status) == 0 && (status.st_mode & 07777) == 0600);
	check("utimes", utimes("files.d/a", times) == 0 && stat("files.d/a", &status) == 0 && status.st_mtime == 1000000001 &&
		      status.st_mtim.tv_nsec == 500000000 && status.st_atime == 1000000000);
	check("truncate", truncate("files.d/a", 12345) == 0 && stat("files.d/a", &status) == 0 && status.st_size == 12345);
	check("chdir", chdir("files.d") == 0 && getcwd(folder, sizeof folder) && strcmp(folder + strlen(folder) - 8, "/files.d") == 0);
	check("back", chdir("..") == 0);
	check("umask", umask(027) != 0777 && umask(022) == 027);
	check("unlink", unlink("files.d/a") == 0 && unlink("files.d/c") == 0 && unlink("files.d/s") == 0 && rmdir("files.d") == 0);
}

static void descriptors(void)
{
	char buffer[64] = "";
	struct iovec parts[2] = {{(char *)"hello ", 6}, {(char *)"world", 5}};
	struct stat status;
	int file = open("files.f", O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, 0600);

	check("writev", writev(file, parts, 2) == 11);
	check("lseek", lseek(file, -5, SEEK_END) == 6 && read(file, buffer, 64) == 5 && memcmp(buffer, "world", 5) == 0);
	check("pread", pread(file, buffer, 5, 0) == 5 && memcmp(buffer, "hello", 5) == 0 && lseek(file, 0, SEEK_CUR) == 11);
	check("pwrite", pwrite(file, "J", 1, 0) == 1 && pread(file, buffer, 1, 0) == 1 && buffer[0] == 'J');
	check("fstat", fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 11 && status.st_blksize >= 512);
	check("F_GETFL", (fcntl(file, F_GETFL) & O_ACCMODE) == O_RDWR && !(fcntl(file, F_GETFL) & O_APPEND));
	check("F_SETFL", fcntl(file, F_SETFL, O_APPEND) == 0 && (fcntl(file, F_GETFL) & O_APPEND));
	check("F_GETFD", fcntl(file, F_GETFD) == FD_CLOEXEC && fcntl(file, F_SETFD, 0) == 0 && fcntl(file, F_GETFD) == 0);
	lseek(file, 0, SEEK_SET);
	check("O_APPEND", write(file, "!", 1) == 1 && fstat(file, &status) == 0 && status.st_size == 12);
	int second = dup(file);
	check("dup shares the offset", second >= 0 && lseek(second, 0, SEEK_CUR) == 12);
	check("dup2", dup2(file, second) == second && close(second) == 0);
	int third = fcntl(file, F_DUPFD, 20);
	check("F_DUPFD", third >= 20 && close(third) == 0);
	check("flock", flock(file, LOCK_EX | LOCK_NB) == 0 && flock(file, LOCK_UN) == 0);
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 3, .l_len = 4};
	check("F_SETLK", fcntl(file, F_SETLK, &lock) == 0);
	lock.l_type = F_RDLCK;
	check("F_GETLK", fcntl(file, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK && lock.l_start == 3);
	check("ftruncate", ftruncate(file, 3) == 0 && fsync(file) == 0 && fstat(file, &status) == 0 && status.st_size == 3);
	close(file);
	unlink("files.f");
}

static void pipes(void)
{
	int ends[2];
	char byte = 0;
	fd_set set;
	struct timeval none = {0, 0};

	check("pipe", pipe(ends) == 0);
	struct pollfd poll_end = {ends[0], POLLIN, 0};
	check("poll: nothing yet", poll(&poll_end, 1, 0) == 0);
	check("pipe carries", write(ends[1], "x", 1) == 1);
	check("poll: readable", poll(&poll_end, 1, 1000) == 1 && poll_end.revents == POLLIN);
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	check("select", select(ends[0] + 1, &set, NULL, NULL, &none) == 1 && FD_ISSET(ends[0], &set));
	check("what was written", read(ends[0], &byte, 1) == 1 && byte == 'x');
	close(ends[1]);
	check("end of file", read(ends[0], &byte, 1) == 0);
	close(ends[0]);
	check("not a terminal", !isatty(ends[0]));
}

static void directories(void)
{
	char name[300];
	int count = 0, again = 0;
	struct dirent *entry;

	mkdir("files.many", 0700);
	for (int i = 0; i < 1100; i++) {
		snprintf(name, sizeof name, "files.many/%04d", i);
		close(open(name, O_CREAT | O_WRONLY, 0600));
	}
	DIR *directory = opendir("files.many");
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		snprintf(name, sizeof name, "files.many/%s", entry->d_name);
		if (count % 2)
			again += unlink(name) == 0;
	}
	check("readdir sees all", count == 1100);
	rewinddir(directory);
	count = 0;
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		snprintf(name, sizeof name, "files.many/%s", entry->d_name);
		unlink(name);
	}
	check("after rewinddir the rest", count == 1100 - again);
	check("closedir", closedir(directory) == 0 && rmdir("files.many") == 0);
	check("opendir of nothing", opendir("files.many") == NULL && errno == ENOENT);
}

int main(void)
{
	struct statvfs file_system;
	char host[256];

	names();
	descriptors();
	pipes();
	directories();
	check("statvfs", statvfs("/", &file_system) == 0 && file_system.f_bsize > 0 && file_system.f_namemax >= 255);
	check("gethostname", gethostname(host, sizeof host) == 0 && host[0]);
	printf("%s %u %u %u\n", host, (unsigned)getuid(), (unsigned)getgid(), (unsigned)geteuid());
	return 0;
}
