// SPDX-License-Identifier: MIT
// Submitting, waiting and the sleep flags of both sides, with every stale value that the memory orders allow: nobody sleeps for ever.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <skellig/call.h>
#include <skellig/public.h>
#include <skellig/ring.h>

#include "tests/unit/ring/memory_model.hpp"

// The code under test, under other names and on the model's atomics.
#define skl skl_modelled
#define skl_forward modelled_forward
#define skl_forward_empty_looks modelled_forward_empty_looks
#define skl_monitor_call modelled_monitor_call
#define skl_upcall modelled_upcall
#define skl_upcall_entry modelled_upcall_entry
#define skl_cpu_entry modelled_cpu_entry
#define skl_cpu_main modelled_cpu_main
#include "arch_host/machine.cpp"
#include "forward/forward.cpp"
#include "upcall/upcalls.cpp"
extern "C" void skl_upcall_entry() {}
extern "C" void skl_cpu_main() {}
std::uint64_t skl::exception_stack_top() { return 0; }
// There is no thread here that could block, so waiting is the CPU's own (wait_until_done); threads are tests/unit/threads.
constinit skl::Cpu skl::cpus[SKL_MAX_CPUS];
void skl::about_to_block(Thread&) {}
void skl::need_not_block(Thread&) {}
skl::Wake skl::block(Thread&, std::uint64_t, Signals) { return Wake::event; }
void skl::settle() {}
void skl::yield() {}
bool skl::turn_is_over() { return false; }
void skl::serve(std::uint64_t) {}
#undef skl

namespace {

namespace kernel = skl_modelled;

constexpr int isle = 1, proxy = 2;
constexpr std::uint32_t some_slot = 3;

// One CPU's public area; the proxy runs when the isle calls the monitor.
struct Machine : kernel::machine::Host {
    Machine()
    {
        std::memset(area.get(), 0, SKL_PUBLIC_SIZE(1));
        boot().cpus = 1;
        public_area = area.get();
        kernel::machine::host = this;
        kernel::machine::this_percpu = &percpu();
    }

    skl_boot& boot() { return *reinterpret_cast<skl_boot*>(area.get() + SKL_BOOT_OFFSET); }
    skl_percpu& percpu() { return *reinterpret_cast<skl_percpu*>(area.get() + SKL_PERCPU_OFFSET(0)); }
    skl_ring& ring() { return *reinterpret_cast<skl_ring*>(area.get() + SKL_RING_OFFSET(1, 0)); }
    skl_slot* slots() { return reinterpret_cast<skl_slot*>(area.get() + SKL_SLOT_OFFSET(1)); }

    std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) override
    {
        if (number == SKL_CALL_KICK) {
            EXPECT_EQ(argument[1], SKL_KICK_HOST);
            kicked = true;
            model::interrupt(isle, proxy);
        }
        if (number != SKL_CALL_WAIT)
            return 0;
        EXPECT_EQ(percpu().masked, 1u) << "wait is entered masked";
        if (!served && (proxy_awake || kicked))
            serve();
        if (!rung) {
            ADD_FAILURE() << (served ? "the isle sleeps though its call is done" : "both sides sleep");
            throw model::Pruned{};
        }
        rung = false;
        model::interrupt(proxy, isle);
        return SKL_EVENT_HOST;
    }

    // The proxy's part, as its executor does it.
    void serve()
    {
        model::act_as(proxy);
        std::int32_t slot = skl_ring_pop(&ring(), &head);
        if (slot < 0)
            throw model::Pruned{}; // it polls on: nothing to see
        EXPECT_EQ(slot, static_cast<std::int32_t>(some_slot));
        EXPECT_TRUE(skl_slot_take(&slots()[slot], &request));
        skl_slot_complete(&slots()[slot], -17);
        served = true;
        skl_full_fence();
        rung = __atomic_load_n(&percpu().sleeping, __ATOMIC_RELAXED) != 0;
        model::act_as(isle);
    }

    std::unique_ptr<char[]> area{new char[SKL_PUBLIC_SIZE(1)]};
    std::uint32_t head = 0;
    skl_slot request{};
    bool proxy_awake = false, kicked = false, served = false, rung = false;
};

constexpr std::uint64_t arguments[6] = {11, 12, 13, 14, 15, 16};

void expect_answer(Machine& machine)
{
    model::act_as(isle);
    ASSERT_EQ(kernel::forward_on_slot(some_slot, 257, arguments), -17);
    ASSERT_EQ(machine.request.number, 257u);
    for (int i = 0; i < 6; ++i)
        ASSERT_EQ(machine.request.argument[i], arguments[i]);
    ASSERT_EQ(machine.slots()[some_slot].state, SKL_SLOT_FREE);
    ASSERT_EQ(machine.percpu().sleeping, 0u);
    ASSERT_EQ(machine.percpu().masked, 0u);
}

TEST(ForwardOrders, AProxyThatFellAsleepBeforeIsKicked)
{
    int finished = 0;
    model::explore([&] {
        Machine machine;
        model::act_as(proxy);
        __atomic_store_n(&machine.boot().host_sleeping, 1u, __ATOMIC_RELAXED);
        skl_full_fence();
        ASSERT_EQ(skl_ring_pop(&machine.ring(), &machine.head), -1);
        expect_answer(machine);
        ASSERT_TRUE(machine.kicked);
        ++finished;
    });
    EXPECT_GT(finished, 0);
}

TEST(ForwardOrders, AnIsleThatFellAsleepBeforeIsRung)
{
    int finished = 0;
    model::explore([&] {
        Machine machine;
        machine.proxy_awake = true;
        expect_answer(machine);
        ASSERT_FALSE(machine.kicked) << "a proxy that is awake needs no doorbell";
        ++finished;
    });
    EXPECT_GT(finished, 0);
}

// The answer comes between the last poll and arming: the isle must look once more.
TEST(ForwardOrders, AnAnswerThatCameWhileArmingIsNotSleptThrough)
{
    model::explore([&] {
        Machine machine;
        model::act_as(proxy);
        skl_slot& slot = machine.slots()[some_slot];
        __atomic_store_n(&slot.state, SKL_SLOT_TAKEN, __ATOMIC_RELAXED);
        skl_slot_complete(&slot, 5);
        skl_full_fence();
        ASSERT_EQ(__atomic_load_n(&machine.percpu().sleeping, __ATOMIC_RELAXED), 0u);
        machine.served = true;
        model::act_as(isle);
        kernel::wait_until_done(slot);
    });
}

} // namespace
