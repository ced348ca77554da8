// SPDX-License-Identifier: MIT
// Loops over unsigned long long that LLVM's entry points for gcc's code get wrong: they take every step for positive, and hand it on as a
// signed number.
#include "unsigned_loops.hpp"

namespace libos::openmp {

// A step that no signed number holds: two iterations at most, which are one part.
bool begin_whole(int32_t schedule, const UllLoop& loop, unsigned long long* first, unsigned long long* last)
{
    uint64_t begin, end;
    int64_t step;
    __kmpc_dispatch_init_8u(&here, this_thread(), schedule, 0, 0, 1, 1);
    if (!__kmpc_dispatch_next_8u(&here, this_thread(), nullptr, &begin, &end, &step))
        return false;
    *first = loop.start;
    *last = loop.end;
    return true;
}

// gcc's end is one beyond, LLVM's the last one. The parts that follow LLVM's own entry points give, which know the direction from here.
bool begin_loop(int32_t schedule, const UllLoop& loop, unsigned long long* first, unsigned long long* last)
{
    if (loop.up ? loop.start >= loop.end : loop.start <= loop.end)
        return false;
    auto step = static_cast<int64_t>(loop.step);
    if (loop.up != (step > 0))
        return begin_whole(schedule, loop, first, last);
    uint64_t begin, end;
    int32_t thread = this_thread();
    __kmpc_dispatch_init_8u(&here, thread, schedule, loop.start, loop.up ? loop.end - 1 : loop.end + 1, step,
                            static_cast<int64_t>(loop.chunk));
    if (!__kmpc_dispatch_next_8u(&here, thread, nullptr, &begin, &end, &step))
        return false;
    *first = begin;
    *last = loop.up ? end + 1 : end - 1;
    return true;
}

int32_t schedule_of(long gomp_schedule, bool ordered)
{
    constexpr long modifiers = long{3} << 30;
    constexpr int32_t plain[] = {at_run_time, statically, dynamically, guided, statically};
    constexpr int32_t in_order[] = {at_run_time_ordered, statically_ordered, dynamically_ordered, guided_ordered, statically_ordered};
    auto kind = static_cast<unsigned long>(gomp_schedule & ~modifiers);
    return kind < sizeof plain / sizeof *plain ? (ordered ? in_order : plain)[kind] : at_run_time;
}

}

using namespace libos::openmp;

using Ull = unsigned long long;

#define CHUNKED(name, schedule)                                                                                                            \
    bool __wrap_##name(bool up, Ull start, Ull end, Ull step, Ull chunk, Ull* first, Ull* last)                                            \
    {                                                                                                                                      \
        return begin_loop(schedule, {start, end, step, chunk, up}, first, last);                                                           \
    }
#define UNCHUNKED(name, schedule)                                                                                                          \
    bool __wrap_##name(bool up, Ull start, Ull end, Ull step, Ull* first, Ull* last)                                                       \
    {                                                                                                                                      \
        return begin_loop(schedule, {start, end, step, 0, up}, first, last);                                                               \
    }

extern "C" {

CHUNKED(GOMP_loop_ull_static_start, statically)
CHUNKED(GOMP_loop_ull_dynamic_start, dynamically)
CHUNKED(GOMP_loop_ull_guided_start, guided)
UNCHUNKED(GOMP_loop_ull_runtime_start, at_run_time)
CHUNKED(GOMP_loop_ull_nonmonotonic_dynamic_start, dynamically)
CHUNKED(GOMP_loop_ull_nonmonotonic_guided_start, guided)
UNCHUNKED(GOMP_loop_ull_nonmonotonic_runtime_start, at_run_time)
UNCHUNKED(GOMP_loop_ull_maybe_nonmonotonic_runtime_start, at_run_time)
CHUNKED(GOMP_loop_ull_ordered_static_start, statically_ordered)
CHUNKED(GOMP_loop_ull_ordered_dynamic_start, dynamically_ordered)
CHUNKED(GOMP_loop_ull_ordered_guided_start, guided_ordered)
UNCHUNKED(GOMP_loop_ull_ordered_runtime_start, at_run_time_ordered)

}
