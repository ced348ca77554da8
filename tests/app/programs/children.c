/* SPDX-License-Identifier: MIT */
/* Waiting for children: every kind of wait, what SIGCHLD tells, and many children of several threads at once. */
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static volatile sig_atomic_t told;

static void tell(int signal)
{
	told++;
}

static pid_t start(const char *command, pid_t group)
{
	char *words[] = {"sh", "-c", (char *)command, NULL};
	posix_spawnattr_t attributes;
	pid_t pid = -1;
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, group < 0 ? 0 : POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, group);
	if (posix_spawn(&pid, "/bin/sh", NULL, &attributes, words, environ) != 0)
		printf("not started: %s\n", command);
	posix_spawnattr_destroy(&attributes);
	return pid;
}

static void show(const char *what, int status)
{
	printf("%s:%s%s%s%s, %d %d %d\n", what, WIFEXITED(status) ? " exited" : "", WIFSIGNALED(status) ? " killed" : "",
	       WIFSTOPPED(status) ? " stopped" : "", WIFCONTINUED(status) ? " continued" : "", WIFEXITED(status) ? WEXITSTATUS(status) : 0,
	       WIFSIGNALED(status) ? WTERMSIG(status) : 0, WIFSTOPPED(status) ? WSTOPSIG(status) : 0);
}

static void by_number(void)
{
	int status;
	check("none yet", wait(&status) == -1 && errno == ECHILD);
	check("nor this one", waitpid(getppid(), &status, WNOHANG) == -1 && errno == ECHILD);
	pid_t first = start("exit 1", -1), second = start("exit 2", -1);
	check("not the same", first != second && first > 0 && second > 0);
	check("second", waitpid(second, &status, 0) == second);
	show("second", status);
	check("first", waitpid(first, &status, 0) == first);
	show("first", status);
	check("only once", waitpid(first, &status, 0) == -1 && errno == ECHILD);
	check("no such flag", waitpid(-1, &status, 0x40) == -1 && errno == EINVAL);
}

static void life(void)
{
	int status = 0;
	pid_t pid = start("exec sleep 1000", -1);
	check("lives", waitpid(pid, &status, WNOHANG) == 0);
	kill(pid, SIGSTOP);
	check("stops", waitpid(pid, &status, WUNTRACED) == pid);
	show("stopped", status);
	check("told once", waitpid(pid, &status, WNOHANG | WUNTRACED) == 0);
	kill(pid, SIGCONT);
	check("goes on", waitpid(pid, &status, WCONTINUED) == pid);
	show("continued", status);
	kill(pid, SIGKILL);
	check("dies", waitpid(-1, &status, 0) == pid);
	show("killed", status);
}

static void by_kind(void)
{
	siginfo_t info;
	pid_t pid = start("exit 9", -1);
	memset(&info, 0, sizeof info);
	check("ends", waitid(P_PID, pid, &info, WEXITED | WNOWAIT) == 0);
	printf("%d %d %d\n", info.si_signo, info.si_code, info.si_status);
	check("its pid and user", info.si_pid == pid && info.si_uid == getuid());
	check("may be reaped", waitid(P_ALL, 0, &info, WEXITED) == 0 && info.si_pid == pid);
	check("once", waitid(P_ALL, 0, &info, WEXITED) == -1 && errno == ECHILD);
	pid_t leader = start("exec sleep 1000", 0), member = start("exit 3", leader), other = start("exit 4", -1);
	memset(&info, 0xff, sizeof info);
	check("of the group", waitid(P_PGID, leader, &info, WEXITED) == 0 && info.si_pid == member);
	check("nothing new", waitid(P_PGID, leader, &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0);
	kill(-leader, SIGTERM);
	int status;
	check("by its negative", waitpid(-leader, &status, 0) == leader);
	show("leader", status);
	check("our own group", waitpid(0, &status, 0) == other);
	show("other", status);
}

static long microseconds(const struct timeval *time)
{
	return time->tv_sec * 1000000 + time->tv_usec;
}

static void usage(void)
{
	struct rusage one, all;
	struct tms times_of_all;
	int status;
	getrusage(RUSAGE_CHILDREN, &all);
	pid_t pid = start("i=0; while test $i -lt 20000; do i=$((i + 1)); done", -1);
	memset(&one, 0, sizeof one);
	check("its usage", wait4(pid, &status, 0, &one) == pid && microseconds(&one.ru_utime) > 0 && one.ru_maxrss > 0);
	getrusage(RUSAGE_CHILDREN, &one);
	check("is added up", microseconds(&one.ru_utime) > microseconds(&all.ru_utime));
	check("for times() too", times(&times_of_all) != -1 && (times_of_all.tms_cutime > 0 || microseconds(&one.ru_utime) < 30000));
}

static void told_by_signal(void)
{
	struct sigaction action = {.sa_handler = tell};
	sigset_t child, none;
	sigemptyset(&none);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigaction(SIGCHLD, &action, NULL);
	told = 0;
	pid_t pid = start("exit 0", -1);
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR) {
	}
	check("told before the wait ends", told == 1);
	sigprocmask(SIG_BLOCK, &child, NULL);
	pid = start("exit 0", -1);
	while (told < 2)
		sigsuspend(&none);
	check("told while it sleeps", waitpid(pid, NULL, WNOHANG) == pid);
	sigprocmask(SIG_UNBLOCK, &child, NULL);
	action.sa_flags = SA_NOCLDSTOP;
	sigaction(SIGCHLD, &action, NULL);
	told = 0;
	pid = start("exec sleep 1000", -1);
	kill(pid, SIGSTOP);
	while (waitpid(pid, NULL, WUNTRACED) == -1 && errno == EINTR) {
	}
	check("not told of stops that nobody wants to know", told == 0);
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR) {
	}
	check("but of the end", told == 1);
	action.sa_flags = SA_NOCLDWAIT;
	sigaction(SIGCHLD, &action, NULL);
	start("exit 5", -1);
	int result;
	while ((result = wait(NULL)) == -1 && errno == EINTR) {
	}
	check("nothing remains", result == -1 && errno == ECHILD);
	signal(SIGCHLD, SIG_DFL);
}

static void alarmed(int signal)
{
	told++;
}

static void interrupted(void)
{
	struct sigaction action = {.sa_handler = alarmed};
	sigaction(SIGALRM, &action, NULL);
	told = 0;
	pid_t pid = start("exec sleep 1000", -1);
	alarm(1);
	errno = 0;
	check("EINTR", waitpid(pid, NULL, 0) == -1 && errno == EINTR && told == 1);
	action.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	start("sleep 2; kill $PPID 2>/dev/null; exit 1", -1);
	kill(pid, SIGKILL);
	check("reaped", waitpid(pid, NULL, 0) == pid);
	signal(SIGTERM, SIG_IGN);
	alarm(1);
	check("made again", wait(NULL) > 0 && told == 2);
	signal(SIGTERM, SIG_DFL);
}

enum { threads = 4, rounds = 25 };

static void *many(void *argument)
{
	long wrong = 0, me = (long)argument;
	for (int i = 0; i < rounds; i++) {
		char command[40];
		int status = 0, expected = (int)(me * rounds + i), code;
		snprintf(command, sizeof command, "exit %d", expected);
		if (i % 5 == 4) {
			FILE *stream = popen(command, "r");
			wrong += getc(stream) != EOF;
			status = pclose(stream);
		} else if (i % 5 == 3) {
			status = system(command);
		} else {
			pid_t pid = start(command, -1);
			wrong += waitpid(pid, &status, 0) != pid;
		}
		code = WEXITSTATUS(status);
		wrong += !WIFEXITED(status) || code != expected;
	}
	return (void *)wrong;
}

static void of_threads(void)
{
	pthread_t thread[threads];
	void *wrong;
	for (long i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, many, (void *)i);
	for (int i = 0; i < threads; i++) {
		pthread_join(thread[i], &wrong);
		check("a thread's children", wrong == NULL);
	}
	check("no child is left", wait(NULL) == -1 && errno == ECHILD);
}

static void *command_without_end(void *unused)
{
	system("echo $$ >number; exec sleep 1000");
	return unused;
}

static void cancelled(void)
{
	pthread_t thread;
	void *result;
	FILE *file;
	int pid = 0;
	pthread_create(&thread, NULL, command_without_end, NULL);
	while (pid == 0) {
		if ((file = fopen("number", "r"))) {
			if (fscanf(file, "%d", &pid) != 1)
				pid = 0;
			fclose(file);
		}
	}
	pthread_cancel(thread);
	pthread_join(thread, &result);
	check("cancelled", result == PTHREAD_CANCELED);
	check("and its command is gone", kill(pid, 0) == -1 && errno == ESRCH);
	struct sigaction now;
	sigaction(SIGINT, NULL, &now);
	check("and SIGINT as before", now.sa_handler == SIG_DFL);
	unlink("number");
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	by_number();
	life();
	by_kind();
	usage();
	told_by_signal();
	interrupted();
	of_threads();
	cancelled();
	return 0;
}
