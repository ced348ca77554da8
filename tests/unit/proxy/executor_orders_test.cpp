// SPDX-License-Identifier: MIT
// The proxy's half of sleeping and waking, with every stale value that the memory orders allow: nobody sleeps for ever.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <ctime>
#include <emmintrin.h>
#include <functional>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <skellig/public.h>
#include <skellig/record.h>
#include <skellig/ring.h>
#include <span>
#include <string>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <thread>
#include <vector>

#include "tests/unit/ring/memory_model.hpp"

// The code under test under another name, on the model's atomics, its steps open to the test and without threads of its own: here
// one thread plays isle and proxy in turn.
#define skl skl_modelled
#define private public
#define emplace_back(...) reserve(leads)
#include "delegate/executor.cpp"
#include "delegate/executor_call.cpp"
#undef emplace_back
#undef private

namespace skl {

Invocation::Invocation(const Context& context, const Call& call, const std::uint64_t (&)[6]) : context_(context), call_(call) {}
std::int64_t Invocation::execute() { return 0; }
const Call* find_call(std::uint32_t) { return nullptr; }

}
#undef skl

namespace {

namespace proxy_code = skl_modelled;

constexpr int isle = 1, proxy = 2;
constexpr std::uint32_t some_slot = 3;

struct Launch : proxy_code::Launch {
    const proxy_code::Grant& grant() const override { return grant_; }
    void start(std::uint64_t, const std::vector<proxy_code::Segment>&) override {}
    unsigned wait(std::int64_t timeout_ns) override
    {
        ++waits;
        without_limit += timeout_ns < 0;
        if (while_asleep)
            while_asleep();
        return 0;
    }
    void kick(std::uint32_t) override { ++kicks; }
    void pause() override {}
    void resume() override {}
    void stop() override {}
    skl_record record() override { return {}; }
    std::string log() override { return {}; }

    int waits = 0, without_limit = 0, kicks = 0;
    std::function<void()> while_asleep;

private:
    proxy_code::Grant grant_;
};

struct Enclave {
    Enclave() { std::memset(memory.get(), 0, SKL_PUBLIC_SIZE(1)); }

    void submit()
    {
        skl_ring_push(&area.ring(0), area.slots(), some_slot);
        skl_full_fence();
        host_seen_asleep = __atomic_load_n(&area.boot().host_sleeping, __ATOMIC_RELAXED) != 0;
    }

    std::unique_ptr<std::byte[]> memory{new std::byte[SKL_PUBLIC_SIZE(1)]};
    proxy_code::PublicArea area{memory.get(), 1};
    Launch launch;
    struct {
        char nothing;
    } unused{};
    std::unique_ptr<proxy_code::Dispositions> dispositions = std::make_unique<proxy_code::Dispositions>();
    proxy_code::Context context{reinterpret_cast<const proxy_code::Ranges&>(unused), *dispositions};
    proxy_code::Executor executor{launch, area, context, {}};
    bool host_seen_asleep = false;
};

TEST(ExecutorOrders, DoesNotSleepOnARingThatWasFilledBefore)
{
    model::explore([] {
        Enclave enclave;
        model::act_as(isle);
        enclave.submit();
        ASSERT_FALSE(enclave.host_seen_asleep);
        model::act_as(proxy);
        enclave.executor.sleep_until_rung();
        ASSERT_EQ(enclave.launch.waits, 0) << "the isle did not ring: it saw nobody asleep";
    });
}

TEST(ExecutorOrders, IsSeenAsleepByWhoeverSubmitsLater)
{
    model::explore([] {
        Enclave enclave;
        enclave.launch.while_asleep = [&] {
            model::act_as(isle);
            enclave.submit();
            EXPECT_TRUE(enclave.host_seen_asleep) << "nobody rings the proxy";
            model::act_as(proxy);
        };
        model::act_as(proxy);
        enclave.executor.sleep_until_rung();
        ASSERT_EQ(enclave.launch.waits, 1);
        ASSERT_EQ(enclave.area.boot().host_sleeping, 0u);
    });
}

TEST(ExecutorOrders, RingsAnIsleThatFellAsleepBefore)
{
    model::explore([] {
        Enclave enclave;
        model::act_as(isle);
        enclave.submit();
        __atomic_store_n(&enclave.area.percpu(0).sleeping, 1u, __ATOMIC_RELAXED);
        skl_full_fence();
        ASSERT_FALSE(skl_slot_done(&enclave.area.slots()[some_slot]));
        model::act_as(proxy);
        std::uint32_t slot, cpu;
        if (!enclave.executor.pop(slot, cpu))
            return;
        enclave.executor.execute(slot, cpu);
        ASSERT_EQ(enclave.launch.kicks, 1) << "nobody rings the isle";
    });
}

TEST(ExecutorOrders, DoesNotRingAnIsleThatIsAwake)
{
    model::explore([] {
        Enclave enclave;
        model::act_as(isle);
        enclave.submit();
        model::act_as(proxy);
        std::uint32_t slot, cpu;
        if (!enclave.executor.pop(slot, cpu))
            return;
        enclave.executor.execute(slot, cpu);
        ASSERT_EQ(enclave.launch.kicks, 0);
        ASSERT_EQ(enclave.area.slots()[some_slot].state, SKL_SLOT_DONE);
    });
}

// The isle cancels a call that another thread executes, and sees nobody asleep.
TEST(ExecutorOrders, DoesNotSleepOnACancellationThatCameWhileArming)
{
    proxy_code::install_cancel_signal();
    model::explore([] {
        Enclave enclave;
        model::act_as(proxy);
        skl_slot& slot = enclave.area.slots()[some_slot];
        __atomic_store_n(&slot.state, SKL_SLOT_TAKEN, __ATOMIC_RELAXED);
        enclave.executor.running_.assign(1, {some_slot, ::pthread_self(), false});
        enclave.executor.running_count_ = 1;
        model::act_as(isle);
        __atomic_fetch_or(&slot.state, SKL_SLOT_CANCEL, __ATOMIC_RELAXED);
        skl_full_fence();
        ASSERT_EQ(__atomic_load_n(&enclave.area.boot().host_sleeping, __ATOMIC_RELAXED), 0u);
        model::act_as(proxy);
        enclave.executor.sleep_until_rung();
        ASSERT_EQ(enclave.launch.without_limit, 0) << "the call goes on though it was cancelled";
    });
}

} // namespace
