/* SPDX-License-Identifier: MIT */
/* Signals from thread to thread, beside POSIX's. */
#ifndef SKELLIG_HERMIT_SIGNAL_H
#define SKELLIG_HERMIT_SIGNAL_H

#include <hermit/syscall.h>
#include <signal.h>

#define MAX_SIGNALS 32

static __inline__ int hermit_kill(tid_t thread, int signal)
{
	return sys_kill(thread, signal);
}

static __inline__ int hermit_signal(signal_handler_t handler)
{
	return sys_signal(handler);
}

#endif
