/* SPDX-License-Identifier: MIT */
/* system(): what it answers, which signals it holds off meanwhile, and what its command finds. */
#include "check.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t interrupts, children;

static void count(int signal)
{
	if (signal == SIGINT)
		interrupts++;
	else
		children++;
}

static void answer(const char *command)
{
	fflush(stdout);
	int status = system(command);
	printf("%s: ", command);
	if (status == -1)
		printf("none\n");
	else if (WIFEXITED(status))
		printf("exit %d\n", WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		printf("signal %d\n", WTERMSIG(status));
	else
		printf("%#x\n", status);
}

static void answers(void)
{
	check("a shell is there", system(NULL) != 0);
	answer("true");
	answer("exit 42");
	answer("exit 255");
	answer("kill -TERM $$");
	answer("kill -KILL $$");
	answer("kill -USR2 $$");
	answer("/nowhere/program 2>/dev/null");
	answer("echo to standard output");
	answer("read line; echo \"read: $line\"; exit 3");
	answer("");
}

/* The command's own signals, limits and places are those that it has under Linux; what differs shows in the output. */
static void surroundings(void)
{
	signal(SIGUSR1, count);
	signal(SIGHUP, SIG_IGN);
	sigset_t mask;
	sigemptyset(&mask);
	sigaddset(&mask, SIGALRM);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	answer("grep -E '^(Sig(Blk|Ign|Cgt)|ShdPnd|Cpus_allowed|Mems_allowed|NoNewPrivs|Seccomp|Cap...):' /proc/self/status | grep -v CapBnd");
	answer("cat /proc/$$/timerslack_ns /proc/self/oom_score_adj; cat /proc/self/personality; cat /proc/self/cgroup");
	answer("cat /proc/self/limits");
	answer("nice; ulimit -c");
	umask(027);
	setenv("ISLAND", "Skellig Michael", 1);
	check("to /usr/bin", chdir("/usr/bin") == 0);
	answer("pwd; umask; echo $ISLAND");
	unsetenv("ISLAND");
	answer("echo ${ISLAND:-gone}; unset ISLAND");
	sigemptyset(&mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	signal(SIGHUP, SIG_DFL);
}

static void signals(void)
{
	struct sigaction action = {.sa_handler = count}, now;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGCHLD, &action, NULL);
	answer("kill -INT $PPID; kill -QUIT $PPID; exit 5");
	check("SIGINT and SIGQUIT were for the command alone", interrupts == 0);
	check("its end was told by SIGCHLD, or not at all", children <= 1);
	sigaction(SIGINT, NULL, &now);
	check("the handler is back", now.sa_handler == count);
	raise(SIGINT);
	check("and called", interrupts == 1);
	answer("kill -INT $$");
	signal(SIGINT, SIG_IGN);
	answer("kill -INT $$; exit 6");
	signal(SIGINT, SIG_DFL);
	sigset_t mask;
	sigprocmask(SIG_BLOCK, NULL, &mask);
	check("SIGCHLD is not blocked afterwards", !sigismember(&mask, SIGCHLD));
	signal(SIGCHLD, SIG_IGN);
	errno = 0;
	check("whoever ignores children does not hear of them", system("exit 1") == -1 && errno == ECHILD);
	signal(SIGCHLD, SIG_DFL);
	answer("exit 7");
	check("no child is left", wait(NULL) == -1 && errno == ECHILD);
}

int main(void)
{
	answers();
	surroundings();
	signals();
	return 0;
}
