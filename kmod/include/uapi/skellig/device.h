/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * /dev/skellig: the pool (reserve, release, status) and enclaves (one per open file).
 *
 * What changes the pool needs CAP_SYS_ADMIN in the initial user namespace; status and enclaves need only the open device. Every refusal
 * fills struct skl_refusal, so that the tool can name the thing, the reason and what to do next.
 */
#ifndef SKELLIG_DEVICE_H
#define SKELLIG_DEVICE_H

#include "abi.h"
#include "launch.h"
#include "record.h"
#ifdef __KERNEL__
#include <linux/ioctl.h>
#else
#include <sys/ioctl.h>
#endif

#define SKL_DEVICE "/dev/skellig"
#define SKL_CPU_WORDS 16u /* bitmap of Linux CPU numbers: 1024 CPUs */

/* Why something was refused. */
#define SKL_REFUSED_NONE 0u
#define SKL_REFUSED_REVISION 1u	     /* magic or revision differ: value = the module's revision */
#define SKL_REFUSED_NO_SUCH_CPU 2u   /* cpu */
#define SKL_REFUSED_CPU_ZERO 3u	     /* CPU 0 stays with Linux */
#define SKL_REFUSED_CPU_SIBLING 4u   /* half a core: cpu = the sibling that is missing */
#define SKL_REFUSED_LAST_CPU 5u	     /* a node's (cpu's) last Linux core */
#define SKL_REFUSED_CPU_LENT 6u	     /* cpu is in the pool already */
#define SKL_REFUSED_CPU_BUSY 7u	     /* cpu is in use by an enclave of process pid */
#define SKL_REFUSED_CPU_OFFLINE 8u   /* Linux would not take cpu offline; value = errno */
#define SKL_REFUSED_CPU_START 9u     /* cpu did not answer after SIPI */
#define SKL_REFUSED_NOT_IN_POOL 10u  /* cpu or address is not in the pool */
#define SKL_REFUSED_MEMORY_RANGE 11u /* value = address: not whole RAM blocks */
#define SKL_REFUSED_MEMORY_BUSY 12u  /* value = address; pid = holder */
#define SKL_REFUSED_NO_CPUS 13u	     /* the pool (on that node) has too few free CPUs: value = free ones, pid = a holder or 0 */
#define SKL_REFUSED_NO_MEMORY 14u    /* the pool (on that node) has too little: value = free bytes, pid = a holder or 0 */
#define SKL_REFUSED_STATE 15u	     /* not in this state of the enclave */
#define SKL_REFUSED_ARGUMENT 16u     /* value = which argument (offset of the field) */
#define SKL_REFUSED_TSC 17u	     /* clocksource is not tsc */
#define SKL_REFUSED_PERMISSION 18u   /* CAP_SYS_ADMIN is needed */
#define SKL_REFUSED_POOL_EMPTY 19u   /* nothing is reserved on that node */

struct skl_refusal {
	uint32_t reason;	/* SKL_REFUSED_* */
	uint32_t cpu;		/* Linux CPU number or ~0 */
	uint64_t value;		/* see reason */
	int32_t pid;		/* holder or 0 */
	uint32_t reserved;
};
SKL_CHECK_SIZE(struct skl_refusal, 24);

struct skl_ioc_version {
	uint64_t magic;		/* out */
	uint32_t revision;	/* out */
	uint32_t flags;		/* out: SKL_VERSION_* */
};
#define SKL_VERSION_TEST 0x1u /* test build: faults can be planted */

/* Take or give back CPUs: all or none. What is taken stays until given back. */
struct skl_ioc_cpus {
	uint64_t cpu[SKL_CPU_WORDS];	/* in: bit n = Linux CPU n */
	struct skl_refusal refusal;	/* out */
};

/*
 * Memory blocks change hands at the moment Linux's own hot-plug says so, so no crash of the tool can lose one:
 * TAKE announces blocks; when the tool then writes `offline` to a block's state file, the module's memory notifier keeps it.
 * RETURN announces that held blocks may go; when the tool writes `online_movable`, the notifier lets go. Announcements end with
 * CANCEL or when the file that made them is closed.
 */
#define SKL_MEMORY_TAKE 1u
#define SKL_MEMORY_RETURN 2u
#define SKL_MEMORY_CANCEL 3u
#define SKL_MEMORY_CONTIG 4u	    /* take size bytes on node by alloc_contig_range (2 MiB units), no hot-plug */
#define SKL_MEMORY_CONTIG_RETURN 5u /* give all free contig memory of node back */
#define SKL_MEMORY_ADOPT 6u	    /* pa, size: blocks that were offline before; remembered as found offline */

struct skl_ioc_memory {
	uint32_t action;	/* in: SKL_MEMORY_* */
	uint32_t node;		/* in: CONTIG, CONTIG_RETURN */
	uint64_t pa;		/* in: TAKE, RETURN, CANCEL, ADOPT: block aligned */
	uint64_t size;		/* in: bytes; out, CONTIG*: bytes taken or given back */
	struct skl_refusal refusal;	/* out */
};
SKL_CHECK_SIZE(struct skl_ioc_memory, 48);

struct skl_pool_cpu {
	uint32_t cpu;		/* Linux number */
	uint32_t apic_id;
	uint32_t node;
	uint32_t state;		/* SKL_POOL_* */
	uint64_t enclave;	/* 0: none */
	int32_t pid;		/* of the enclave's process */
	uint32_t reserved;
};
struct skl_pool_memory {
	uint64_t pa;
	uint64_t size;
	uint32_t node;
	uint32_t state;		/* SKL_POOL_* */
	uint32_t source;	/* SKL_SOURCE_* */
	int32_t pid;
	uint64_t enclave;
};
SKL_CHECK_SIZE(struct skl_pool_cpu, 32);
SKL_CHECK_SIZE(struct skl_pool_memory, 40);
#define SKL_POOL_FREE 0u	/* parked; zeroed */
#define SKL_POOL_USED 1u
#define SKL_POOL_CLEANING 2u	/* parking; being scrubbed */
#define SKL_POOL_QUARANTINED 3u /* did not acknowledge its release; never used again */
#define SKL_SOURCE_BLOCK 0u	/* offlined memory block */
#define SKL_SOURCE_CONTIG 1u	/* alloc_contig_range */
#define SKL_SOURCE_FOUND_OFFLINE 2u /* ADOPTed block: RETURN lets go of it at once, and it stays offline */

struct skl_ioc_status {
	uint64_t cpus_at;	/* in: address of struct skl_pool_cpu[] */
	uint64_t memory_at;	/* in: address of struct skl_pool_memory[] */
	uint32_t cpus;		/* in: room; out: how many there are */
	uint32_t memory;	/* in: room; out: how many there are */
	uint64_t enclaves;	/* out: alive */
};

/* Make an enclave from the pool and bind it to this file and to the caller's address space. */
#define SKL_NODE_ANY 0xffffffffu
struct skl_ioc_create {
	uint64_t cpu[SKL_CPU_WORDS];	/* in: these CPUs, or all zero: any cpu_count of them. out: the CPUs */
	uint32_t cpu_count;		/* in */
	uint32_t node;			/* in: NUMA node or SKL_NODE_ANY. out: node of CPU 0 */
	uint64_t memory;		/* in: bytes for the isle beside its image, 0: a fair share (free memory of the node * CPUs
					 * asked / CPUs free there). out: bytes of own memory */
	uint64_t image_base;		/* in: lowest address of the image, rounded down to 2 MiB */
	uint64_t image_size;		/* in: bytes, a multiple of 2 MiB */
	uint64_t enclave;		/* out: its number */
	uint64_t tsc_khz;		/* out */
	uint64_t control_size;		/* out: bytes kept by module and monitor */
	uint32_t extents;		/* out */
	uint32_t reserved;
	struct skl_extent extent[SKL_MAX_EXTENTS]; /* out; pa is 0: it is nobody's business up here */
	struct skl_refusal refusal;	/* out */
};

/* Map the enclave: mmap(address, length, ..., MAP_SHARED, fd, offset == address) within its extents or public area. */

struct skl_ioc_start {
	uint64_t entry;			/* in: inside an executable segment */
	uint32_t segments;		/* in */
	uint32_t reserved;
	struct skl_segment segment[SKL_MAX_SEGMENTS]; /* in: inside IMAGE extents, ascending, not overlapping */
	struct skl_refusal refusal;	/* out */
};

#define SKL_WAIT_RUNG 0x1u    /* the isle kicked */
#define SKL_WAIT_STOPPED 0x2u /* the isle has ended: SKL_IOC_RECORD */
struct skl_ioc_wait {
	int64_t timeout_ns;	/* in: < 0: no limit */
	uint32_t events;	/* out: SKL_WAIT_*; 0: time-out. -EINTR on a signal. Taking RUNG re-arms the doorbell */
	uint32_t reserved;
};

struct skl_ioc_kick {
	uint64_t mask[SKL_MAX_CPUS / 64]; /* in: CPU indices of the enclave */
};

struct skl_ioc_log {
	uint64_t at;		/* in: address */
	uint64_t size;		/* in: room; out: bytes written */
};

#define SKL_IOC_VERSION _IOR('K', 0x00, struct skl_ioc_version)
#define SKL_IOC_RESERVE_CPUS _IOWR('K', 0x10, struct skl_ioc_cpus)
#define SKL_IOC_RELEASE_CPUS _IOWR('K', 0x11, struct skl_ioc_cpus)
#define SKL_IOC_MEMORY _IOWR('K', 0x12, struct skl_ioc_memory)
#define SKL_IOC_STATUS _IOWR('K', 0x13, struct skl_ioc_status)
#define SKL_IOC_CREATE _IOWR('K', 0x20, struct skl_ioc_create)
#define SKL_IOC_START _IOWR('K', 0x21, struct skl_ioc_start)
#define SKL_IOC_WAIT _IOWR('K', 0x22, struct skl_ioc_wait)
#define SKL_IOC_KICK _IOW('K', 0x23, struct skl_ioc_kick)
#define SKL_IOC_PAUSE _IO('K', 0x24)
#define SKL_IOC_RESUME _IO('K', 0x25)
#define SKL_IOC_STOP _IO('K', 0x26) /* park its CPUs and end it; the record says STOPPED */
#define SKL_IOC_RECORD _IOR('K', 0x27, struct skl_record)
#define SKL_IOC_LOG _IOWR('K', 0x28, struct skl_ioc_log)

#endif
