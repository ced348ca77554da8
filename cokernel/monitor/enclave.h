// SPDX-License-Identifier: MIT
// The monitor's own state of one enclave, in its control area; nothing is shared between enclaves.
#pragma once

#include <cstdint>
#include <skellig/launch.h>

#include "../base/atomic.h"
#include "../hw/x86/frame_pool.h"
#include "../hw/x86/page_entry.h"
#include "cpu.h"

namespace skl {

struct Enclave {
    std::uint64_t ready;  // 1 + the enclave's number when the tables stand: true for no earlier enclave in this memory
    std::uint64_t failed; // likewise: there will be none
    std::uint32_t ended;  // whoever sets it writes the record
    std::uint32_t lock;   // guards the tables; never held while waiting
    std::uint64_t root_pa;
    x86::FramePool frames; // guarded by lock
};
static_assert(sizeof(Enclave) <= 2 * SKL_PAGE_SIZE);

// Where the page-table code finds frames: in the window, and from the enclave's pool.
class WindowMemory {
public:
    explicit WindowMemory(Enclave& enclave) : enclave_(enclave) {}

    x86::Entry* table(std::uint64_t pa) const { return window<x86::Entry>(pa); }
    std::uint64_t allocate();

private:
    Enclave& enclave_;
};

inline bool isle_has_ended(const Cpu& cpu) { return cpu.enclave && load_acquire(cpu.enclave->ended); }

// mailbox command ENTER: returns an error, or goes to ring 3.
std::int32_t enter_enclave(Cpu& cpu, std::uint64_t launch_pa, std::uint64_t index);
void forget_enclave(Cpu& cpu);
// The enclave's page tables. False: the pool is used up.
bool build_tables(Cpu& cpu);
// In the enclave and on its tables: ring 0 until a sibling calls START.
[[noreturn]] void await_start();

} // namespace skl
