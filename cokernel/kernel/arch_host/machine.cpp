// SPDX-License-Identifier: MIT
// The hosted machine's state, and monitor calls handed to the test. Its contexts: fibers.cpp.
#include "machine.hpp"

namespace skl::machine {

Host* host = nullptr;
thread_local skl_percpu* this_percpu = nullptr;
thread_local void* this_thread_pointer = nullptr;

}

// What start/cpu_entry.S does; the test has set this host thread up as the CPU.
extern "C" void skl_cpu_main();
extern "C" void skl_cpu_entry()
{
    skl_cpu_main();
}

extern "C" std::int64_t skl_monitor_call(std::uint64_t number, std::uint64_t a0, std::uint64_t a1, std::uint64_t a2, std::uint64_t a3,
                                         std::uint64_t a4)
{
    return skl::machine::host->monitor_call(number, {a0, a1, a2, a3, a4});
}
