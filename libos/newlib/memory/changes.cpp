// SPDX-License-Identifier: MIT
#include "memory/changes.hpp"

#include <stdint.h>
#include <string.h>

namespace libos {
namespace {

constexpr size_t block = 4096; // most of them are the same

char load(const char* at)
{
    return __atomic_load_n(at, __ATOMIC_RELAXED);
}

size_t block_at(size_t at, size_t size)
{
    return size - at < block ? size - at : block;
}

template <typename Function>
void for_changes(const char* memory, const char* twin, size_t size, const Function& function)
{
    for (size_t at = 0; at < size; at += block) {
        size_t some = block_at(at, size);
        if (memcmp(memory + at, twin + at, some) == 0)
            continue;
        for (size_t i = at; i < at + some; i++)
            if (char now = load(memory + i); now != twin[i])
                function(i, now);
    }
}

}

Changes changes_in(const char* memory, const char* twin, size_t size)
{
    size_t first = size, end = 0;
    for_changes(memory, twin, size, [&](size_t i, char) {
        first = i < first ? i : first;
        end = i + 1;
    });
    return first < end ? Changes{first, end - first} : Changes{0, 0};
}

void take_changes(char* file, const char* memory, char* twin, size_t size)
{
    for_changes(memory, twin, size, [=](size_t i, char now) { file[i] = twin[i] = now; });
}

void take_others(char* memory, char* twin, const char* file, size_t size)
{
    for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
        size_t some = size - at < sizeof(uint64_t) ? size - at : sizeof(uint64_t);
        uint64_t known, wanted;
        memcpy(&known, twin + at, sizeof known);
        wanted = known;
        memcpy(&wanted, file + at, some);
        if (wanted == known)
            continue;
        auto* word = reinterpret_cast<uint64_t*>(memory + at);
        if (__atomic_compare_exchange_n(word, &known, wanted, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            memcpy(twin + at, &wanted, sizeof wanted);
    }
}

}
