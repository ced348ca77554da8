/* SPDX-License-Identifier: MIT */
/*
 * A signal for the process, sent while one thread begins to wait with it let in, and another, which has let it in so far, blocks it.
 *
 * Mirrors: send_to_process, receiver_of, change_mask (libos/newlib/signal/receivers.cpp), MaskMeanwhile (signal/meanwhile.hpp),
 * wait_for_handler (signal/wait.cpp), about_to_block (cokernel/kernel/thread/scheduler.cpp). That an interrupted thread looks what is
 * pending, asleep or not, is futex.pml's claim, and taken for granted here.
 * Claims: one of the two threads handles the signal.
 *
 * variants: RECEIVER_FIRST NO_FENCE_MASK NO_FENCE_WAIT NOT_PASSED_ON
 */
#include "tso.h"

#define WAITER 0
#define OTHER 1
#define NOBODY 2

bool pending;           /* PendingSignals::set_; changed by locked instructions while the lock is held */
bool changed[2];        /* ThreadSignals::blocked, in memory: the waiter lets the signal in from then on, the other one blocks it */
bool interrupted[2];    /* skl_thread_interrupt() */
bool locked;            /* SignalLock */
bool handled;

chan own[2] = [1] of { byte, byte }; /* the threads' CPUs' stores to it */

active [2] proctype drain()
{
	byte me = _pid, what, value;
end:	do
	:: atomic { own[me]?what, value -> changed[me] = value }
	od
}

inline take_lock()
{
	atomic { !locked -> locked = true }
}

inline give_lock()
{
	locked = false
}

/* receiver_of: any that lets it in. */
inline choose()
{
	if
	:: changed[WAITER] -> receiver = WAITER
	:: !changed[OTHER] -> receiver = OTHER
	:: !changed[WAITER] && changed[OTHER] -> receiver = NOBODY
	fi
}
inline interrupt()
{
	if
	:: receiver == NOBODY
	:: else -> interrupted[receiver] = true
	fi
}

/* take */
inline handle()
{
	take_lock();
	if
	:: pending -> pending = false; handled = true
	:: else
	fi;
	give_lock()
}

active proctype sender()
{
	byte receiver;

	take_lock();
#ifdef RECEIVER_FIRST
	choose();
	pending = true;
#else
	pending = true;
	choose();
#endif
	interrupt();
	give_lock()
}

/* sigsuspend: it ends when the signal has been handled, by whom it may be. */
active proctype waiter()
{
	STORE(own[WAITER], 0, true);
#ifndef NO_FENCE_WAIT
	FENCE(own[WAITER]); /* of change_mask and of about_to_block */
#endif
	do
	:: handled -> break
	:: pending -> handle()
	:: !pending -> /* asleep */
		if
		:: atomic { interrupted[WAITER] -> interrupted[WAITER] = false }
		:: handled
		fi
	od
}

/* It computes. Its upcalls come at any time. */
active proctype other()
{
	byte receiver;
	bool mine = false; /* its mask, as it sees it itself */

end:	do
	:: atomic { interrupted[OTHER] -> interrupted[OTHER] = false };
		if
		:: pending && !mine -> handle()
		:: else
		fi
	:: !mine ->
		mine = true; /* change_mask */
		STORE(own[OTHER], 0, true);
#ifndef NO_FENCE_MASK
		FENCE(own[OTHER]);
#endif
#ifndef NOT_PASSED_ON
		if
		:: pending ->
			take_lock();
			FENCE(own[OTHER]);
			if
			:: pending -> choose(); interrupt()
			:: else
			fi;
			give_lock()
		:: else
		fi
#endif
	od
}

active proctype claimed()
{
end:	timeout -> assert(handled)
}
