// SPDX-License-Identifier: MIT
// HermitCore's headers, all of them, in C++, in one file with Linux's <sys/syscall.h>, which then has the name syscall().
#include "check.h"

#include <hermit/config.h>
#include <hermit/ctype.h>
#include <hermit/errno.h>
#include <hermit/processor.h>
#include <hermit/semaphore.h>
#include <hermit/signal.h>
#include <hermit/spinlock.h>
#include <hermit/stdarg.h>
#include <hermit/stddef.h>
#include <hermit/stdio.h>
#include <hermit/stdlib.h>
#include <hermit/string.h>
#include <hermit/syscall.h>
#include <hermit/tasks.h>
#include <hermit/time.h>

#include <sys/syscall.h>
#include <unistd.h>

static sem_t *done;

static int finish(void *number)
{
	*static_cast<volatile int *>(number) = 7;
	return sys_sem_post(done);
}

int main()
{
	int number = 0;
	tid_t id;

	check("Linux's function", syscall(SYS_getpid) == getpid());
	check("HermitCore's instruction", SYSCALL0(__NR_getpid) == static_cast<long>(sys_getpid()));
	check("a task", sys_sem_init(&done, 0) == 0 && clone_task(&id, finish, &number, NORMAL_PRIO) == 0);
	check("that has run", sys_sem_wait(done) == 0 && number == 7);
	check("to the end", BUILTIN_EXPECT(isdigit('7'), 1) != 0);
	return 0;
}
