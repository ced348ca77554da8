/* SPDX-License-Identifier: MIT */
/*
 * A thread that waits on a word with or without a deadline, while another changes the word and wakes it, its own CPU's timer goes off,
 * and a signal for it comes: waits may end by any of them, and begin again.
 *
 * Mirrors: skl_futex_wait, skl_futex_wake, enter, leave (cokernel/kernel/sync/futex.cpp), about_to_block, block, claim, make_ready
 * (thread/scheduler.cpp), wake_expired, remove_sleeper (thread/sleepers.cpp), skl_thread_interrupt (thread/thread.cpp).
 * That a thread in the queue of its CPU runs is sleep.pml's claim, and taken for granted here.
 * Claims: the waiter goes on once the word has changed; it is made ready once for each time it blocks, and by one; who is counted as
 * woken knows it; only a wait with a deadline times out; nobody touches the waiter's entry, which is on its stack, after it has left; a signal ends the wait.
 *
 * variants: NO_RECHECK LOOK_BEFORE_LOCK BLOCK_AFTER_UNLOCK CLAIMED_TWICE NO_LEAVE NO_FENCE SLEEPER_STAYS WAKE_BEFORE_CHANGE
 */
#include "tso.h"

#define RUNNING 0
#define BLOCKED 1
#define EVENT 0
#define TIMEOUT 1
#define INTERRUPT 2
#define WAITS 2 /* times that the word changes */

byte word;
bool locked;            /* Bucket::lock */
bool queued;            /* the waiter's entry is in the bucket */
bool entry;             /* the entry exists: the waiter is in skl_futex_wait */
bool activity;          /* Thread::activity, in memory */
byte reason;            /* Thread::reason */
bool in_run_queue;
bool sleeping;          /* in the list of sleepers of its CPU */
bool signal;            /* skl_signals_waiting() */
bool idle;              /* the waiter's CPU runs something else, or sleeps: its timer is served */
bool expiring;          /* it is being served: the waiter cannot run meanwhile */
byte counted, woken;
bool over;

#define ACTIVITY 0
#define LOCK 1
chan own = [2] of { byte, byte }; /* the waiter's CPU's stores to these */

active proctype drain()
{
	byte what, value;
end:	do
	:: atomic { own?what, value ->
		if
		:: what == ACTIVITY -> activity = value
		:: else -> locked = value
		fi }
	od
}

/* An exchange, of which the lock is made too: earlier stores of that CPU are visible. `fence` is that of the CPU's buffer. */
inline lock_bucket(fence)
{
	atomic { !locked && fence -> locked = true }
}

/* Compare and exchange; then nobody else may write the reason or make it ready. */
inline claim(mine, why, fence)
{
#ifdef CLAIMED_TWICE
	fence;
	mine = (activity == BLOCKED);
	if
	:: mine -> activity = RUNNING
	:: else
	fi;
#else
	atomic { fence -> mine = (activity == BLOCKED);
	if
	:: mine -> activity = RUNNING
	:: else
	fi };
#endif
	if
	:: mine -> reason = why
	:: else
	fi
}

inline make_ready()
{
	atomic { assert(!in_run_queue); in_run_queue = true }
}

inline futex_wait(expected, with_deadline)
{
	entry = true;
#ifdef LOOK_BEFORE_LOCK
	same = (word == expected);
#endif
	lock_bucket(FENCE(own));
#ifndef LOOK_BEFORE_LOCK
#ifdef NO_RECHECK
	same = true;
#else
	same = (word == expected);
#endif
#endif
	if
	:: same ->
		queued = true;
#ifndef BLOCK_AFTER_UNLOCK
		STORE(own, ACTIVITY, BLOCKED); /* about_to_block */
#ifndef NO_FENCE
		FENCE(own);
#endif
#endif
	:: else
	fi;
	STORE(own, LOCK, false);
	if
	:: same ->
#ifdef BLOCK_AFTER_UNLOCK
		STORE(own, ACTIVITY, BLOCKED); FENCE(own);
#endif
		if /* block */
		:: signal -> claim(mine, INTERRUPT, FENCE(own)); if :: mine -> make_ready() :: else fi
		:: else
		fi;
		sleeping = sleeping || with_deadline;
		idle = true;
		atomic { in_run_queue && !expiring -> in_run_queue = false; idle = false }; /* run_next comes back */
		assert(activity == RUNNING);
		assert(reason != TIMEOUT || with_deadline);
#ifndef SLEEPER_STAYS
		sleeping = false;
#endif
		if
		:: reason == EVENT -> woken++
		:: reason == INTERRUPT && signal -> signal = false
		:: else
		fi;
#ifndef NO_LEAVE
		lock_bucket(FENCE(own));
		queued = false;
		STORE(own, LOCK, false)
#endif
	:: else
	fi;
	FENCE(own); entry = false /* what the lock's next holder finds */
}

active proctype waiter()
{
	byte next = 0;
	bool same, mine;

	do
	:: next == WAITS -> break
	:: else ->
		do
		:: word != next -> break
		:: else ->
			if
			:: futex_wait(next, true)
			:: futex_wait(next, false)
			fi
		od;
		next++
	od;
	over = true
}

/* wake_expired, on the waiter's CPU. */
active proctype timer()
{
	bool mine;
end:	do
	:: atomic { idle && sleeping -> expiring = true };
		sleeping = false;
		claim(mine, TIMEOUT, FENCE(own));
		if
		:: mine -> make_ready()
		:: else
		fi;
		expiring = false
	od
}

active proctype waker()
{
	byte left = WAITS;
	bool mine, patient;

	do
	:: left == 0 -> break
	:: else ->
		if
		:: patient = true
		:: patient = false
		fi;
		!patient || !signal; /* the word may change only when the signal has been handled */
#ifndef WAKE_BEFORE_CHANGE
		word++;
#endif
		mine = false;
		lock_bucket(true);
		if
		:: queued ->
			assert(entry);
			queued = false;
			claim(mine, EVENT, true);
			if
			:: mine -> counted++
			:: else
			fi
		:: else
		fi;
		locked = false;
		if
		:: mine -> make_ready()
		:: else
		fi;
#ifdef WAKE_BEFORE_CHANGE
		word++;
#endif
		left--
	od
}

/* skl_thread_interrupt: the signal is there, and the claim is a locked instruction. A waiter that does not block sees it later. */
active proctype interrupter()
{
	bool mine;

	if
	:: signal = true;
		claim(mine, INTERRUPT, true);
		if
		:: mine -> make_ready()
		:: else
		fi
	:: true
	fi
}

active proctype claimed()
{
end:	timeout ->
	assert(over);
	assert(counted == woken)
}
