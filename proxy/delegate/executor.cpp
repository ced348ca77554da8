// SPDX-License-Identifier: MIT
// Leader, standby and the threads they are made from. Executing a single call: executor_call.cpp.
#include "delegate/executor.hpp"

#include <skellig/ring_ops.h>

#include <chrono>
#include <ctime>
#include <emmintrin.h>
#include <sys/prctl.h>

namespace skl {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto polling_time = std::chrono::microseconds(20);
constexpr long takeover_ns = 50'000;
constexpr unsigned epoch_shift = 40;
constexpr unsigned most_parked = 4;
constexpr std::int64_t no_limit = -1;
constexpr std::int64_t cancel_retry_ns = 1'000'000;

constexpr bool executing(std::uint64_t turn)
{
    return turn & 1;
}

constexpr std::uint64_t next_epoch(std::uint64_t turn)
{
    return ((turn >> epoch_shift) + 1) << epoch_shift;
}

}

Executor::Executor(Launch& launch, const PublicArea& area, const Context& context, ExecutorHooks hooks)
    : launch_(launch), area_(area), context_(context), hooks_(std::move(hooks)), heads_(area.cpus)
{
    std::lock_guard guard(mutex_);
    spawn(true);
}

Executor::~Executor()
{
    stopping_ = true;
    stopping_.notify_all();
    active_ = 1;
    active_.notify_all();
    std::vector<std::thread> threads;
    {
        std::lock_guard guard(mutex_);
        duty_.notify_all();
        threads.swap(threads_);
    }
    for (std::thread& thread : threads)
        thread.join();
}

// With mutex_ held.
void Executor::spawn(bool leads)
{
    threads_.emplace_back([this, leads] { work(leads); });
}

void Executor::work(bool leads)
{
    ::prctl(PR_SET_TIMERSLACK, 1);
    while (leads || stand_by()) {
        leads = false;
        ensure_standby();
        lead();
        if (!wait_for_duty())
            return;
    }
}

// What the leader executes becomes one of the long calls. Under the lock, so that it is in the list before the leader, back from it,
// takes it out.
bool Executor::take_over(std::uint64_t turn)
{
    std::lock_guard guard(mutex_);
    Running call{executing_.load(std::memory_order_relaxed), leader_.load(std::memory_order_relaxed), false};
    if (!turn_.compare_exchange_strong(turn, next_epoch(turn), std::memory_order_acq_rel))
        return false;
    running_.push_back(call);
    running_count_.store(static_cast<unsigned>(running_.size()), std::memory_order_relaxed);
    return true;
}

// This thread has come back from a call too long to lead meanwhile.
void Executor::forget(std::uint32_t slot)
{
    std::lock_guard guard(mutex_);
    pthread_t self = ::pthread_self();
    std::erase_if(running_, [slot, self](const Running& call) { return call.slot == slot && ::pthread_equal(call.thread, self); });
    running_count_.store(static_cast<unsigned>(running_.size()), std::memory_order_relaxed);
}

// Until this thread has become the leader (true) or all ends.
bool Executor::stand_by()
{
    std::uint64_t seen = 0;
    while (!stopping_) {
        active_.wait(0);
        timespec pause{0, takeover_ns};
        ::nanosleep(&pause, nullptr);
        std::uint64_t turn = turn_.load(std::memory_order_acquire); // and with it executing_ and leader_
        // Taking over acquires what the last leader did to heads_; partner: the stores to turn_ in lead().
        if (executing(turn) && turn == seen && take_over(turn))
            return true;
        seen = turn;
    }
    return false;
}

void Executor::ensure_standby()
{
    std::lock_guard guard(mutex_);
    if (stopping_)
        return;
    if (parked_ == 0)
        return spawn(false);
    standby_wanted_ = true;
    duty_.notify_one();
}

// A thread that has lost the lead over a long call waits here for the next time one is needed.
bool Executor::wait_for_duty()
{
    std::unique_lock lock(mutex_);
    if (parked_ >= most_parked) {
        for (std::thread& thread : threads_)
            if (thread.get_id() == std::this_thread::get_id()) {
                thread.detach();
                std::swap(thread, threads_.back());
                threads_.pop_back();
                break;
            }
        return false;
    }
    parked_++;
    duty_.wait(lock, [this] { return standby_wanted_ || stopping_; });
    parked_--;
    standby_wanted_ = false;
    return !stopping_;
}

void Executor::lead()
{
    std::uint64_t turn = turn_.load(std::memory_order_relaxed);
    leader_.store(::pthread_self(), std::memory_order_relaxed);
    bool idle = false;
    Clock::time_point idle_since;
    while (!stopping_) {
        std::uint32_t slot, cpu;
        if (pop(slot, cpu)) {
            executing_.store(slot, std::memory_order_relaxed);
            turn_.store(turn + 1, std::memory_order_release);
            execute(slot, cpu);
            std::uint64_t mine = turn + 1;
            turn += 2;
            if (!turn_.compare_exchange_strong(mine, turn, std::memory_order_acq_rel))
                return forget(slot);
            idle = false;
        } else if (!idle) {
            idle = true;
            idle_since = Clock::now();
        } else if (Clock::now() - idle_since > polling_time) {
            sleep_until_rung();
            idle = false;
        } else {
            _mm_pause();
        }
    }
}

bool Executor::pop(std::uint32_t& slot, std::uint32_t& cpu)
{
    for (std::uint32_t i = 0; i < area_.cpus; i++) {
        cpu = (first_ring_ + i) % area_.cpus;
        std::int32_t entry = skl_ring_pop(&area_.ring(cpu), &heads_[cpu]);
        if (entry < 0)
            continue; // empty, or nonsense that only hurts the isle itself
        first_ring_ = cpu + 1;
        slot = static_cast<std::uint32_t>(entry);
        return true;
    }
    return false;
}

bool Executor::pending() const
{
    for (std::uint32_t cpu = 0; cpu < area_.cpus; cpu++)
        if (__atomic_load_n(&area_.ring(cpu).tail, __ATOMIC_ACQUIRE) != heads_[cpu])
            return true;
    return false;
}

// Say that we sleep, look once more, at calls and at cancellations, sleep. Partner: the isle publishes, fences, reads host_sleeping.
void Executor::sleep_until_rung()
{
    std::uint32_t& sleeping = area_.boot().host_sleeping;
    active_.store(0, std::memory_order_relaxed);
    __atomic_store_n(&sleeping, 1, __ATOMIC_RELAXED);
    skl_full_fence();
    bool cancelling = running_count_.load(std::memory_order_relaxed) > 0 && interrupt_cancelled();
    unsigned events = pending() || stopping_ ? 0 : launch_.wait(cancelling ? cancel_retry_ns : no_limit);
    __atomic_store_n(&sleeping, 0, __ATOMIC_RELAXED);
    active_.store(1, std::memory_order_relaxed);
    active_.notify_one();
    if (events & Launch::stopped) {
        active_.store(0, std::memory_order_relaxed);
        hooks_.ended();
        stopping_.wait(false);
    }
}

}
