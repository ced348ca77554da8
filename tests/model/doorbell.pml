/* SPDX-License-Identifier: MIT */
/*
 * Forwarded calls between two CPUs of an isle and the proxy's leader: both sides look for a while, then sleep, and are rung.
 *
 * Mirrors: submit, poll, block_until_done, Listed (cokernel/kernel/forward/forward.cpp), sleep and serve (thread/scheduler.cpp),
 * skl_ring_push, skl_slot_complete (kmod/include/uapi/skellig/ring_ops.h), Executor::lead, sleep_until_rung, execute (proxy/delegate),
 * doorbell_ring (cokernel/monitor/doorbell.cpp), answer_all (kmod/partition/doorbell.c), take_events and arm (kmod/partition/wait.c;
 * QemuLaunch::drain arms in the same order). docs/decisions/0041.
 * Claims: each call is answered, whoever sleeps when; the doorbell interrupts once for each time that it is armed.
 *
 * variants: NO_FENCE_SUBMIT NO_FENCE_LEADER NO_SECOND_LOOK NO_FENCE_COMPLETE NO_FENCE_CALLER ARMED_BY_WAITING NEVER_ARMED_AGAIN THREAD_MOVES
 */
#include "tso.h"

#define CPUS 2
#define CALLS 3 /* of both together */

/* In memory. */
byte tail[CPUS];        /* skl_ring::tail */
bool done[CPUS];        /* the slot of the CPU's only thread is in state DONE */
bool host_sleeping;     /* skl_boot */
bool sleeping[CPUS];    /* skl_percpu */
bool armed = true;      /* skl_control::doorbell_armed */
bool doorbell_rung;     /* skl_control */

#define TAIL 0
#define SLEEPING 1
#define DONE 2
#define HOST_SLEEPING 3
chan isle[CPUS] = [3] of { byte, byte };
chan proxy = [4] of { byte, byte }; /* DONE of CPU n is DONE + n * 8 */

bool interrupt_sent;    /* to the host */
bool rung;              /* the module's, and a readable byte in QEMU */
bool host_event[CPUS];  /* SKL_EVENT_HOST is pending */
byte callers[CPUS];     /* Cpu::callers: who waits there */
byte interrupts, armings = 1, answered;

active [CPUS] proctype drain_isle()
{
	byte me = _pid, what, value;
end:	do
	:: atomic { isle[me]?what, value ->
		if
		:: what == TAIL -> tail[me] = value
		:: what == SLEEPING -> sleeping[me] = value
		:: else -> done[me] = value
		fi }
	od
}

active proctype drain_proxy()
{
	byte what, value;
end:	do
	:: atomic { proxy?what, value ->
		if
		:: what == HOST_SLEEPING -> host_sleeping = value
		:: else -> done[what / 8] = value
		fi }
	od
}

/* rung(), answer_all() */
active proctype host_interrupt()
{
end:	do
	:: atomic { interrupt_sent -> interrupt_sent = false; interrupts++; assert(interrupts <= armings) };
		atomic { doorbell_rung -> doorbell_rung = false };
		rung = true
	od
}

inline ring_doorbell(cpu)
{
	atomic { FENCE(isle[cpu]) -> mine = armed; armed = false }; /* exchange */
	if
	:: mine -> doorbell_rung = true; interrupt_sent = true
	:: else /* suppressed: it has been rung, and the leader has not looked since */
	fi
}

proctype thread(byte me; byte left)
{
	byte pushed = 0, here;
	bool mine;

	do
	:: left == 0 -> break
	:: else ->
		pushed++;
		STORE(isle[me], TAIL, pushed);
#ifndef NO_FENCE_SUBMIT
		FENCE(isle[me]);
#endif
		if
		:: host_sleeping -> ring_doorbell(me)
		:: else
		fi;
		here = me;
#ifdef THREAD_MOVES
		here = CPUS - 1 - me; /* an upcall comes while it looks, and moves it: it sleeps on the other CPU */
#endif
		if
		:: done[me] -> skip /* poll() has seen it */
		:: true ->
			callers[here]++;
			STORE(isle[here], SLEEPING, true);
			do
			::
#ifndef NO_FENCE_CALLER
				FENCE(isle[here]);
#endif
				if
				:: done[me] -> break
				:: else -> atomic { host_event[here] && FENCE(isle[here]) -> host_event[here] = false } /* call_wait */
				fi
			od;
			callers[here]--;
			if
			:: callers[here] == 0 -> STORE(isle[here], SLEEPING, false)
			:: else
			fi
		fi;
		answered++;
		atomic { FENCE(isle[me]) -> done[me] = false }; /* FREE */
		left--
	od
}

inline look() /* Executor::pop, in turn */
{
	found = CPUS;
	if
	:: tail[0] != head[0] -> found = 0
	:: tail[1] != head[1] -> found = 1
	:: tail[0] == head[0] && tail[1] == head[1]
	fi
}

inline sleep_until_rung()
{
	STORE(proxy, HOST_SLEEPING, true);
#ifndef NO_FENCE_LEADER
	FENCE(proxy);
#endif
	if
#ifdef NO_SECOND_LOOK
	:: true ->
#else
	:: tail[0] == head[0] && tail[1] == head[1] ->
#endif
#ifdef ARMED_BY_WAITING /* instead of when the ring is taken */
		atomic { FENCE(proxy) -> armed = true; armings++ };
#endif
		atomic { rung && FENCE(proxy) -> rung = false };
#if !defined(ARMED_BY_WAITING) && !defined(NEVER_ARMED_AGAIN)
		atomic { armed = true; armings++ } /* smp_store_mb */
#endif
	:: else
	fi;
	STORE(proxy, HOST_SLEEPING, false)
}

active proctype leader()
{
	byte head[CPUS], found;

	do
	:: look();
		if
		:: found < CPUS ->
			head[found]++;
			STORE(proxy, DONE + 8 * found, true);
#ifndef NO_FENCE_COMPLETE
			FENCE(proxy);
#endif
			if
			:: sleeping[found] -> host_event[found] = true
			:: else
			fi
		:: else ->
			if
			:: true /* looks on */
			:: sleep_until_rung()
			fi
		fi
	od
}

active proctype claimed()
{
end:	timeout -> assert(answered == CALLS)
}

init
{
	atomic { run thread(0, 2); run thread(1, 1) }
}
