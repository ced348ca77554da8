/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * Starting a program of Linux: the one forwarded call that is not Linux's own. Argument 0 is the address of a struct skl_spawn;
 * the answer is the child's pid, or a negative errno and nothing has been started.
 *
 * The proxy copies everything once, before it uses any of it. Strings end with a NUL. All numbers are Linux's.
 */
#ifndef SKELLIG_ABI_SPAWN_H
#define SKELLIG_ABI_SPAWN_H

#include "abi.h"

#define SKL_FORWARD_SPAWN 0x10000u /* number of the call in its slot; Linux's own end far below */

#define SKL_SPAWN_MAX_BYTES 0x600000u /* of all strings and the arrays that point to them; no Linux takes more. Above: -E2BIG */
#define SKL_SPAWN_MAX_ACTIONS 0x10000u /* above: -E2BIG */

#define SKL_SPAWN_RESETIDS 0x01u
#define SKL_SPAWN_SETPGROUP 0x02u
#define SKL_SPAWN_SETSIGDEF 0x04u
#define SKL_SPAWN_SETSCHEDPARAM 0x10u
#define SKL_SPAWN_SETSCHEDULER 0x20u
#define SKL_SPAWN_SETSID 0x80u
#define SKL_SPAWN_FLAGS 0xb7u /* others: -EINVAL */

/* All written by the isle. */
struct skl_spawn {
	uint64_t path;		/* address of the program's name */
	uint64_t search;	/* address of a list of folders, as in PATH, for a name without a slash; 0: none, the name is a path */
	uint64_t arguments;	/* address of an array of addresses, 0 at its end; 0: no arguments */
	uint64_t environment;	/* likewise */
	uint64_t actions;	/* address of an array of struct skl_spawn_action */
	uint32_t action_count;
	uint32_t flags;		/* SKL_SPAWN_* */
	uint64_t signal_mask;	/* that the child begins with; bit n - 1: signal n */
	uint64_t signal_default; /* SETSIGDEF: not ignored in the child, though the isle ignores them */
	int32_t group;		/* SETPGROUP */
	int32_t policy;		/* SETSCHEDULER */
	int32_t priority;	/* SETSCHEDULER, SETSCHEDPARAM */
	uint32_t reserved;	/* 0 */
};
SKL_CHECK_SIZE(struct skl_spawn, 80);
SKL_CHECK_OFFSET(struct skl_spawn, action_count, 40);
SKL_CHECK_OFFSET(struct skl_spawn, signal_mask, 48);
SKL_CHECK_OFFSET(struct skl_spawn, group, 64);

/* Done in the child, in order, before it becomes the program. Descriptors of the proxy's own: -EBADF. */
struct skl_spawn_action {
	uint32_t kind;		/* SKL_SPAWN_*, below; others: -EINVAL */
	int32_t descriptor;
	int32_t target;		/* DUP2: the new descriptor */
	int32_t flags;		/* OPEN: of open() */
	uint32_t mode;		/* OPEN */
	uint32_t reserved;	/* 0 */
	uint64_t path;		/* OPEN, CHDIR: address of a string */
};
SKL_CHECK_SIZE(struct skl_spawn_action, 32);
SKL_CHECK_OFFSET(struct skl_spawn_action, path, 24);

#define SKL_SPAWN_CLOSE 1u
#define SKL_SPAWN_DUP2 2u
#define SKL_SPAWN_OPEN 3u
#define SKL_SPAWN_CHDIR 4u
#define SKL_SPAWN_FCHDIR 5u
#define SKL_SPAWN_CLOSEFROM 6u
#define SKL_SPAWN_TCSETPGRP 7u

#endif
