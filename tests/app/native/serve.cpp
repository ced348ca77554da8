// SPDX-License-Identifier: MIT
// The proxy's part: one thread that polls the ring, executes each call as it is, and sleeps when there is nothing for a while.
#include "enclave.hpp"

#include <skellig/address.h>
#include <skellig/public.h>
#include <skellig/ring_ops.h>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <x86intrin.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>

namespace native {

void post_event(std::uint64_t event);

namespace {

constexpr int polls = 2000;

skl_boot& boot = *reinterpret_cast<skl_boot*>(SKL_PUBLIC_BASE + SKL_BOOT_OFFSET);
skl_percpu& percpu = *reinterpret_cast<skl_percpu*>(SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(0));
skl_ring& ring = *reinterpret_cast<skl_ring*>(SKL_PUBLIC_BASE + SKL_RING_OFFSET(1, 0));
skl_slot* const slots = reinterpret_cast<skl_slot*>(SKL_PUBLIC_BASE + SKL_SLOT_OFFSET(1));

// The isle only says that it has a handler, which is no function of ours; and exceptions are ours, whatever it thinks of them.
bool stays_as_it_is(const skl_slot& request)
{
    if (request.number != SYS_rt_sigaction)
        return false;
    for (int trap : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP})
        if (request.argument[0] == static_cast<std::uint64_t>(trap))
            return true;
    return *reinterpret_cast<const std::uint64_t*>(request.argument[1]) > 1;
}

void execute(std::int32_t number)
{
    skl_slot request;
    if (number < 0 || !skl_slot_take(&slots[number], &request))
        return;
    const auto* a = request.argument;
    long result = stays_as_it_is(request) ? 0 : syscall(request.number, a[0], a[1], a[2], a[3], a[4], a[5]);
    skl_slot_complete(&slots[number], result < 0 ? -errno : result);
    skl_full_fence();
    if (__atomic_load_n(&percpu.sleeping, __ATOMIC_RELAXED))
        post_event(SKL_EVENT_HOST);
}

std::int32_t next(std::uint32_t& head)
{
    for (;;) {
        for (int i = 0; i < polls; i++) {
            if (std::int32_t number = skl_ring_pop(&ring, &head); number != -1)
                return number;
            _mm_pause();
        }
        __atomic_store_n(&boot.host_sleeping, 1, __ATOMIC_RELAXED);
        skl_full_fence();
        std::int32_t number = skl_ring_pop(&ring, &head);
        timespec limit{0, 100'000'000};
        if (number == -1)
            syscall(SYS_futex, &boot.host_sleeping, FUTEX_WAIT, 1, &limit, nullptr, 0);
        __atomic_store_n(&boot.host_sleeping, 0, __ATOMIC_RELAXED);
        if (number != -1)
            return number;
    }
}

}

void serve_forwarded_calls()
{
    std::uint32_t head = 0;
    for (;;)
        execute(next(head));
}

}
