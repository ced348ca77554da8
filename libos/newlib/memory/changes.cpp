// SPDX-License-Identifier: MIT
#include "memory/changes.hpp"

#include <string.h>

namespace libos {
namespace {

constexpr size_t word_size = sizeof(uint64_t), block = 4096; // most blocks are the same

char load(const char* at)
{
    return __atomic_load_n(at, __ATOMIC_RELAXED);
}

}

Changes next_changes(const char* memory, const char* twin, size_t from, size_t size)
{
    while (from < size && load(memory + from) == twin[from]) {
        if (from % block == 0 && size - from >= block && memcmp(memory + from, twin + from, block) == 0)
            from += block;
        else
            from++;
    }
    size_t end = from;
    while (end < size && load(memory + end) != twin[end])
        end++;
    return {from, end - from};
}

void TakenBytes::take(char* file, const char* memory, const char* twin, size_t size)
{
    memset(taken_, 0, sizeof taken_);
    for (size_t i = 0; i < size; i++) {
        char now = load(memory + i);
        if (now == twin[i])
            continue;
        taken_[i / 64] |= uint64_t{1} << i % 64;
        file[i] = now;
    }
}

void TakenBytes::written(char* twin, const char* file, size_t size) const
{
    for (size_t i = 0; i < size; i++)
        if (taken_[i / 64] >> i % 64 & 1)
            twin[i] = file[i];
}

void take_others(char* memory, char* twin, const char* file, size_t size)
{
    for (size_t at = 0; at < size; at += word_size) {
        uint64_t known, wanted;
        memcpy(&known, twin + at, sizeof known);
        wanted = known;
        memcpy(&wanted, file + at, size - at < word_size ? size - at : word_size);
        if (wanted == known)
            continue;
        auto* word = reinterpret_cast<uint64_t*>(memory + at);
        if (__atomic_compare_exchange_n(word, &known, wanted, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            memcpy(twin + at, &wanted, sizeof wanted);
    }
}

}
