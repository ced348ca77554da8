/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * What every ABI header needs: fixed-width types, the magic and revision checked at first contact, size and offset asserts.
 *
 * Rules of this folder: C11 that is also C++20 and compiles inside Linux; fixed-width types, no pointers, no `long`, no
 * bitfields; every structure asserts its size and says who writes each field. `ring_ops.h` is the only code.
 */
#ifndef SKELLIG_ABI_H
#define SKELLIG_ABI_H

#ifdef __KERNEL__
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>
#else
#include <stddef.h>
#include <stdint.h>
#endif

#define SKL_ABI_MAGIC 0x3147494c4c454b53ULL /* "SKELLIG1", little-endian */
#define SKL_ABI_REVISION 1u		   /* any change of layout or meaning raises it */

#ifdef __cplusplus
#define SKL_CHECK_SIZE(type, size) static_assert(sizeof(type) == (size), #type)
#define SKL_CHECK_OFFSET(type, field, offset) static_assert(offsetof(type, field) == (offset), #type "." #field)
#else
#define SKL_CHECK_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#define SKL_CHECK_OFFSET(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #type "." #field)
#endif

#define SKL_MAX_CPUS 256u     /* CPUs of one enclave */
#define SKL_MAX_EXTENTS 256u  /* pieces of physical memory of one enclave */
#define SKL_MAX_SEGMENTS 16u  /* loadable segments of one image */
#define SKL_PAGE_SIZE 4096u
#define SKL_EXTENT_ALIGN 0x200000ULL /* extents start and end on 2 MiB */

#endif
