// SPDX-License-Identifier: MIT
// Errors of the system arrive under the names of the C library.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect(const char *what, long result, int error, const char *name)
{
	printf("%s: %s %s\n", what, result < 0 ? "fails with" : "succeeds, not", errno == error ? name : strerror(errno));
	errno = 0;
}

#define EXPECT(call, error) expect(#call, (long)(call), error, #error)

int main(void)
{
	char name[400], byte;
	int ends[2];

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	mkdir("errors.full", 0700);
	close(open("errors.full/file", O_CREAT | O_WRONLY, 0600));
	symlink("errors.loop", "errors.loop");

	EXPECT(open("errors.none", O_RDONLY), ENOENT);
	EXPECT(open("/", O_WRONLY), EISDIR);
	EXPECT(open("errors.full/file/x", O_RDONLY), ENOTDIR);
	EXPECT(open("errors.full/file", O_CREAT | O_EXCL | O_WRONLY, 0600), EEXIST);
	EXPECT(open("errors.loop", O_RDONLY), ELOOP);
	EXPECT(open(name, O_RDONLY), ENAMETOOLONG);
	EXPECT(rmdir("errors.full"), ENOTEMPTY);
	EXPECT(close(-1), EBADF);
	EXPECT(read(999, &byte, 1), EBADF);
	EXPECT(lseek(-1, 0, SEEK_SET), EBADF);
	EXPECT(fcntl(0, 9999), EINVAL);
	pipe(ends);
	EXPECT(lseek(ends[0], 0, SEEK_SET), ESPIPE);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	EXPECT(read(ends[0], &byte, 1), EAGAIN);
	EXPECT(chdir("errors.full/file"), ENOTDIR);
	EXPECT(rename("errors.none", "errors.other"), ENOENT);
	EXPECT(link("errors.full", "errors.link"), EPERM);
	EXPECT(truncate("errors.full", 0), EISDIR);
	EXPECT(access("errors.none", F_OK), ENOENT);
	EXPECT(readlink("errors.full", name, sizeof name), EINVAL);
	EXPECT(pathconf("errors.none", _PC_NAME_MAX), ENOENT);

	unlink("errors.full/file");
	rmdir("errors.full");
	unlink("errors.loop");
	return 0;
}
