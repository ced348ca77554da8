// SPDX-License-Identifier: MIT
// Who runs on a CPU. Threads are bound to one; they change at a block or a yield, and by a timer only while more than one is ready.
//
// All of it is called with upcalls masked. Sleeping never misses a wake-up by one rule: a thread says that it is blocked, then looks at
// its condition, then blocks; and a CPU says kick_me, then looks at its queue, then waits, masked all the while.
#pragma once

#include "cpu.hpp"
#include "thread/thread.hpp"

#include <cstdint>

namespace skl {

// First of the two steps of blocking. From now on wake() can find the thread; its condition must be looked at after this.
void about_to_block(Thread& self);
// The condition holds already: takes the first step back. A wake-up that has come meanwhile is used up.
void need_not_block(Thread& self);
// Second step: runs others, or sleeps, until woken or until TSC >= deadline (0: none). A signal that wants to be handled wakes an
// interruptible thread; with others it must wait.
enum class Signals : bool { hold_off, interrupt };
Wake block(Thread& self, std::uint64_t deadline, Signals signals);

// Wakes a blocked thread of any CPU. False: it is not blocked, or somebody else has woken it.
bool wake(Thread& thread, Wake reason);
// The two steps of wake(), for callers that have a lock to give back between them.
bool claim(Thread& thread, Wake reason);
void make_ready(Thread& thread); // or: a new one

// The calling thread goes to the end of the queue of its CPU, if anybody waits there.
void yield();
// Moves to wanted_cpu if this is another one. Not while the calling thread is in any list of its CPU.
void settle();
[[noreturn]] void end_thread();

// What an event of this CPU means for its threads; SKL_EVENT_*.
void serve(std::uint64_t events);

// The calling thread is the first of this CPU.
void adopt(Thread& thread);
// The CPU waits for its first thread. On its own stack.
[[noreturn]] void run_idle();
// A thread's first instructions after a switch: what it left behind is dealt with.
void arrived();

// The running thread's turn is over, or it should move: yield() as soon as nothing speaks against it.
bool turn_is_over();

// Ticks that threads have run on all CPUs.
std::uint64_t ticks_run();
std::uint64_t ticks_run(const Thread& thread);

}
