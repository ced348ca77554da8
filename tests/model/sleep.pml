/* SPDX-License-Identifier: MIT */
/*
 * A CPU that runs out of threads and sleeps, or runs one with no timer set, and two CPUs that make threads ready there.
 *
 * Mirrors: wait_for_work, sleep, keep_watch, set_timer, end_turn, serve, make_ready (cokernel/kernel/thread/scheduler.cpp), RunQueue,
 * unmask_upcalls, wait_masked (upcall/upcalls.cpp); of the monitor call_wait (calls.cpp), the gates and `halt` (event.S).
 * Claim: whatever is made ready runs, though a running thread never gives way and the CPU sleeps whenever it may.
 *
 * variants: UNMASKED_CHECK NO_FENCE_SLEEPER NO_FENCE_WAKER NO_SECOND_LOOK NO_KICK_WHILE_RUNNING NO_LOOK_AFTER_UNMASK EVENT_EATEN HALT_AFTER_EVENT
 */
#include "tso.h"

#define WAKERS 2
#define THREADS 3 /* made ready by them */
#define KICK 1
#define TIMER 2

/* In memory. */
bool kick_me;
byte ready;          /* RunQueue::length_, and the queue itself */
bool locked;         /* RunQueue::lock_ */

/* What stores are in flight: of the CPU that sleeps, and of those that wake it. */
#define FLAG 0
#define LENGTH 1
#define UNLOCK 2
chan own = [4] of { byte, byte };
chan other[WAKERS] = [2] of { byte, byte };
bool flag_seen_here; /* the last value that the CPU itself has stored */

/* The CPU that sleeps, as its monitor has it. */
bool masked = true;
byte pending;
bool kick_sent, timer_sent; /* interrupts under way; two kicks may become one */
bool timer_set;
bool in_monitor, may_interrupt, left_halt;
bool upcall; /* ring 3 is interrupted: its next instruction is that of the upcall's entry */

byte ran;
bool turn_ends, preempt; /* struct Cpu's own */

active proctype drain_own()
{
	byte what, value;
end:	do
	:: atomic { own?what, value -> kick_me = value }
	od
}

active [WAKERS] proctype drain_other()
{
	byte me = _pid - 1, what, value;
end:	do
	:: atomic { other[me]?what, value ->
		if
		:: what == LENGTH -> ready++
		:: else -> locked = false
		fi }
	od
}

/* gate_kick, gate_timer: only out of ring 3, or where the monitor halts. DELIVER: an upcall, unless it is masked. */
inline arrives(event)
{
	pending = pending | event;
	if
	:: in_monitor -> left_halt = true
	:: else ->
		if
		:: masked -> skip
		:: else -> masked = true; upcall = true
		fi
	fi
}

active proctype interrupts()
{
end:	do
	:: atomic { kick_sent && (!in_monitor || may_interrupt) -> kick_sent = false; arrives(KICK) }
	:: atomic { timer_sent && (!in_monitor || may_interrupt) -> timer_sent = false; arrives(TIMER) }
	:: atomic { timer_set -> timer_set = false; timer_sent = true }
	od
}

inline set_timer() /* the end of the turn only: no thread has a deadline here */
{
	if
	:: ready > 0 -> turn_ends = true; timer_set = true
	:: else
	fi
}

inline keep_watch()
{
	set_timer();
	if
	:: turn_ends || (len(own) > 0 && flag_seen_here) || (len(own) == 0 && kick_me) -> skip
	:: else ->
		flag_seen_here = true; STORE(own, FLAG, true);
		FENCE(own);
		if
		:: ready > 0 -> flag_seen_here = false; STORE(own, FLAG, false); set_timer()
		:: else
		fi
	fi
}

inline serve(events)
{
	if
	:: events & TIMER ->
		if
		:: turn_ends -> turn_ends = false; preempt = (ready > 0)
		:: else
		fi
	:: else
	fi
	if
	:: running -> keep_watch()
	:: else
	fi
}

inline take_events() /* xchg */
{
	atomic { FENCE(own) -> events = pending; pending = 0 }
}

inline unmask()
{
	masked = false;
#ifndef NO_LOOK_AFTER_UNMASK
	do
	:: !upcall && pending != 0 -> masked = true; take_events(); serve(events); if :: preempt -> break :: else -> masked = false fi
	:: upcall || pending == 0 -> break
	od
#endif
}

/* call_wait. From its last look on, an interrupt must find it halted or end the halt: cli until sti in `halt`. */
inline wait_masked()
{
	atomic { FENCE(own) -> in_monitor = true };
	do
	:: atomic { pending != 0 -> events = pending; pending = 0; break }
	:: else ->
		atomic { left_halt = false; may_interrupt = true }; /* sti */
#ifdef HALT_AFTER_EVENT /* an interrupt that comes between sti and hlt returns to the hlt */
		left_halt = false;
#endif
		atomic { left_halt -> may_interrupt = false } /* hlt, cli */
	od;
	in_monitor = false;
	serve(events)
}

/* Ring 3 unmasked, in the variant only: an upcall comes first, and takes the event. */
inline interruptible()
{
	do
	:: atomic { upcall -> upcall = false; pending = 0; masked = false }
	:: atomic { !upcall -> break }
	od
}

inline sleep()
{
#ifdef UNMASKED_CHECK
	masked = false;
#endif
	flag_seen_here = true; STORE(own, FLAG, true);
#ifndef NO_FENCE_SLEEPER
	FENCE(own);
#endif
	if
#ifdef NO_SECOND_LOOK
	:: true ->
#else
	:: ready == 0 ->
#endif
#ifdef UNMASKED_CHECK
		interruptible();
		atomic { !upcall -> in_monitor = true; masked = true };
		in_monitor = false;
#endif
#ifdef EVENT_EATEN /* what is pending is thrown away on the way into the wait */
		pending = 0;
#endif
		wait_masked()
	:: else
	fi;
#ifdef UNMASKED_CHECK
	interruptible();
	atomic { !upcall -> masked = true };
#endif
	flag_seen_here = false; STORE(own, FLAG, false)
}

active proctype cpu()
{
	byte events;
	bool running = false, blocks;

wait_for_work:
	running = false;
	flag_seen_here = false; STORE(own, FLAG, false);
look:	if
	:: pending != 0 -> take_events(); serve(events)
	:: else
	fi;
	if
	:: atomic { ready > 0 && !locked && FENCE(own) -> ready--; ran++ } /* pop(): the lock is a locked exchange */
	:: ready == 0 ->
	if
		:: goto look /* spins on, for as long as it likes */
		:: sleep(); goto look
		fi
	fi;
switch_to:
	running = true; turn_ends = false; preempt = false;
#ifndef NO_KICK_WHILE_RUNNING
	keep_watch();
#endif
	if
	:: blocks = true
	:: blocks = false /* it computes until its turn is over */
	fi;
	unmask();
	do
	:: preempt -> break
	:: upcall -> upcall = false; take_events(); serve(events);
		if
		:: preempt -> break
		:: else -> unmask()
		fi
	:: atomic { blocks && !upcall && !preempt -> masked = true }; goto wait_for_work
	od;
	masked = true; /* yield(): the thread has had its time, and ends here */
	if
	:: atomic { ready > 0 && !locked && FENCE(own) -> ready--; ran++ }; goto switch_to
	:: ready == 0 -> goto wait_for_work
	fi
}

/* make_ready */
proctype waker(byte me; byte left)
{
	bool mine;

	do
	:: left > 0 ->
		atomic { !locked && FENCE(other[me]) -> locked = true };
		STORE(other[me], LENGTH, 1);
		STORE(other[me], UNLOCK, 0);
#ifndef NO_FENCE_WAKER
		FENCE(other[me]);
#endif
		if
		:: kick_me ->
			atomic { FENCE(other[me]) -> mine = kick_me; kick_me = false };
			if
			:: mine -> kick_sent = true
			:: else
			fi
		:: else
		fi;
		left--
	:: else -> break
	od
}

/* Nothing moves any more: nobody looks, no store and no interrupt is under way. */
active proctype claimed()
{
end:	timeout -> assert(ran == THREADS)
}

init
{
	run waker(0, 2);
	run waker(1, 1)
}
