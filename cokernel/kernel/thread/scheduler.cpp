// SPDX-License-Identifier: MIT
// Blocking, waking, switching, and what a CPU does that has nothing to run.
#include "scheduler.hpp"

#include "public_area.hpp"
#include "thread/lifetime.hpp"
#include "thread/sleepers.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/signal.h>

#include <skellig/call.h>
#include <skellig/ring_ops.h>

#include <algorithm>

namespace skl {
namespace {

constexpr std::uint64_t turn_milliseconds = 5;  // a thread's turn while others wait for the CPU
constexpr std::uint64_t spin_shortest = 2, spin_longest = 50; // microseconds

std::uint64_t microseconds(std::uint64_t count)
{
    return count * boot_page().tsc_khz / 1000;
}

std::uint64_t end_of_turn(const Cpu& cpu, std::uint64_t begin)
{
    return cpu.ready.empty() ? 0 : begin + turn_milliseconds * boot_page().tsc_khz;
}

// The timer must go off for the first sleeper, and at the end of the turn if others wait. It is set only to come earlier: one that
// comes for nothing costs less than setting it back each time. Inlined, as all that a mere yield() needs: calls would be a fifth of it.
[[gnu::always_inline]] inline void set_timer(Cpu& cpu)
{
    std::uint64_t wanted = cpu.sleepers ? cpu.sleepers->deadline : UINT64_MAX;
    if (cpu.turn_ends)
        wanted = std::min(wanted, cpu.turn_ends);
    if (wanted != UINT64_MAX && (cpu.timer == 0 || wanted < cpu.timer)) {
        cpu.timer = wanted;
        skl_monitor_call(SKL_CALL_TIMER, wanted);
    }
}

// Others may wait for the CPU since a moment ago: then the running thread has one turn more.
void limit_turn(Cpu& cpu)
{
    if (!cpu.turn_ends)
        cpu.turn_ends = end_of_turn(cpu, machine::ticks());
    set_timer(cpu);
}

// A thread goes on: whoever makes another one ready here must say so, unless the end of the turn will show it anyway.
[[gnu::always_inline]] inline void keep_watch(Cpu& cpu)
{
    set_timer(cpu);
    if (cpu.turn_ends || cpu.kick_me.load(std::memory_order_relaxed))
        return;
    cpu.kick_me.store(true, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst); // partner: make_ready
    if (!cpu.ready.empty()) {
        cpu.kick_me.store(false, std::memory_order_relaxed);
        limit_turn(cpu);
    }
}

bool answered(const Thread& caller)
{
    return skl_slot_done(&slots()[caller.id]);
}

void wake_answered(const Cpu& cpu)
{
    for (Thread* caller = cpu.callers; caller; caller = caller->next_caller)
        if (answered(*caller))
            wake(*caller, Wake::event);
}

bool any_answered(const Cpu& cpu)
{
    for (const Thread* caller = cpu.callers; caller; caller = caller->next_caller)
        if (answered(*caller))
            return true;
    return false;
}

// Sleeps until an event. True: it came so soon that looking a little longer would have seen it.
bool sleep(Cpu& cpu)
{
    std::uint64_t before = machine::ticks();
    cpu.kick_me.store(true, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst); // partner: make_ready
    if (cpu.ready.empty() && !any_answered(cpu))
        wait_masked(cpu.sleepers ? cpu.sleepers->deadline : 0);
    cpu.kick_me.store(false, std::memory_order_relaxed);
    return machine::ticks() - before < microseconds(spin_longest);
}

// The time spent looking follows what it is good for: twice as long after a sleep that was hardly one, half as long after a real one.
void adapt(Cpu& cpu, bool short_sleep)
{
    std::uint64_t wanted = short_sleep ? cpu.spin * 2 : cpu.spin / 2;
    cpu.spin = std::clamp(wanted, microseconds(spin_shortest), microseconds(spin_longest));
}

Thread* wait_for_work(Cpu& cpu)
{
    std::uint64_t now = machine::ticks();
    cpu.since.store(0, std::memory_order_relaxed);
    cpu.kick_me.store(false, std::memory_order_relaxed);
    std::uint64_t until = now + std::max(cpu.spin, microseconds(spin_shortest));
    for (;;) {
        serve_pending();
        if (cpu.callers)
            wake_answered(cpu);
        now = machine::ticks();
        wake_expired(cpu, now);
        if (Thread* next = cpu.ready.pop())
            return next;
        if (now < until) {
            machine::pause();
        } else {
            adapt(cpu, sleep(cpu));
            until = 0;
        }
    }
}

[[gnu::always_inline]] inline void stop_counting(Cpu& cpu, Thread& current)
{
    std::uint64_t since = cpu.since.load(std::memory_order_relaxed);
    if (!since)
        return;
    std::uint64_t now = machine::ticks(), ticks = now - since;
    current.ran.store(current.ran.load(std::memory_order_relaxed) + ticks, std::memory_order_relaxed);
    cpu.busy.store(cpu.busy.load(std::memory_order_relaxed) + ticks, std::memory_order_relaxed);
    cpu.since.store(now, std::memory_order_relaxed);
}

// A signal that came while the thread waited for its turn: the kick for it has found another one, or nobody, running. As if it came now, it
// is served when upcalls are let in.
void notice_interruption(Thread& self)
{
    if (!self.interrupted.load(std::memory_order_acquire))
        return;
    self.interrupted.store(false, std::memory_order_relaxed);
    __atomic_or_fetch(&machine::percpu().pending, SKL_EVENT_KICK, __ATOMIC_RELAXED);
}

void switch_to(Cpu& cpu, Thread& next)
{
    Thread& current = *cpu.current;
    cpu.preempt = false;
    if (&next == &cpu.idle) {
        cpu.turn_ends = 0;
    } else {
        std::uint64_t now = cpu.since.load(std::memory_order_relaxed);
        if (now == 0)
            cpu.since.store(now = machine::ticks(), std::memory_order_relaxed);
        cpu.turn_ends = end_of_turn(cpu, now);
        keep_watch(cpu);
    }
    if (&next == &current) {
        notice_interruption(current);
        return;
    }
    cpu.left = &current;
    cpu.current = &next;
    machine::set_thread_pointer(&next);
    machine::switch_context(current.context, next.context);
    arrived();
}

// The current thread stays on this CPU: it lends its stack for waiting.
void run_next(Cpu& cpu)
{
    stop_counting(cpu, *cpu.current);
    Thread* next = cpu.ready.pop();
    switch_to(cpu, next ? *next : *wait_for_work(cpu));
}

// It does not: it is another CPU's next, or nobody's ever again.
void leave(Cpu& cpu, Fate fate)
{
    Thread& current = *cpu.current;
    stop_counting(cpu, current);
    current.fate = fate;
    Thread* next = cpu.ready.pop();
    switch_to(cpu, next ? *next : cpu.idle);
}

void end_turn(Cpu& cpu, std::uint64_t now)
{
    cpu.timer = 0;
    wake_expired(cpu, now);
    if (cpu.turn_ends && now >= cpu.turn_ends) {
        cpu.turn_ends = 0;
        cpu.preempt = !cpu.ready.empty();
    }
}

}

constinit Cpu cpus[SKL_MAX_CPUS];

void about_to_block(Thread& self)
{
    self.activity.store(Activity::blocked, std::memory_order_release); // partner: claim, which writes what the last block() has read
    std::atomic_thread_fence(std::memory_order_seq_cst); // partner: whoever changes the condition and then calls wake()
}

void need_not_block(Thread& self)
{
    Activity blocked = Activity::blocked;
    if (!self.activity.compare_exchange_strong(blocked, Activity::running, std::memory_order_acquire))
        run_next(this_cpu()); // it is in the queue already, and comes out of it like any other
}

Wake block(Thread& self, std::uint64_t deadline, Signals signals)
{
    Cpu& cpu = this_cpu();
    if (signals == Signals::interrupt && skl_signals_waiting())
        wake(self, Wake::interrupt);
    if (deadline)
        insert_sleeper(cpu, self, deadline);
    run_next(cpu);
    if (deadline)
        remove_sleeper(cpu, self);
    return self.reason;
}

void make_ready(Thread& thread)
{
    std::uint32_t number = thread.cpu.load(std::memory_order_relaxed);
    Cpu& cpu = cpus[number];
    cpu.ready.push(thread);
    if (number == machine::percpu().cpu) {
        if (cpu.since.load(std::memory_order_relaxed))
            limit_turn(cpu);
        return;
    }
    std::atomic_thread_fence(std::memory_order_seq_cst); // partner: keep_watch, sleep
    if (cpu.kick_me.load(std::memory_order_relaxed) && cpu.kick_me.exchange(false, std::memory_order_relaxed))
        skl_monitor_call(SKL_CALL_KICK, 1, number);
}

bool claim(Thread& thread, Wake reason)
{
    Activity blocked = Activity::blocked;
    if (!thread.activity.compare_exchange_strong(blocked, Activity::running, std::memory_order_acq_rel))
        return false;
    thread.reason = reason; // it cannot go on before it is in the queue
    return true;
}

bool wake(Thread& thread, Wake reason)
{
    bool mine = claim(thread, reason);
    if (mine)
        make_ready(thread);
    return mine;
}

void yield()
{
    Cpu& cpu = this_cpu();
    cpu.preempt = false;
    if (machine::events_pending())
        serve_pending();
    if (cpu.ready.empty()) {
        notice_interruption(*cpu.current); // by what has just been served
    } else {
        stop_counting(cpu, *cpu.current);
        switch_to(cpu, cpu.ready.exchange(*cpu.current));
    }
    settle();
}

void settle()
{
    Cpu& cpu = this_cpu();
    std::uint32_t wanted = cpu.current->wanted_cpu.load(std::memory_order_relaxed);
    if (wanted == machine::percpu().cpu)
        return;
    cpu.current->cpu.store(wanted, std::memory_order_relaxed);
    leave(cpu, Fate::moves);
}

bool turn_is_over()
{
    return this_cpu().preempt;
}

void end_thread()
{
    leave(this_cpu(), Fate::ends);
    __builtin_unreachable();
}

void arrived()
{
    Cpu& cpu = this_cpu();
    Thread* left = cpu.left;
    cpu.left = nullptr;
    notice_interruption(*cpu.current);
    if (!left || left->fate == Fate::stays)
        return;
    bool ends = left->fate == Fate::ends;
    left->fate = Fate::stays;
    if (ends)
        bury(*left);
    else
        make_ready(*left);
}

void serve(std::uint64_t events)
{
    Cpu& cpu = this_cpu();
    if (!cpu.current)
        return;
    if (events & SKL_EVENT_HOST) {
        if (cpu.callers)
            wake_answered(cpu);
        if (skl_signals_arrived())
            skl_signals_distribute(skl_signals_take());
    }
    if (events & SKL_EVENT_TIMER)
        end_turn(cpu, machine::ticks());
    if (cpu.since.load(std::memory_order_relaxed)) {
        limit_turn(cpu);
        keep_watch(cpu);
        if (cpu.current->wanted_cpu.load(std::memory_order_relaxed) != machine::percpu().cpu)
            cpu.preempt = true;
    }
}

void adopt(Thread& thread)
{
    Cpu& cpu = this_cpu();
    cpu.current = &thread;
    cpu.since.store(machine::ticks(), std::memory_order_relaxed);
    cpu.kick_me.store(true, std::memory_order_relaxed);
}

void run_idle()
{
    arrived();
    for (;;) {
        Cpu& cpu = this_cpu();
        switch_to(cpu, *wait_for_work(cpu));
    }
}

std::uint64_t ticks_run(const Thread& thread)
{
    std::uint64_t ran = thread.ran.load(std::memory_order_relaxed);
    const Cpu& cpu = cpus[thread.cpu.load(std::memory_order_relaxed)];
    std::uint64_t since = cpu.since.load(std::memory_order_relaxed);
    return &thread == &this_thread() && since ? ran + machine::ticks() - since : ran;
}

std::uint64_t ticks_run()
{
    std::uint64_t sum = 0, now = machine::ticks();
    for (std::uint32_t i = 0; i < boot_page().cpus; i++) {
        std::uint64_t since = cpus[i].since.load(std::memory_order_relaxed);
        sum += cpus[i].busy.load(std::memory_order_relaxed) + (since && now > since ? now - since : 0);
    }
    return sum;
}

}
