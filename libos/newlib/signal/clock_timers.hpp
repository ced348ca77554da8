// SPDX-License-Identifier: MIT
// Timers that the isle keeps itself: timer_create()'s, and ITIMER_VIRTUAL and ITIMER_PROF, which count the isle's time. Linux keeps
// ITIMER_REAL (timers.cpp). A thread of no use for anything else sleeps until the next one is due.
#pragma once

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <time.h>

namespace libos {

struct ClockTimer {
    bool used = false;
    bool of_setitimer = false; // its signals are the kernel's own, as Linux has it
    clockid_t asked = CLOCK_MONOTONIC;
    clockid_t clock = CLOCK_MONOTONIC; // that `due` is on
    uint64_t due = 0;      // 0: not armed
    uint64_t interval = 0; // 0: once
    sigevent event{};
    pthread_attr_t attributes{}; // of threads for SIGEV_THREAD
    int overrun = 0;             // of the last signal that was taken
};

struct TimerTimes {
    uint64_t left, interval; // left 0: not armed
};

constexpr int most_clock_timers = 128;

// A free one, and the thread that serves it. Null: no room for one of the two.
ClockTimer* take_clock_timer(const sigevent& event);
void give_clock_timer(ClockTimer& timer);
int number_of(const ClockTimer& timer);
// Null: none of that number is in use.
ClockTimer* clock_timer_numbered(uint64_t number);

// Both may be called by handlers. `clock` is CLOCK_MONOTONIC, CLOCK_REALTIME or CLOCK_PROCESS_CPUTIME_ID; due 0 stops it.
TimerTimes arm(ClockTimer& timer, clockid_t clock, uint64_t due, uint64_t interval);
TimerTimes times_of(const ClockTimer& timer);
uint64_t now_on(clockid_t clock);

// A signal of such a timer is taken; the signals' lock is held.
void clock_timer_signal_taken(const siginfo_t& info);

}
