// SPDX-License-Identifier: MIT
// Loops over unsigned long long that count down. LLVM's entry points for gcc's code take their step for positive and skip them.
#include "descending_loops.hpp"

namespace libos::openmp {

// gcc's end is one beyond, LLVM's the last one. The parts that follow LLVM's own entry points give, which know the direction from here.
bool begin_descending(int32_t schedule, const UllLoop& loop, unsigned long long* first, unsigned long long* last)
{
    if (loop.start <= loop.end)
        return false;
    uint64_t begin, end;
    int64_t step;
    int32_t thread = this_thread();
    __kmpc_dispatch_init_8u(&here, thread, schedule, loop.start, loop.end + 1, static_cast<int64_t>(loop.step),
                            static_cast<int64_t>(loop.chunk));
    if (!__kmpc_dispatch_next_8u(&here, thread, nullptr, &begin, &end, &step))
        return false;
    *first = begin;
    *last = end - 1;
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

#define WITH(...) __VA_ARGS__
#define START(name, schedule, chunk_declared, chunk_given, chunk)                                                                          \
    bool __real_##name(bool up, Ull start, Ull end, Ull step, WITH chunk_declared Ull* first, Ull* last);                                  \
    bool __wrap_##name(bool up, Ull start, Ull end, Ull step, WITH chunk_declared Ull* first, Ull* last)                                   \
    {                                                                                                                                      \
        if (up)                                                                                                                            \
            return __real_##name(up, start, end, step, WITH chunk_given first, last);                                                      \
        return begin_descending(schedule, {start, end, step, chunk}, first, last);                                                         \
    }
#define CHUNKED(name, schedule) START(name, schedule, (Ull chunk,), (chunk,), chunk)
#define UNCHUNKED(name, schedule) START(name, schedule, (), (), 0)

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
