// SPDX-License-Identifier: MIT
// A list in the order of deadlines.
#include "sleepers.hpp"

#include "thread/scheduler.hpp"

namespace skl {

void insert_sleeper(Cpu& cpu, Thread& thread, std::uint64_t deadline)
{
    thread.deadline = deadline;
    Thread** link = &cpu.sleepers;
    while (*link && (*link)->deadline <= deadline)
        link = &(*link)->next_sleeper;
    thread.next_sleeper = *link;
    *link = &thread;
}

void remove_sleeper(Cpu& cpu, Thread& thread)
{
    for (Thread** link = &cpu.sleepers; *link; link = &(*link)->next_sleeper) {
        if (*link == &thread) {
            *link = thread.next_sleeper;
            break;
        }
    }
    thread.deadline = 0;
}

void wake_expired(Cpu& cpu, std::uint64_t now)
{
    while (cpu.sleepers && cpu.sleepers->deadline <= now) {
        Thread& thread = *cpu.sleepers;
        cpu.sleepers = thread.next_sleeper;
        wake(thread, Wake::timeout);
    }
}

}
