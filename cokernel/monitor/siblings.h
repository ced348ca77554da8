// SPDX-License-Identifier: MIT
// The CPUs of one enclave and each other: flush, start, stop, kick.
#pragma once

#include <cstdint>

#include "cpu.h"

namespace skl {

// A change of the tables takes effect everywhere before this returns.
void flush_everywhere(Cpu& cpu);
void serve_flush(Cpu& cpu);

std::int64_t start_sibling(Cpu& cpu, std::uint64_t index, std::uint64_t entry, std::uint64_t stack, std::uint64_t argument);
std::int64_t stop_sibling(Cpu& cpu, std::uint64_t index);
// This CPU is the one to stop: ring 3's registers stay in its block. For an active CPU only.
[[noreturn]] void stop_here(Cpu& cpu);

std::int64_t kick(Cpu& cpu, std::uint64_t mask, std::uint64_t base);
void send_to_active_siblings(Cpu& cpu, std::uint32_t vector);
// Every sibling that is in the enclave looks at what has happened to it.
void alert_siblings(Cpu& cpu);

} // namespace skl
