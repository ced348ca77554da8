// SPDX-License-Identifier: MIT
// Sleeping on a word of memory until somebody who has changed it says so. All of it with upcalls let in.
#pragma once

#include <cstdint>

namespace skl {

enum class FutexWait { woken, changed, timeout, interrupted };

// Sleeps if *word is `expected`, until woken or CLOCK_MONOTONIC has reached `deadline` (UINT64_MAX: none).
FutexWait futex_wait(const std::uint32_t* word, std::uint32_t expected, std::uint64_t deadline);
// Wakes up to `count` of the threads that sleep on the word, the longest first. Returns how many.
std::uint32_t futex_wake(const std::uint32_t* word, std::uint32_t count);

}
