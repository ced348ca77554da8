// SPDX-License-Identifier: MIT
// Atomic access to plain words of shared structures; each name says its order.
#pragma once

#include <cstdint>

namespace skl {

template <typename T>
inline T load_relaxed(const T& word) { return __atomic_load_n(&word, __ATOMIC_RELAXED); }

template <typename T>
inline T load_acquire(const T& word) { return __atomic_load_n(&word, __ATOMIC_ACQUIRE); }

template <typename T>
inline void store_relaxed(T& word, T value) { __atomic_store_n(&word, value, __ATOMIC_RELAXED); }

template <typename T>
inline void store_release(T& word, T value) { __atomic_store_n(&word, value, __ATOMIC_RELEASE); }

// Stores, then lets no later load overtake: one side of "publish, then look".
template <typename T>
inline void store_fenced(T& word, T value) { __atomic_exchange_n(&word, value, __ATOMIC_SEQ_CST); }

template <typename T>
inline T exchange(T& word, T value) { return __atomic_exchange_n(&word, value, __ATOMIC_SEQ_CST); }

template <typename T>
inline T add(T& word, T value) { return __atomic_add_fetch(&word, value, __ATOMIC_SEQ_CST); }

template <typename T>
inline void set_bits(T& word, T bits) { __atomic_fetch_or(&word, bits, __ATOMIC_SEQ_CST); }

template <typename T>
inline bool compare_exchange(T& word, T expected, T desired)
{
    return __atomic_compare_exchange_n(&word, &expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

inline void full_fence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

} // namespace skl
