/* SPDX-License-Identifier: MIT */
/*
 * Signals with Linux's numbers, flags and structures (x86-64), in place of newlib's, which has neither siginfo nor a second stack.
 * newlib itself is built with it. Layouts: [linux] include/uapi/asm-generic/siginfo.h, arch/x86/include/uapi/asm/sigcontext.h.
 */
#ifndef _SYS_SIGNAL_H
#define _SYS_SIGNAL_H

#include <sys/_sigset.h>
#include <sys/_timespec.h>
#include <sys/cdefs.h>
#include <sys/features.h>
#include <sys/types.h>

_BEGIN_STD_C

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGIOT SIGABRT
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGSTKFLT 16
#define SIGCHLD 17
#define SIGCLD SIGCHLD
#define SIGCONT 18
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGURG 23
#define SIGXCPU 24
#define SIGXFSZ 25
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGWINCH 28
#define SIGIO 29
#define SIGPOLL SIGIO
#define SIGPWR 30
#define SIGSYS 31
#define SIGRTMIN 34 /* as glibc has it */
#define SIGRTMAX 64
#define NSIG 65
#define _NSIG NSIG

#ifndef _SIGSET_T_DECLARED
#define _SIGSET_T_DECLARED
typedef __sigset_t sigset_t; /* bit n - 1: signal n */
#endif

typedef void (*_sig_func_ptr)(int);

union sigval {
	int sival_int;
	void *sival_ptr;
};
typedef union sigval sigval_t;

typedef struct {
	int si_signo;
	int si_errno;
	int si_code; /* below: SI_*, or what the signal's own list says */
	int __reserved;
	union {
		int __words[28];
		struct {
			pid_t pid;
			uid_t uid;
			union {
				union sigval value;
				int status;
			} of;
		} sender;
		struct {
			int id;
			int overrun;
			union sigval value;
		} timer;
		void *address;
		struct {
			long band;
			int descriptor;
		} poll;
	} __fields;
} siginfo_t;
#define si_pid __fields.sender.pid
#define si_uid __fields.sender.uid
#define si_value __fields.sender.of.value
#define si_int si_value.sival_int
#define si_ptr si_value.sival_ptr
#define si_status __fields.sender.of.status
#define si_timerid __fields.timer.id
#define si_overrun __fields.timer.overrun
#define si_addr __fields.address
#define si_band __fields.poll.band
#define si_fd __fields.poll.descriptor

#define SI_USER 0
#define SI_KERNEL 0x80
#define SI_QUEUE (-1)
#define SI_TIMER (-2)
#define SI_MESGQ (-3)
#define SI_ASYNCIO (-4)
#define SI_TKILL (-6)

#define ILL_ILLOPC 1
#define ILL_ILLOPN 2
#define ILL_ILLADR 3
#define ILL_ILLTRP 4
#define ILL_PRVOPC 5
#define ILL_PRVREG 6
#define ILL_COPROC 7
#define ILL_BADSTK 8
#define FPE_INTDIV 1
#define FPE_INTOVF 2
#define FPE_FLTDIV 3
#define FPE_FLTOVF 4
#define FPE_FLTUND 5
#define FPE_FLTRES 6
#define FPE_FLTINV 7
#define FPE_FLTSUB 8
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define BUS_ADRALN 1
#define BUS_ADRERR 2
#define BUS_OBJERR 3
#define TRAP_BRKPT 1
#define TRAP_TRACE 2
#define CLD_EXITED 1
#define CLD_KILLED 2
#define CLD_DUMPED 3
#define CLD_TRAPPED 4
#define CLD_STOPPED 5
#define CLD_CONTINUED 6

#define SIGEV_SIGNAL 0
#define SIGEV_NONE 1
#define SIGEV_THREAD 2
#define SIGEV_THREAD_ID 4 /* Linux's: to the thread of that number */

struct sigevent {
	union sigval sigev_value;
	int sigev_signo;
	int sigev_notify; /* SIGEV_* */
	union {
		int __words[12];
		struct {
			void (*function)(union sigval);
			void *attributes; /* pthread_attr_t * */
		} thread;
		pid_t receiver;
	} __fields;
};
typedef struct sigevent sigevent_t;
#define sigev_notify_function __fields.thread.function
#define sigev_notify_attributes __fields.thread.attributes
#define sigev_notify_thread_id __fields.receiver

struct sigaction {
	union {
		_sig_func_ptr handler;
		void (*action)(int, siginfo_t *, void *);
	} __function;
	sigset_t sa_mask;
	int sa_flags;
};
#define sa_handler __function.handler
#define sa_sigaction __function.action

#define SA_NOCLDSTOP 0x1
#define SA_NOCLDWAIT 0x2
#define SA_SIGINFO 0x4
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000
#define SA_NODEFER 0x40000000
#define SA_RESETHAND ((int)0x80000000)
#define SA_NOMASK SA_NODEFER
#define SA_ONESHOT SA_RESETHAND

typedef struct sigaltstack {
	void *ss_sp;
	int ss_flags; /* SS_* */
	size_t ss_size;
} stack_t;
#define SS_ONSTACK 1
#define SS_DISABLE 2
/* A frame holds all vector registers; AVX-512 alone takes 2.7 KB. */
#define MINSIGSTKSZ 8192
#define SIGSTKSZ 32768

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

int kill(pid_t, int);
int killpg(pid_t, int);
int sigaction(int, const struct sigaction *__restrict, struct sigaction *__restrict);
int sigprocmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int pthread_sigmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int sigaddset(sigset_t *, int);
int sigdelset(sigset_t *, int);
int sigemptyset(sigset_t *);
int sigfillset(sigset_t *);
int sigismember(const sigset_t *, int);
int sigpending(sigset_t *);
int sigsuspend(const sigset_t *);
int sigwait(const sigset_t *__restrict, int *__restrict);
int sigwaitinfo(const sigset_t *__restrict, siginfo_t *__restrict);
int sigtimedwait(const sigset_t *__restrict, siginfo_t *__restrict, const struct timespec *__restrict);
int sigqueue(pid_t, int, union sigval);
int sigaltstack(const stack_t *__restrict, stack_t *__restrict);
int pthread_kill(pthread_t, int);
int siginterrupt(int, int);
int sigpause(int) __asm__("__xpg_sigpause");
void psiginfo(const siginfo_t *, const char *);
#if __XSI_VISIBLE || __GNU_VISIBLE
#define SIG_HOLD ((_sig_func_ptr)2)
int sighold(int);
int sigrelse(int);
int sigignore(int);
_sig_func_ptr sigset(int, _sig_func_ptr);
#endif
#if __GNU_VISIBLE
int sigisemptyset(const sigset_t *);
int sigandset(sigset_t *, const sigset_t *, const sigset_t *);
int sigorset(sigset_t *, const sigset_t *, const sigset_t *);
#endif

_END_STD_C

#include <sys/ucontext.h>

#ifndef _SIGNAL_H_
#include <signal.h> /* as glibc, the two are one */
#endif

#endif
