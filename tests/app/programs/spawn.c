/* SPDX-License-Identifier: MIT */
/* posix_spawn(): file actions, attributes, errors, descriptors that a child has. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The C libraries have different words for them. */
static const char *name_of(int error)
{
	switch (error) {
	case 0: return "no error";
	case EPERM: return "EPERM";
	case ENOENT: return "ENOENT";
	case E2BIG: return "E2BIG";
	case ENOEXEC: return "ENOEXEC";
	case EBADF: return "EBADF";
	case EACCES: return "EACCES";
	case EINVAL: return "EINVAL";
	default: return "another error";
	}
}

static posix_spawn_file_actions_t actions;
static posix_spawnattr_t attributes;

static void begin(short flags)
{
	fflush(stdout);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, flags);
}

/* Runs the program with the actions and attributes that there are, and forgets them. */
static void run_words(char *const words[])
{
	pid_t pid;
	int status = 0, error = posix_spawnp(&pid, words[0], &actions, &attributes, words, environ);
	if (error)
		printf("%s: %s\n", words[2], name_of(error));
	else if (waitpid(pid, &status, 0) == pid)
		printf("%s: %d %d\n", words[2], WEXITSTATUS(status), WTERMSIG(status));
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	begin(0);
}

static void run(const char *command)
{
	char *words[] = {"sh", "-c", (char *)command, NULL};
	run_words(words);
}

static void error_of(const char *what, const char *path, int search)
{
	char *words[] = {(char *)path, NULL};
	pid_t pid = -7;
	int error = (search ? posix_spawnp : posix_spawn)(&pid, path, NULL, NULL, words, environ);
	printf("%s: %s, %s\n", what, name_of(error), pid == -7 ? "pid untouched" : "started");
	if (!error)
		waitpid(pid, NULL, 0);
}

static void errors(void)
{
	error_of("no such file", "/nowhere/program", 0);
	error_of("a folder", "/usr", 0);
	error_of("not executable", "/etc/passwd", 0);
	error_of("nothing", "", 0);
	error_of("not in PATH", "no-such-program", 1);
	error_of("nothing in PATH", "", 1);
	int file = open("script", O_CREAT | O_WRONLY, 0700);
	check("written", write(file, "exit 3\n", 7) == 7);
	close(file);
	error_of("neither format nor interpreter", "./script", 0);
	unlink("script");
	setenv("PATH", "/nowhere:/bin:/usr/bin", 1);
	error_of("in PATH", "true", 1);
	posix_spawn_file_actions_addopen(&actions, 5, "/nowhere/file", O_RDONLY, 0);
	run("echo never");
	posix_spawn_file_actions_adddup2(&actions, 77, 1);
	run("echo never");
	posix_spawn_file_actions_addchdir_np(&actions, "/nowhere");
	run("echo never");
	check("a negative descriptor", posix_spawn_file_actions_addclose(&actions, -1) == EBADF);
	check("unknown flags", posix_spawnattr_setflags(&attributes, 0x4000) == EINVAL);
	check("no child is left", wait(NULL) == -1 && errno == ECHILD);
}

static void file_actions(void)
{
	posix_spawn_file_actions_addopen(&actions, 1, "out", O_CREAT | O_TRUNC | O_WRONLY, 0640);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	run("echo one; echo two >&2");
	posix_spawn_file_actions_addopen(&actions, 0, "out", O_RDONLY, 0);
	run("cat; stat -c %a out");
	posix_spawn_file_actions_addopen(&actions, 1, "out", O_APPEND | O_WRONLY, 0);
	run("echo three");
	int file = open("out", O_RDONLY | O_CLOEXEC), root = open("/usr", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	posix_spawn_file_actions_adddup2(&actions, file, 0);
	posix_spawn_file_actions_addfchdir_np(&actions, root);
	run("cat; pwd -P");
	posix_spawn_file_actions_adddup2(&actions, file, file); /* clears close-on-exec */
	posix_spawn_file_actions_addchdir_np(&actions, "/proc/self");
	posix_spawn_file_actions_addclose(&actions, 0);
	run("echo fd/*");
	posix_spawn_file_actions_addclosefrom_np(&actions, 2);
	run("echo /proc/self/fd/*");
	close(root);
	close(file);
	unlink("out");
}

/* Without a shell, which might change them. */
static void show_signals(void)
{
	char *words[] = {"grep", "-E", "Sig(Blk|Ign|Cgt)", "/proc/self/status", NULL};
	run_words(words);
}

static void signal_attributes(void)
{
	sigset_t set;
	signal(SIGHUP, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_SETMASK, &set, NULL);
	show_signals();
	begin(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	posix_spawnattr_setsigmask(&attributes, &set);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	posix_spawnattr_setsigdefault(&attributes, &set);
	show_signals();
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	signal(SIGHUP, SIG_DFL);
	signal(SIGUSR2, SIG_DFL);
}

static void process_attributes(void)
{
	begin(POSIX_SPAWN_SETPGROUP);
	run("set -- $(cat /proc/$$/stat); test $5 = $$ && echo leads a group");
	begin(POSIX_SPAWN_SETSID);
	run("set -- $(cat /proc/$$/stat); test $6 = $$ && echo leads a session");
	begin(POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 1);
	run("echo never");
	begin(POSIX_SPAWN_RESETIDS | POSIX_SPAWN_USEVFORK);
	run("id -u >/dev/null");
	begin(POSIX_SPAWN_SETSCHEDULER);
	posix_spawnattr_setschedpolicy(&attributes, SCHED_OTHER);
	run("set -- $(cat /proc/$$/stat); echo policy ${41}");
	struct sched_param parameters = {.sched_priority = 7};
	begin(POSIX_SPAWN_SETSCHEDULER);
	posix_spawnattr_setschedparam(&attributes, &parameters);
	run("echo never");
}

static void descriptors(void)
{
	int kept = open("/dev/null", O_RDWR), closed = open("/dev/null", O_RDWR | O_CLOEXEC), far = fcntl(kept, F_DUPFD, 500);
	run("echo /proc/self/fd/*; readlink /proc/self/fd/500");
	close(kept);
	close(closed);
	close(far);
	run("echo /proc/self/fd/*");
	fflush(stdout);
	check("ls", system("ls -l /proc/self/fd | wc -l") == 0);
}

static void arguments(void)
{
	enum { many = 2000 };
	static char *words[many + 5];
	char *end[] = {NULL}, *variables[] = {"ONLY=this one", NULL};
	pid_t pid;
	int n = 0, status;
	for (const char *const *word = (const char *const[]){"sh", "-c", "echo $# $2 ${2000}; env", "x", NULL}; *word; word++)
		words[n++] = (char *)*word;
	while (n < many + 4)
		words[n++] = "an argument";
	fflush(stdout);
	check("started and ended", posix_spawn(&pid, "/bin/sh", NULL, NULL, words, variables) == 0 &&
					   waitpid(pid, &status, 0) == pid && status == 0);
	check("no arguments", posix_spawn(&pid, "/bin/true", NULL, NULL, end, end) == 0 && waitpid(pid, &status, 0) == pid);
	size_t length = 140000;
	char *one = malloc(length + 1), *long_one[] = {"true", one, NULL};
	memset(one, 'x', length);
	one[length] = 0;
	printf("one too long: %s\n", name_of(posix_spawn(&pid, "/bin/true", NULL, NULL, long_one, end)));
	for (n = 1; n < many; n++)
		words[n] = one + 20000;
	words[many] = NULL;
	printf("too many: %s\n", name_of(posix_spawn(&pid, "/bin/true", NULL, NULL, words, end)));
	free(one);
}

static void refused(void)
{
#ifdef __hermit__
	char *words[] = {"true", NULL};
	check("no copies of an isle", fork() == -1 && errno == ENOSYS && vfork() == -1 && errno == ENOSYS);
	errno = 0;
	check("nor another program in its place", execv("/bin/true", words) == -1 && errno == ENOSYS);
	errno = 0;
	check("by any name", execlp("true", "true", NULL) == -1 && errno == ENOSYS);
#else
	check("no copies of an isle", 1);
	check("nor another program in its place", 1);
	check("by any name", 1);
#endif
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	begin(0);
	errors();
	file_actions();
	signal_attributes();
	process_attributes();
	descriptors();
	arguments();
	refused();
	return 0;
}
