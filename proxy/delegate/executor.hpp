// SPDX-License-Identifier: MIT
// Who executes forwarded calls: one thread polls the rings and executes what it finds itself, so a short call costs no hand-off. A
// standby takes over polling when that thread is not back within 50 us. Threads grow with the number of blocked calls.
#pragma once

#include "delegate/invocation.hpp"
#include "launch/launch.hpp"
#include "launch/public_area.hpp"

#include <skellig/ring.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <vector>

namespace skl {

struct ExecutorHooks {
    std::function<void()> ended;     // the isle has ended: Launch::record(). Nothing is executed afterwards
    std::function<void(int)> die_of; // a call raised this signal (SIGPIPE) and the isle wants to die of it
    // After each call, for the trace; may be empty.
    std::function<void(const Call*, const skl_slot&, std::uint32_t cpu, std::int64_t result)> trace;
};

class Executor {
public:
    Executor(Launch& launch, const PublicArea& area, const Context& context, ExecutorHooks hooks);
    ~Executor(); // waits for its threads: only once the isle submits nothing that blocks
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;

private:
    struct Running {
        std::uint32_t slot;
        pthread_t thread;
        bool cancelled;
    };

    void work(bool leads);
    void lead();
    bool stand_by();
    bool take_over(std::uint64_t turn);
    void forget(std::uint32_t slot);
    bool wait_for_duty();
    void ensure_standby();
    void spawn(bool leads);

    bool pop(std::uint32_t& slot, std::uint32_t& cpu);
    bool pending() const;
    void sleep_until_rung();
    void execute(std::uint32_t slot, std::uint32_t cpu);
    std::int64_t perform(const skl_slot& request, std::uint32_t cpu);
    void handle_broken_pipe();
    bool interrupt_cancelled();

    Launch& launch_;
    PublicArea area_;
    const Context& context_;
    ExecutorHooks hooks_;

    // Epoch (a leader's term) above, calls started and finished below: odd while the leader executes one.
    std::atomic<std::uint64_t> turn_ = 0;
    std::atomic<std::uint32_t> executing_ = 0; // the leader's: slot of its call, valid while turn_ is odd
    std::atomic<pthread_t> leader_{};          // valid likewise
    std::atomic<std::uint32_t> active_ = 1; // the leader does not sleep: the standby has something to watch
    std::atomic<bool> stopping_ = false;
    std::vector<std::uint32_t> heads_; // the leader's: next entry of each ring
    std::uint32_t first_ring_ = 0;     // the leader's: where to look first, in turn

    std::mutex mutex_;
    std::condition_variable duty_;
    unsigned parked_ = 0;           // guarded by mutex_: threads waiting to become standby
    bool standby_wanted_ = false;   // guarded by mutex_
    std::vector<Running> running_;  // guarded by mutex_: calls that have lasted so long that another thread leads
    std::vector<std::thread> threads_; // guarded by mutex_
    std::atomic<unsigned> running_count_ = 0;
};

}
