// SPDX-License-Identifier: MIT
// The monitor as cokernel/monitor is it: an event that is pending ends a wait, also one that came before. It orders no memory for the
// isle: all its atomics are relaxed and it sleeps by a bare system call, so that ThreadSanitizer sees only what the kernel itself does.
#include "host_isle.hpp"

#include "cpu.hpp"
#include "memory/own_memory.hpp"
#include "public_area.hpp"
#include "thread/lifetime.hpp"
#include "thread/placement.hpp"
#include "thread/scheduler.hpp"
#include "upcall/exceptions.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/memory.h>
#include <kernel/signal.h>

#include <skellig/abi.h>
#include <skellig/call.h>
#include <skellig/ring_ops.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <ctime>
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" void skl_upcall(skl_registers*, void*);
extern "C" void skl_cpu_entry();

namespace skl {
namespace {

constexpr std::uint64_t memory_size = 512 << 20, stack_size = 256 << 10;
constexpr long tick_ns = 100'000; // how late a timer is at most, when the build machine has time

// The events of a CPU are all in the lower half.
void sleep_while_none(std::uint64_t& pending, long nanoseconds)
{
    timespec most{0, nanoseconds};
    ::syscall(SYS_futex, &pending, FUTEX_WAIT_PRIVATE, 0, nanoseconds ? &most : nullptr, nullptr, 0);
}

std::uint64_t earlier(std::uint64_t a, std::uint64_t b)
{
    return !a ? b : !b ? a : std::min(a, b);
}

std::uint64_t reserve(std::uint64_t size)
{
    void* area = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return area == MAP_FAILED ? (std::perror("mmap"), std::abort(), 0) : reinterpret_cast<std::uint64_t>(area);
}

}

HostIsle& HostIsle::get()
{
    static auto* isle = new HostIsle; // its CPUs cannot be stopped
    return *isle;
}

HostIsle::HostIsle()
{
    public_area = reinterpret_cast<void*>(reserve(SKL_PUBLIC_SIZE(cpus)));
    auto& boot = *static_cast<skl_boot*>(public_area);
    boot = {};
    boot.cpus = cpus;
    boot.slots = SKL_SLOTS;
    boot.tsc_khz = 1'000'000; // a tick is a nanosecond here; the machine's are up to five times as short
    auto& clock = *reinterpret_cast<skl_clock*>(static_cast<char*>(public_area) + SKL_CLOCK_OFFSET);
    clock.tsc_base = machine::ticks();
    clock.monotonic_ns = 1;
    clock.multiplier = std::uint64_t{1} << 32;
    machine::host = this;
    for (std::uint32_t i = 0; i < cpus; i++) {
        page(i).self = reinterpret_cast<std::uint64_t>(&page(i));
        page(i).cpu = i;
        page(i).masked = 1;
    }
    machine::this_percpu = &page(0);
    std::uint64_t base = reserve(memory_size);
    own_memory.add(base, base + memory_size);
    own_memory.open();
    make_main_thread();
    std::thread([this] { run_timers(); }).detach();
}

// As start/start.cpp does it.
void HostIsle::make_main_thread()
{
    std::uint64_t size = 64 << 10, memory = skl_pages_allocate(size, 4096);
    Thread* thread = place_thread(memory + size, 0);
    machine::set_thread_pointer(thread);
    set_mask(thread->cpus, nullptr);
    adopt(*thread);
    make_exception_stack(this_cpu());
    register_upcalls();
    unmask_upcalls();
}

skl_percpu& HostIsle::page(std::uint32_t number)
{
    return *reinterpret_cast<skl_percpu*>(static_cast<char*>(public_area) + SKL_PERCPU_OFFSET(number));
}

void HostIsle::let_upcall_in()
{
    while (__atomic_load_n(&machine::percpu().pending, __ATOMIC_RELAXED)) {
        machine::set_masked(1);
        skl_upcall(nullptr, nullptr); // there are no signals to deliver
        machine::set_masked(0);
    }
}

void HostIsle::give_way()
{
    skl_thread_yield();
    let_upcall_in();
}

void HostIsle::between_looks()
{
    if (!machine::masked())
        let_upcall_in();
}

std::int64_t HostIsle::monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5])
{
    switch (number) {
    case SKL_CALL_WAIT:
        return wait(machine::percpu().cpu, argument[0]);
    case SKL_CALL_TIMER:
        ++timers;
        cpu_[machine::percpu().cpu].deadline.store(argument[0], std::memory_order_relaxed);
        return 0;
    case SKL_CALL_KICK:
        ++kicks;
        for (std::uint64_t mask = argument[0]; mask; mask &= mask - 1)
            post(static_cast<std::uint32_t>(argument[1] + __builtin_ctzll(mask)), SKL_EVENT_KICK);
        return 0;
    case SKL_CALL_START:
        start(static_cast<std::uint32_t>(argument[0]), reinterpret_cast<void*>(argument[3]));
        return 0;
    case SKL_CALL_PROTECT:
        ::mprotect(reinterpret_cast<void*>(argument[0]), argument[1], static_cast<int>(argument[2]));
        return static_cast<std::int64_t>(argument[1]);
    default:
        return 0;
    }
}

std::int64_t HostIsle::wait(std::uint32_t number, std::uint64_t deadline)
{
    skl_percpu& own = page(number);
    if (!own.masked)
        ADD_FAILURE() << "wait is entered masked";
    ++sleeps;
    for (;;) {
        if (deadline && machine::ticks() >= deadline)
            post(number, SKL_EVENT_TIMER);
        fire(number);
        if (std::uint64_t events = __atomic_exchange_n(&own.pending, 0, __ATOMIC_RELAXED))
            return static_cast<std::int64_t>(events);
        sleep_while_none(own.pending, earlier(deadline, cpu_[number].deadline.load(std::memory_order_relaxed)) ? tick_ns : 0);
    }
}

void HostIsle::post(std::uint32_t number, std::uint64_t event)
{
    std::uint64_t& pending = page(number).pending;
    __atomic_or_fetch(&pending, event, __ATOMIC_RELAXED);
    ::syscall(SYS_futex, &pending, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

void HostIsle::start(std::uint32_t number, void* idle)
{
    std::thread([this, number, idle] {
        machine::this_percpu = &page(number);
        machine::set_thread_pointer(idle);
        skl_cpu_entry();
    }).detach();
}

// The timer of a CPU has run down: its event, once.
bool HostIsle::fire(std::uint32_t number)
{
    std::uint64_t set = cpu_[number].deadline.load(std::memory_order_relaxed);
    if (!set || machine::ticks() < set || !cpu_[number].deadline.compare_exchange_strong(set, 0, std::memory_order_relaxed))
        return false;
    post(number, SKL_EVENT_TIMER);
    return true;
}

void HostIsle::run_timers()
{
    for (;;) {
        timespec tick{0, tick_ns};
        ::nanosleep(&tick, nullptr);
        for (std::uint32_t i = 0; i < cpus; i++)
            fire(i);
    }
}

HostIsle::Proxy::Proxy() : thread_([this] { serve(); })
{
}

HostIsle::Proxy::~Proxy()
{
    over_ = true;
    thread_.join();
}

// As proxy/delegate/executor.cpp, but that it never sleeps.
void HostIsle::Proxy::serve()
{
    std::uint32_t heads[cpus];
    for (std::uint32_t cpu = 0; cpu < cpus; cpu++)
        heads[cpu] = __atomic_load_n(&ring_of(cpu).head, __ATOMIC_RELAXED);
    while (!over_) {
        for (std::uint32_t cpu = 0; cpu < cpus; cpu++)
            if (std::int32_t slot = skl_ring_pop(&ring_of(cpu), &heads[cpu]); slot >= 0)
                complete(cpu, static_cast<std::uint32_t>(slot));
        ::sched_yield();
    }
}

void HostIsle::Proxy::complete(std::uint32_t cpu, std::uint32_t number)
{
    skl_slot& slot = slots()[number];
    skl_slot request;
    if (!skl_slot_take(&slot, &request)) {
        ADD_FAILURE() << "a slot was submitted twice";
        return;
    }
    std::uint64_t until = machine::ticks() + request.argument[1];
    while (machine::ticks() < until)
        ::sched_yield();
    skl_slot_complete(&slot, static_cast<std::int64_t>(request.argument[0]));
    skl_full_fence();
    if (__atomic_load_n(&isle_.page(cpu).sleeping, __ATOMIC_RELAXED))
        isle_.post(cpu, SKL_EVENT_HOST);
}

skl_thread_plan plan_for(const std::uint64_t* mask)
{
    return {0, stack_size, 4096, mask};
}

void Crew::add_plain(void (*function)(void*), void* argument, std::uint32_t cpu)
{
    HostIsle::get();
    std::uint64_t mask[SKL_CPU_WORDS]{std::uint64_t{1} << cpu % 64};
    skl_thread_plan plan = plan_for(cpu == no_matter ? nullptr : mask);
    skl_thread* thread;
    if (int error = skl_thread_create(&plan, &thread)) {
        std::fprintf(stderr, "a thread cannot be made: %d\n", error);
        std::abort();
    }
    skl_thread_launch(thread, function, argument);
    threads_.push_back(thread);
}

void Crew::join()
{
    for (skl_thread* thread : threads_) {
        while (skl_thread_join(thread, UINT64_MAX) != SKL_FUTEX_WOKEN) {
        }
        skl_thread_release(thread);
    }
    threads_.clear();
}

}
