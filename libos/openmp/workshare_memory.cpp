// SPDX-License-Identifier: MIT
// Memory that the threads of a team share for one worksharing construct, zeroed. gcc asks for it with the construct, for
// reduction(inscan) and lastprivate(conditional); LLVM's runtime refuses that. The first thread of the team makes it, the last one to
// leave the construct frees it.
#include "gomp.hpp"
#include "unsigned_loops.hpp"

#include <stdio.h>
#include <stdlib.h>

using namespace libos::openmp;

namespace {

struct alignas(64) Block {
    int users; // threads that have not left yet
    char* memory() { return reinterpret_cast<char*>(this + 1); }
};

// What this thread has entered, the innermost first: a nested region inside a construct may have constructs, too.
struct Entered {
    Block* block;
    int level;
    Entered* around;
};

thread_local Entered* innermost = nullptr;

[[noreturn]] void no_memory(size_t size)
{
    fprintf(stderr, "OpenMP: no memory for a worksharing construct: %zu bytes\n", size);
    abort();
}

Block* make_block(size_t size)
{
    void* memory = aligned_alloc(alignof(Block), (sizeof(Block) + size + alignof(Block) - 1) & ~(alignof(Block) - 1));
    if (!memory)
        no_memory(size);
    __builtin_memset(memory, 0, sizeof(Block) + size);
    auto* block = static_cast<Block*>(memory);
    block->users = omp_get_num_threads(); // the team sees it by single_copy
    return block;
}

// `*memory` is the size that is wanted, and becomes the address.
void enter(void** memory)
{
    auto* block = static_cast<Block*>(GOMP_single_copy_start());
    if (!block) {
        block = make_block(reinterpret_cast<uintptr_t>(*memory));
        GOMP_single_copy_end(block);
    }
    auto* entered = static_cast<Entered*>(malloc(sizeof(Entered)));
    if (!entered)
        no_memory(sizeof(Entered));
    *entered = {block, omp_get_level(), innermost};
    innermost = entered;
    *memory = block->memory();
}

// At the end of any construct: of one that has memory, if it is of the level that the innermost with memory was entered at.
void leave()
{
    Entered* entered = innermost;
    if (!entered || entered->level != omp_get_level())
        return;
    innermost = entered->around;
    if (__atomic_sub_fetch(&entered->block->users, 1, __ATOMIC_ACQ_REL) == 0)
        free(entered->block);
    free(entered);
}

}

// Each construct's beginning; `mem` is its last argument, which LLVM's runtime gets as null.
#define BEGINNING(result, name, declared, ...)                                                                                             \
    result __real_##name(declared, void** mem);                                                                                            \
    result __wrap_##name(declared, void** mem)                                                                                             \
    {                                                                                                                                      \
        if (mem)                                                                                                                           \
            enter(mem);                                                                                                                    \
        return __real_##name(__VA_ARGS__, nullptr);                                                                                        \
    }
#define END(result, name)                                                                                                                  \
    result __real_##name();                                                                                                                \
    result __wrap_##name()                                                                                                                 \
    {                                                                                                                                      \
        leave();                                                                                                                           \
        return __real_##name();                                                                                                            \
    }
#define WITH(...) __VA_ARGS__

using Long = long;
using Ull = unsigned long long;

extern "C" {

#define LOOP WITH(Long start, Long end, Long step, Long schedule, Long chunk, Long* first, Long* last, uintptr_t* reductions)
BEGINNING(bool, GOMP_loop_start, LOOP, start, end, step, schedule, chunk, first, last, reductions)
BEGINNING(bool, GOMP_loop_ordered_start, LOOP, start, end, step, schedule, chunk, first, last, reductions)

#define ULL_LOOP WITH(bool up, Ull start, Ull end, Ull step, Long schedule, Ull chunk, Ull* first, Ull* last, uintptr_t* reductions)
bool __real_GOMP_loop_ull_start(ULL_LOOP, void** mem);
bool __real_GOMP_loop_ull_ordered_start(ULL_LOOP, void** mem);

// Reductions of tasks are registered by a beginning without a loop.
#define UNSIGNED_BEGINNING(name, ordered)                                                                                                  \
    bool __wrap_##name(ULL_LOOP, void** mem)                                                                                               \
    {                                                                                                                                      \
        if (mem)                                                                                                                           \
            enter(mem);                                                                                                                    \
        if (reductions || !first)                                                                                                          \
            __real_##name(up, start, end, step, schedule, chunk, nullptr, nullptr, reductions, nullptr);                                   \
        return first ? begin_loop(schedule_of(schedule, ordered), {start, end, step, chunk, up}, first, last) : true;                      \
    }
UNSIGNED_BEGINNING(GOMP_loop_ull_start, false)
UNSIGNED_BEGINNING(GOMP_loop_ull_ordered_start, true)

BEGINNING(bool, GOMP_loop_doacross_start,
          WITH(unsigned depth, Long* counts, Long schedule, Long chunk, Long* first, Long* last, uintptr_t* reductions), depth, counts,
          schedule, chunk, first, last, reductions)
BEGINNING(bool, GOMP_loop_ull_doacross_start,
          WITH(unsigned depth, Ull* counts, Long schedule, Ull chunk, Ull* first, Ull* last, uintptr_t* reductions), depth, counts,
          schedule, chunk, first, last, reductions)
BEGINNING(unsigned, GOMP_sections2_start, WITH(unsigned count, uintptr_t* reductions), count, reductions)

END(void, GOMP_loop_end)
END(void, GOMP_loop_end_nowait)
END(bool, GOMP_loop_end_cancel)
END(void, GOMP_sections_end)
END(void, GOMP_sections_end_nowait)
END(bool, GOMP_sections_end_cancel)

// A scope is a construct of one round: what it has of a loop is the reductions of its tasks.
void GOMP_scope_start(uintptr_t* reductions)
{
    constexpr Long statically = 1, monotonic = Long{1} << 31;
    if (reductions)
        __real_GOMP_loop_start(0, 1, 1, statically | monotonic, 0, nullptr, nullptr, reductions, nullptr);
}

}
