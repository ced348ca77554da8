// SPDX-License-Identifier: MIT
// A whole isle of several CPUs in this process: the library kernel's own scheduler, on a monitor whose CPUs are host threads.
#pragma once

#include "machine.hpp"

#include <kernel/thread.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace skl {

// Counts across threads and orders nothing else, so that it hides no race.
class Count {
public:
    Count(std::uint64_t value = 0) : value_(value) {}
    operator std::uint64_t() const { return value_.load(std::memory_order_relaxed); }
    std::uint64_t operator++() { return *this += 1; }
    std::uint64_t operator--() { return *this += UINT64_MAX; }
    std::uint64_t operator+=(std::uint64_t more) { return value_.fetch_add(more, std::memory_order_relaxed) + more; }
    void operator=(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_;
};

// There is one, it lasts as long as the process, and the thread that asks for it first is its main thread, on CPU 0.
class HostIsle : public machine::Host {
public:
    static constexpr std::uint32_t cpus = 4;
    static HostIsle& get();

    // Where the monitor may interrupt a thread: what is pending is served here, and a thread whose turn is over gives way.
    static void let_upcall_in();
    // For loops that wait for others: yields, and is interrupted as a loop on real CPUs would be.
    static void give_way();

    std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) override;
    void between_looks() override;

    // The proxy: answers what is forwarded for as long as it lives, each call with its first argument, after a while of its own.
    class Proxy {
    public:
        Proxy();
        ~Proxy();

    private:
        void serve();
        void complete(std::uint32_t cpu, std::uint32_t slot);

        HostIsle& isle_ = HostIsle::get();
        std::atomic<bool> over_{false};
        std::thread thread_;
    };

    Count sleeps, kicks, timers;

private:
    struct Cpu {
        std::atomic<std::uint64_t> deadline{0}; // of timer(), in ticks; 0: none
    };

    HostIsle();
    void make_main_thread();
    std::int64_t wait(std::uint32_t number, std::uint64_t deadline);
    void start(std::uint32_t number, void* idle);
    void post(std::uint32_t number, std::uint64_t event);
    bool fire(std::uint32_t number);
    void run_timers();
    skl_percpu& page(std::uint32_t number);

    Cpu cpu_[cpus];
};

// A set of threads of the isle, joined and given back in the end.
class Crew {
public:
    // On the CPU; no_matter: where the kernel puts it.
    static constexpr std::uint32_t no_matter = UINT32_MAX;
    template <typename Work>
    void add(Work work, std::uint32_t cpu = no_matter)
    {
        add_plain([](void* argument) {
            auto* mine = static_cast<Work*>(argument);
            (*mine)();
            delete mine;
            skl_thread_exit();
        }, new Work(std::move(work)), cpu);
    }
    skl_thread* operator[](std::size_t index) const { return threads_[index]; }
    void join();
    ~Crew() { join(); }

private:
    void add_plain(void (*function)(void*), void* argument, std::uint32_t cpu);

    std::vector<skl_thread*> threads_;
};

// What a thread of a test is made with.
skl_thread_plan plan_for(const std::uint64_t* mask);

}
