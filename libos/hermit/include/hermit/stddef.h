/* SPDX-License-Identifier: MIT */
/* HermitCore's basic types and words. */
#ifndef SKELLIG_HERMIT_STDDEF_H
#define SKELLIG_HERMIT_STDDEF_H

#include <hermit/config.h>
#include <hermit/tasks_types.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define BUILTIN_EXPECT(expression, value) __builtin_expect((expression), (value))
#ifndef NORETURN
#define NORETURN __attribute__((noreturn))
#endif
#ifndef WEAK
#define WEAK __attribute__((weak))
#endif

/* The CPU that the caller runs on, 0 to MAX_CORES - 1. */
#define CORE_ID ((uint32_t)sched_getcpu())

#endif
