// SPDX-License-Identifier: MIT
// Leader, standby and sleepers against isle CPUs played by threads, with the ring's own operations. Also run under TSan.
#include "delegate/cancel_signal.hpp"
#include "delegate/executor.hpp"

#include <skellig/ring_ops.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace skl {
namespace {

using namespace std::chrono_literals;

// Bells of both sides as counters under a lock.
class FakeLaunch : public Launch {
public:
    const Grant& grant() const override { return grant_; }
    void start(std::uint64_t, const std::vector<Segment>&) override {}
    unsigned wait(std::int64_t timeout_ns) override
    {
        std::unique_lock lock(mutex_);
        auto limit = timeout_ns < 0 ? 50ms : std::min<std::chrono::nanoseconds>(50ms, std::chrono::nanoseconds(timeout_ns));
        bell_.wait_for(lock, limit, [this] { return rung_ || ended_; });
        unsigned events = (rung_ ? rung : 0) | (ended_ ? stopped : 0);
        rung_ = false;
        waits_++;
        return events;
    }
    void kick(std::uint32_t cpu) override
    {
        std::lock_guard guard(mutex_);
        kicked_ |= 1u << cpu;
        isle_bell_.notify_all();
    }
    void pause() override {}
    void resume() override {}
    void stop() override {}
    skl_record record() override { return {}; }
    std::string log() override { return {}; }

    void ring()
    {
        std::lock_guard guard(mutex_);
        rung_ = true;
        bell_.notify_all();
    }
    void end()
    {
        std::lock_guard guard(mutex_);
        ended_ = true;
        bell_.notify_all();
    }
    void sleep_isle(std::uint32_t cpu)
    {
        std::unique_lock lock(mutex_);
        ASSERT_TRUE(isle_bell_.wait_for(lock, 20s, [&] { return kicked_ & 1u << cpu; })) << "lost wake-up of cpu " << cpu;
        kicked_ &= ~(1u << cpu);
    }
    unsigned waits()
    {
        std::lock_guard guard(mutex_);
        return waits_;
    }

private:
    Grant grant_;
    std::mutex mutex_;
    std::condition_variable bell_, isle_bell_;
    bool rung_ = false, ended_ = false;
    unsigned kicked_ = 0, waits_ = 0;
};

constexpr std::uint32_t cpus = 2;

class ExecutorTest : public testing::Test {
protected:
    std::vector<std::uint64_t> memory = std::vector<std::uint64_t>(SKL_PUBLIC_SIZE(cpus) / 8);
    PublicArea area{reinterpret_cast<std::byte*>(memory.data()), cpus};
    FakeLaunch launch;
    Ranges ranges;
    Dispositions dispositions;
    Context context{ranges, dispositions};
    std::atomic<int> ended = 0, died_of = 0;
    std::atomic<unsigned> traced = 0;

    void SetUp() override
    {
        install_cancel_signal();
        static char zone[4096];
        ranges.add(reinterpret_cast<std::uint64_t>(zone), sizeof zone);
        zone_ = zone;
    }
    ExecutorHooks hooks()
    {
        return {[this] { ended = 1; }, [this](int signal) { died_of = signal; },
                [this](const Call*, const skl_slot&, std::uint32_t, std::int64_t) { traced++; }};
    }
    void submit(std::uint32_t cpu, std::uint32_t slot, std::uint32_t number, std::initializer_list<std::uint64_t> arguments = {})
    {
        skl_slot& shared = area.slots()[slot];
        __atomic_store_n(&shared.number, number, __ATOMIC_RELAXED);
        unsigned i = 0;
        for (std::uint64_t argument : arguments)
            __atomic_store_n(&shared.argument[i++], argument, __ATOMIC_RELAXED);
        skl_ring_push(&area.ring(cpu), area.slots(), slot);
        skl_full_fence();
        if (__atomic_load_n(&area.boot().host_sleeping, __ATOMIC_RELAXED))
            launch.ring();
    }
    std::int64_t await(std::uint32_t cpu, std::uint32_t slot)
    {
        std::uint32_t& sleeping = area.percpu(cpu).sleeping;
        for (;;) {
            __atomic_store_n(&sleeping, 1, __ATOMIC_RELAXED);
            skl_full_fence();
            if (skl_slot_done(&area.slots()[slot]))
                break;
            launch.sleep_isle(cpu);
            if (HasFatalFailure())
                return -1;
        }
        __atomic_store_n(&sleeping, 0, __ATOMIC_RELAXED);
        return __atomic_load_n(&area.slots()[slot].result, __ATOMIC_RELAXED);
    }
    std::uint64_t zone(std::size_t offset = 0) const { return reinterpret_cast<std::uint64_t>(zone_ + offset); }

    char* zone_ = nullptr;
};

TEST_F(ExecutorTest, ExecutesAndAnswers)
{
    Executor executor(launch, area, context, hooks());
    submit(0, 5, SYS_getpid);
    EXPECT_EQ(await(0, 5), ::getpid());
    submit(1, 6, SYS_mmap);
    EXPECT_EQ(await(1, 6), -ENOSYS);
    submit(0, 7, 100000);
    EXPECT_EQ(await(0, 7), -ENOSYS);
}

TEST_F(ExecutorTest, SleepsWhenNothingComesAndWakesOnTheBell)
{
    Executor executor(launch, area, context, hooks());
    std::this_thread::sleep_for(120ms);
    EXPECT_GE(launch.waits(), 1u);
    EXPECT_LE(launch.waits(), 10u);
    submit(0, 1, SYS_getpid);
    EXPECT_EQ(await(0, 1), ::getpid());
}

// While some calls block, others are served, and the blocked ones end when their time comes.
TEST_F(ExecutorTest, BlockedCallsDoNotHoldUpOthers)
{
    Executor executor(launch, area, context, hooks());
    int pipes[3][2];
    for (std::uint32_t i = 0; i < 3; i++) {
        ASSERT_EQ(::pipe(pipes[i]), 0);
        submit(0, i, SYS_read, {static_cast<std::uint64_t>(pipes[i][0]), zone(i), 1});
    }
    for (int round = 0; round < 100; round++) {
        submit(1, 10, SYS_getpid);
        ASSERT_EQ(await(1, 10), ::getpid());
    }
    for (std::uint32_t i = 0; i < 3; i++) {
        EXPECT_FALSE(skl_slot_done(&area.slots()[i]));
        ASSERT_EQ(::write(pipes[i][1], "x", 1), 1);
        EXPECT_EQ(await(0, i), 1);
        ::close(pipes[i][0]);
        ::close(pipes[i][1]);
    }
}

TEST_F(ExecutorTest, CancelInterruptsABlockedCall)
{
    Executor executor(launch, area, context, hooks());
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    submit(0, 3, SYS_read, {static_cast<std::uint64_t>(pipe[0]), zone(), 1});
    std::this_thread::sleep_for(30ms);
    __atomic_or_fetch(&area.slots()[3].state, SKL_SLOT_CANCEL, __ATOMIC_SEQ_CST);
    launch.ring();
    EXPECT_EQ(await(0, 3), -EINTR);
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST_F(ExecutorTest, CancelledBeforeItBeginsIsNotExecuted)
{
    area.slots()[4].number = SYS_getpid;
    skl_ring_push(&area.ring(0), area.slots(), 4);
    area.slots()[4].state |= SKL_SLOT_CANCEL;
    Executor executor(launch, area, context, hooks());
    EXPECT_EQ(await(0, 4), -EINTR);
}

TEST_F(ExecutorTest, BrokenPipeEndsAnIsleThatDoesNotIgnoreIt)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr); // as take_signals() does
    Executor executor(launch, area, context, hooks());
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    ::close(pipe[0]);
    dispositions.set(SIGPIPE, Disposition::ignored);
    submit(0, 1, SYS_write, {static_cast<std::uint64_t>(pipe[1]), zone(), 1});
    EXPECT_EQ(await(0, 1), -EPIPE);
    EXPECT_EQ(died_of, 0);
    dispositions.set(SIGPIPE, Disposition::standard);
    submit(0, 1, SYS_write, {static_cast<std::uint64_t>(pipe[1]), zone(), 1});
    EXPECT_EQ(await(0, 1), -EPIPE);
    EXPECT_EQ(died_of, SIGPIPE);
    ::close(pipe[1]);
}

TEST_F(ExecutorTest, SurvivesNonsenseInRingAndSlot)
{
    Executor executor(launch, area, context, hooks());
    area.ring(0).entry[0] = 0xffffffff;
    __atomic_store_n(&area.ring(0).tail, 1, __ATOMIC_RELEASE);
    launch.ring();
    area.ring(1).entry[0] = 9; // a slot nobody has submitted
    __atomic_store_n(&area.ring(1).tail, 1, __ATOMIC_RELEASE);
    launch.ring();
    std::this_thread::sleep_for(80ms);
    submit(0, 1, SYS_getpid);
    EXPECT_EQ(await(0, 1), ::getpid());
    EXPECT_EQ(area.slots()[9].state, SKL_SLOT_FREE);
}

TEST_F(ExecutorTest, ReportsTheEndOnce)
{
    Executor executor(launch, area, context, hooks());
    launch.end();
    for (int i = 0; i < 200 && !ended; i++)
        std::this_thread::sleep_for(5ms);
    EXPECT_EQ(ended, 1);
}

// Many calls from two CPUs, short and a little longer, with sleeping on both sides: none is lost.
TEST_F(ExecutorTest, LosesNoWakeUp)
{
    Executor executor(launch, area, context, hooks());
    constexpr int rounds = 1500;
    auto play = [this](std::uint32_t cpu) {
        static const timespec nap{0, 120'000};
        std::memcpy(zone_ + 64 * cpu, &nap, sizeof nap);
        for (int round = 0; round < rounds; round++) {
            std::uint32_t slot = 2 * static_cast<std::uint32_t>(round % 100) + cpu;
            if (round % 50 == 7)
                submit(cpu, slot, SYS_nanosleep, {zone(64 * cpu), 0});
            else
                submit(cpu, slot, SYS_getpid);
            std::int64_t expected = round % 50 == 7 ? 0 : ::getpid();
            ASSERT_EQ(await(cpu, slot), expected);
            if (round % 64 == 0)
                std::this_thread::sleep_for(100us);
        }
    };
    std::thread other(play, 1);
    play(0);
    other.join();
    EXPECT_EQ(traced, 2u * rounds);
}

}
}
