// SPDX-License-Identifier: MIT
// Making threads and giving back what they were made of.
#pragma once

#include "thread/thread.hpp"
#include "thread/tls.hpp"

namespace skl {

// Numbers of threads, which are those of their slots. 0 is the main thread's.
constexpr std::uint32_t no_id = UINT32_MAX;
std::uint32_t take_id();
void give_back_id(std::uint32_t id);

const TlsImage& tls_image();

// A thread that stands above its TLS block at the end of `memory`, which is zeroed there. Not started.
Thread* place_thread(std::uint64_t memory_end, std::uint32_t id);
// Bytes that place_thread() needs at most.
std::size_t thread_footprint();

// It has left its last CPU for good: whoever waits for that is told, or it is released at once.
void bury(Thread& thread);
// Its memory and its number are free again.
void release(Thread& thread);

}
