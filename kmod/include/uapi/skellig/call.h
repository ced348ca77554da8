/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * Monitor calls: ring 3 calls SKL_CALL_PAGE as a function with the number in rax and arguments in rdi, rsi, rdx, r8, r9; the answer
 * is in rax: >= 0, or a negative errno. All caller-saved general registers are clobbered; vector state is kept.
 *
 * Each call does bounded work: map, unmap and protect touch at most SKL_CALL_MAX_ENTRIES table entries and answer with the number
 * of bytes done; the caller goes on from there.
 */
#ifndef SKELLIG_CALL_H
#define SKELLIG_CALL_H

#define SKL_CALL_NULL 0	      /* (): 0. For measuring */
#define SKL_CALL_WAIT 1	      /* (deadline): sleep until an event or TSC >= deadline (0: none). Enter masked. Answer: events taken */
#define SKL_CALL_TIMER 2      /* (deadline): SKL_EVENT_TIMER at that TSC value; 0 cancels */
#define SKL_CALL_KICK 3	      /* (mask, base): SKL_EVENT_KICK to CPUs base + bit; base == SKL_KICK_HOST: ring the proxy */
#define SKL_CALL_MAP 4	      /* (va, size, rights): map own memory or a grant again. Bytes done */
#define SKL_CALL_UNMAP 5      /* (va, size). Bytes done */
#define SKL_CALL_PROTECT 6    /* (va, size, rights): of mapped pages. Bytes done */
#define SKL_CALL_SET_UPCALL 7 /* (interrupt entry, interrupt stack top, exception entry, exception stack top), this CPU; entry 0: none */
#define SKL_CALL_START 8      /* (cpu, entry, stack, argument): start a stopped CPU at entry with rdi = argument, masked */
#define SKL_CALL_STOP 9	      /* (cpu): stop a running sibling, its registers saved */
#define SKL_CALL_LOG 10	      /* (length <= 32, 4 words of text): append to the enclave's log */
#define SKL_CALL_EXIT 11      /* (kind, status): end the isle; SKL_RECORD_EXIT or SKL_RECORD_PANIC (record.h). Does not return */
#define SKL_CALLS 12

#define SKL_KICK_HOST 0xffffffff
#define SKL_CALL_MAX_ENTRIES 512
#define SKL_CALL_VECTOR 0x81

/* Rights of map and protect, in any combination. None: like PROT_NONE (present only for the monitor's book). */
#define SKL_RIGHT_READ 0x1
#define SKL_RIGHT_WRITE 0x2
#define SKL_RIGHT_EXECUTE 0x4

#endif
