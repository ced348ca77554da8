// SPDX-License-Identifier: MIT
// Temporary files and folders, and streams that are no files.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static void describe(const char *what, const char *pattern, const char *name, int descriptor)
{
	struct stat status;
	size_t length = strlen(pattern), different = 0;

	if (descriptor < 0) {
		printf("%s %s: refused, %s\n", what, pattern, strcmp(name, pattern) ? "changed" : "not changed");
		return;
	}
	for (size_t i = 0; i < length; i++)
		different += pattern[i] != 'X' && pattern[i] != name[i];
	check("open", fstat(descriptor, &status) == 0);
	printf("%s %s: mode %o, length kept %d, rest kept %d, close on exec %d, append %d\n", what, pattern, status.st_mode, strlen(name) == length,
	       different == 0, fcntl(descriptor, F_GETFD), (fcntl(descriptor, F_GETFL) & O_APPEND) != 0);
	close(descriptor);
	check("removed", unlink(name) == 0);
}

static void files(void)
{
	static const char *const patterns[] = {"fileXXXXXX", "./fileXXXXXX", "fileXXXXX", "XXXXXX", "fileXXXXXXX", "", "fileXXXXXXx"};
	char name[64];
	int descriptor;

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		strcpy(name, patterns[i]);
		descriptor = mkstemp(name);
		describe("mkstemp", patterns[i], name, descriptor);
	}
	strcpy(name, "aXXXXXX");
	descriptor = mkostemp(name, O_CLOEXEC | O_APPEND);
	describe("mkostemp", "aXXXXXX", name, descriptor);
	strcpy(name, "aXXXXXX.txt");
	descriptor = mkstemps(name, 4);
	describe("mkstemps", "aXXXXXX.txt", name, descriptor);
	strcpy(name, "aXXXXXX.txt");
	descriptor = mkstemps(name, 3);
	describe("mkstemps", "aXXXXXX.txt", name, descriptor);
	strcpy(name, "XXXXXXsuffix");
	descriptor = mkostemps(name, 6, O_CLOEXEC);
	describe("mkostemps", "XXXXXXsuffix", name, descriptor);
}

static void folders(void)
{
	char name[64] = "dirXXXXXX", other[64] = "dirXXXXXX", bad[] = "dirXXX";
	struct stat status;

	check("mkdtemp", mkdtemp(name) == name && stat(name, &status) == 0);
	printf("%o\n", status.st_mode);
	check("another", mkdtemp(other) && strcmp(name, other) != 0);
	check("removed", rmdir(name) == 0 && rmdir(other) == 0);
	check("too few X", !mkdtemp(bad) && errno == EINVAL);
}

static void many(void)
{
	static char names[200][16];
	int different = 1;

	for (int i = 0; i < 200; i++) {
		strcpy(names[i], "nXXXXXX");
		close(mkstemp(names[i]));
		for (int j = 0; j < i; j++)
			different &= strcmp(names[i], names[j]) != 0;
	}
	for (int i = 0; i < 200; i++)
		different &= unlink(names[i]) == 0;
	check("200 names", different);
}

static void streams(void)
{
	char line[32], *text = NULL;
	size_t size = 0;
	FILE *stream = tmpfile();

	check("tmpfile", stream && fputs("one\ntwo\n", stream) >= 0 && fseek(stream, 4, SEEK_SET) == 0 && fgets(line, sizeof line, stream));
	printf("%s", line);
	fclose(stream);

	stream = open_memstream(&text, &size);
	fprintf(stream, "%s %d", "memory", 42);
	fflush(stream);
	printf("[%s] %zu\n", text, size);
	for (int i = 0; i < 1000; i++)
		fprintf(stream, " %d", i);
	fseeko(stream, 7, SEEK_SET);
	fputs("43", stream);
	fclose(stream);
	printf("%.20s... %zu %zu\n", text, size, strlen(text));
	free(text);

	char buffer[16] = "0123456789";
	stream = fmemopen(buffer, 10, "r");
	fseek(stream, 3, SEEK_SET);
	int first = fgetc(stream), second = fgetc(stream);
	printf("%c %c %ld", first, second, ftell(stream));
	fseek(stream, -1, SEEK_END);
	first = fgetc(stream);
	second = fgetc(stream);
	printf(" %c %d %d\n", first, second, feof(stream) != 0);
	fclose(stream);
	stream = fmemopen(buffer, sizeof buffer, "w+");
	fprintf(stream, "written");
	fflush(stream);
	printf("[%s] %ld", buffer, ftell(stream));
	rewind(stream);
	printf(" %s\n", fgets(line, sizeof line, stream));
	fclose(stream);
	stream = fmemopen(NULL, 32, "w+");
	fputs("own memory", stream);
	rewind(stream);
	printf("%s\n", fgets(line, sizeof line, stream));
	fclose(stream);
	stream = fmemopen(buffer, 4, "w");
	setbuf(stream, NULL);
	fputs("too long for it", stream);
	printf("%d\n", ferror(stream) != 0);
	fclose(stream);
	memcpy(buffer, "ab\0\0\0\0\0", 8);
	stream = fmemopen(buffer, 8, "a+");
	fputs("cd", stream);
	fclose(stream);
	printf("[%s]\n", buffer);
}

static ssize_t cookie_write(void *cookie, const char *text, size_t size)
{
	*(size_t *)cookie += size;
	return fwrite(text, 1, size, stdout);
}

static ssize_t cookie_read(void *cookie, char *text, size_t size)
{
	(void)cookie;
	(void)size;
	memcpy(text, "cookie\n", 7);
	return 7;
}

static int cookie_close(void *cookie)
{
	printf("closed after %zu\n", *(size_t *)cookie);
	return 0;
}

static void own_streams(void)
{
	size_t written = 0;
	char line[16];
	FILE *stream = fopencookie(&written, "r+", (cookie_io_functions_t){cookie_read, cookie_write, NULL, cookie_close});

	printf("%s", fgets(line, sizeof line, stream));
	fclose(stream);
	stream = fopencookie(&written, "w", (cookie_io_functions_t){.write = cookie_write, .close = cookie_close});
	fprintf(stream, "through a cookie\n");
	fclose(stream);
}

static void lines(void)
{
	FILE *stream = fmemopen("one\ntwo;three\n\nlast", 19, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t length = getdelim(&line, &size, ';', stream);

	printf("%zd [%s]\n", length, line);
	while ((length = getline(&line, &size, stream)) >= 0)
		printf("%zd [%s]\n", length, line);
	printf("%d\n", feof(stream) != 0);
	free(line);
	fclose(stream);
	check("dprintf", dprintf(STDERR_FILENO, "%s %d\n", "to a descriptor", 5) == 18);
	check("asprintf", asprintf(&line, "%s-%05d", "text", 42) == 10 && strcmp(line, "text-00042") == 0);
	free(line);
	int file = open("space", O_RDWR | O_CREAT, 0600);
	check("posix_fallocate", posix_fallocate(file, 0, 5000) == 0 && lseek(file, 0, SEEK_END) == 5000 && posix_fallocate(file, -1, 1) == EINVAL);
	close(file);
	unlink("space");
	stream = fopen("/dev/null", "we");
	check("e", fcntl(fileno(stream), F_GETFD) == FD_CLOEXEC);
	fclose(stream);
	errno = ENOENT;
	printf("%m, %m\n");
}

int main(void)
{
	umask(022);
	files();
	folders();
	many();
	streams();
	own_streams();
	lines();
}
