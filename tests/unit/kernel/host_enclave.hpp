// SPDX-License-Identifier: MIT
// A public area and a CPU for the hosted library kernel; the test is monitor and proxy.
#pragma once

#include "machine.hpp"

#include <skellig/abi.h>
#include <skellig/call.h>
#include <skellig/ring_ops.h>

#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>

namespace skl {

class HostEnclave : public machine::Host {
public:
    HostEnclave() : memory_(static_cast<char*>(std::aligned_alloc(4096, size)), &std::free)
    {
        std::memset(memory_.get(), 0, size);
        public_area = memory_.get();
        boot().magic = SKL_ABI_MAGIC;
        boot().revision = SKL_ABI_REVISION;
        boot().cpus = 1;
        boot().slots = SKL_SLOTS;
        boot().tsc_khz = 1'000'000;
        percpu().self = reinterpret_cast<std::uint64_t>(&percpu());
        machine::host = this;
        machine::this_percpu = &percpu();
    }
    ~HostEnclave() override
    {
        machine::host = nullptr;
        machine::this_percpu = nullptr;
    }

    skl_boot& boot() { return at<skl_boot>(SKL_BOOT_OFFSET); }
    skl_percpu& percpu() { return at<skl_percpu>(SKL_PERCPU_OFFSET(0)); }
    skl_ring& ring() { return at<skl_ring>(SKL_RING_OFFSET(1, 0)); }
    skl_slot& slot(std::uint32_t number) { return (&at<skl_slot>(SKL_SLOT_OFFSET(1)))[number]; }

    // The monitor: wait and kick as call.h has them.
    std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) override
    {
        std::unique_lock lock(mutex_);
        switch (number) {
        case SKL_CALL_WAIT:
            waits++;
            if (!__atomic_load_n(&percpu().masked, __ATOMIC_RELAXED))
                unmasked_waits++;
            changed_.wait(lock, [&] { return __atomic_load_n(&percpu().pending, __ATOMIC_RELAXED) != 0; });
            return static_cast<std::int64_t>(__atomic_exchange_n(&percpu().pending, 0, __ATOMIC_ACQ_REL));
        case SKL_CALL_KICK:
            if (argument[1] == SKL_KICK_HOST)
                host_kicks++;
            changed_.notify_all();
            return 0;
        default:
            return -38;
        }
    }

    // From the proxy's side: what its ioctl makes the module do.
    void post(std::uint64_t event)
    {
        std::scoped_lock lock(mutex_);
        __atomic_or_fetch(&percpu().pending, event, __ATOMIC_SEQ_CST);
        changed_.notify_all();
    }

    // Until the isle kicks, unless `ready` holds already.
    template <typename Ready>
    void sleep_until_kicked(Ready ready)
    {
        std::unique_lock lock(mutex_);
        int before = host_kicks;
        changed_.wait(lock, [&] { return host_kicks != before || ready(); });
    }

    int waits = 0, unmasked_waits = 0, host_kicks = 0; // guarded by mutex_

private:
    static constexpr std::size_t size = (SKL_PUBLIC_SIZE(1) + 4095) / 4096 * 4096;

    template <typename T>
    T& at(std::uint64_t offset)
    {
        return *reinterpret_cast<T*>(memory_.get() + offset);
    }

    std::unique_ptr<char, decltype(&std::free)> memory_;
    std::mutex mutex_;
    std::condition_variable changed_;
};

}
