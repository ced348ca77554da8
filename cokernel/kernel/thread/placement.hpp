// SPDX-License-Identifier: MIT
// Which CPU a thread is bound to.
#pragma once

#include "thread/thread.hpp"

namespace skl {

constexpr std::uint32_t no_cpu = UINT32_MAX;

// The next CPU of the mask in turn (words as in CpuMask; null: all CPUs of the enclave). no_cpu: the enclave has none of them.
std::uint32_t choose_cpu(const std::uint64_t* mask);
// The part of the mask that the enclave has.
void set_mask(CpuMask& mask, const std::uint64_t* wanted);

}
