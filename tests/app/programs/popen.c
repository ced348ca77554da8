/* SPDX-License-Identifier: MIT */
/* Streams from and to commands: a megabyte both ways, several at a time, how they end. */
#include "check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { megabyte = 1 << 20 };

static char pattern(unsigned i)
{
	return "abcdefghijklmnopqrstuvwxyz\n"[i % 27];
}

static void from(void)
{
	FILE *stream = popen("yes abcdefghijklmnopqrstuvwxyz | head -c 1048576", "r");
	unsigned read = 0, wrong = 0;
	for (int c; (c = getc(stream)) != EOF; read++)
		wrong += c != pattern(read);
	printf("read %u, wrong %u, end %d\n", read, wrong, pclose(stream));
}

static void to(void)
{
	FILE *stream = popen("cat >copy; wc -c <copy; cksum <copy; exit 4", "w");
	for (unsigned i = 0; i < megabyte; i++)
		putc(pattern(i), stream);
	fflush(stdout);
	int status = pclose(stream);
	printf("end %d\n", WEXITSTATUS(status));
	unlink("copy");
}

static void both_at_once(void)
{
	char line[100] = "";
	FILE *writer = popen("cat >/dev/null", "w"), *reader = popen("echo one; read line; echo two", "r");
	FILE *second = popen("cat >/dev/null", "we");
	check("a line", fgets(line, sizeof line, reader) && strcmp(line, "one\n") == 0);
	/* Hangs if the programs started later had its pipe, too. */
	check("the first ends", pclose(writer) == 0);
	check("the last ends", pclose(second) == 0);
	check("and the one between", pclose(reader) == 0);
}

static void endings(void)
{
	FILE *stream = popen("kill -TERM $$", "r");
	check("killed", WTERMSIG(pclose(stream)) == SIGTERM);
	stream = popen("exit 9", "r");
	check("nothing to read", getc(stream) == EOF);
	check("exit 9", WEXITSTATUS(pclose(stream)) == 9);
	signal(SIGPIPE, SIG_IGN);
	stream = popen("exec 0<&-; echo closed >&2; exit 1", "w");
	errno = 0;
	while (putc('x', stream) != EOF) {
	}
	check("a broken pipe", errno == EPIPE);
	check("exit 1", WEXITSTATUS(pclose(stream)) == 1);
	signal(SIGPIPE, SIG_DFL);
	errno = 0;
	check("no such mode", popen("true", "x") == NULL && errno == EINVAL);
	check("not both", popen("true", "rw") == NULL && errno == EINVAL);
	check("no child is left", wait(NULL) == -1 && errno == ECHILD);
}

static void without_standard_streams(void)
{
	int input = dup(0);
	close(0);
	FILE *stream = popen("cat", "w");
	fputs("through a pipe in the place of standard input\n", stream);
	check("ends", pclose(stream) == 0);
	dup2(input, 0);
	close(input);
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	from();
	to();
	both_at_once();
	endings();
	without_standard_streams();
	return 0;
}
