/* SPDX-License-Identifier: MIT */
/* newlib's <signal.h>, plus flags of sigaction() that it leaves out. */
#ifndef SKELLIG_SIGNAL_H
#define SKELLIG_SIGNAL_H

#include_next <signal.h>

#define SA_NOCLDWAIT 0x2
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000 /* always so: no handler runs while a call is out */
#define SA_NODEFER 0x40000000
#define SA_RESETHAND ((int)0x80000000)

#endif
