// SPDX-License-Identifier: MIT
// Round robin, and affinity by mask: api/kernel/thread.h.
#include "placement.hpp"

#include "cpu.hpp"
#include "public_area.hpp"
#include "thread/scheduler.hpp"
#include "thread/start_cpu.hpp"
#include "upcall/upcalls.hpp"

#include <skellig/call.h>

namespace skl {
namespace {

std::atomic<std::uint32_t> last{0}; // the main thread has CPU 0

bool in(const std::uint64_t* mask, std::uint32_t cpu)
{
    return !mask || (mask[cpu / 64] >> cpu % 64 & 1);
}

}

std::uint32_t choose_cpu(const std::uint64_t* mask)
{
    std::uint32_t count = boot_page().cpus, first = last.fetch_add(1, std::memory_order_relaxed) + 1;
    for (std::uint32_t i = 0; i < count; i++) { // by ourselves from here on: others take turns meanwhile
        std::uint32_t cpu = (first + i) % count;
        if (in(mask, cpu))
            return cpu;
    }
    return no_cpu;
}

void set_mask(CpuMask& mask, const std::uint64_t* wanted)
{
    std::uint64_t words[CpuMask::words]{};
    for (std::uint32_t cpu = 0; cpu < boot_page().cpus; cpu++)
        if (in(wanted, cpu))
            words[cpu / 64] |= std::uint64_t{1} << cpu % 64;
    for (std::size_t i = 0; i < CpuMask::words; i++)
        mask.word[i].store(words[i], std::memory_order_relaxed);
}

}

using namespace skl;

extern "C" int skl_thread_set_cpus(struct skl_thread* handle, const std::uint64_t* mask)
{
    auto& thread = *reinterpret_cast<Thread*>(handle);
    std::uint32_t here = thread.wanted_cpu.load(std::memory_order_relaxed);
    std::uint32_t cpu = in(mask, here) ? here : choose_cpu(mask);
    if (cpu == no_cpu || !start_cpu(cpu))
        return -22; // Linux's EINVAL
    set_mask(thread.cpus, mask);
    UpcallsMasked masked;
    thread.wanted_cpu.store(cpu, std::memory_order_relaxed);
    if (&thread == &this_thread())
        settle();
    else if (cpu != here) // it moves when it looks; a thread that waits looks when it has waited
        skl_monitor_call(SKL_CALL_KICK, 1, thread.cpu.load(std::memory_order_relaxed));
    return 0;
}

extern "C" void skl_thread_get_cpus(const struct skl_thread* handle, std::uint64_t* mask)
{
    auto& thread = *reinterpret_cast<const Thread*>(handle);
    for (std::size_t i = 0; i < CpuMask::words; i++)
        mask[i] = thread.cpus.word[i].load(std::memory_order_relaxed);
}

extern "C" std::uint32_t skl_thread_cpu()
{
    return machine::percpu().cpu;
}
