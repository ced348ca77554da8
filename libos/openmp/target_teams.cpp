// SPDX-License-Identifier: MIT
// GOMP_teams4, and what asks for the number of a team. gcc's code calls the first again and again, a team's work in between; LLVM's
// runtime knows nothing of these teams, so its answers are for everybody else.
#include "target_teams.hpp"

using namespace libos::openmp;

namespace libos::openmp {

thread_local Teams* teams = nullptr;

}

namespace {

thread_local Teams own; // of the region's initial thread

struct Handed {
    Outlined function;
    void* data;
    Teams* teams;
};

// On each thread of a parallel region: those of whoever has opened it.
void with_handed(void* argument)
{
    const auto& handed = *static_cast<const Handed*>(argument);
    with_teams(handed.teams, [&] { handed.function(handed.data); });
}

}

extern "C" {

int __real_omp_get_num_teams();
int __real_omp_get_team_num();

bool GOMP_teams4(unsigned least, unsigned, unsigned thread_limit, bool first)
{
    if (first) {
        limit_threads(static_cast<int>(thread_limit)); // target.cpp puts it back
        own = {least ? static_cast<int>(least) : 1, 0};
        teams = &own;
        return true;
    }
    if (own.number + 1 < own.count) {
        own.number++;
        return true;
    }
    teams = nullptr;
    return false;
}

int __wrap_omp_get_num_teams()
{
    return teams ? teams->count : __real_omp_get_num_teams();
}

int __wrap_omp_get_team_num()
{
    return teams ? teams->number : __real_omp_get_team_num();
}

// Fortran's names.
int __wrap_omp_get_num_teams_()
{
    return __wrap_omp_get_num_teams();
}

int __wrap_omp_get_team_num_()
{
    return __wrap_omp_get_team_num();
}

// Each way to open a parallel region: its threads belong to the same team.
#define PARALLEL(result, name, declared, ...)                                                                                              \
    result __real_##name(Outlined function, void* data, declared);                                                                         \
    result __wrap_##name(Outlined function, void* data, declared)                                                                          \
    {                                                                                                                                      \
        if (!teams)                                                                                                                        \
            return __real_##name(function, data, __VA_ARGS__);                                                                             \
        Handed handed{function, data, teams};                                                                                              \
        return __real_##name(with_handed, &handed, __VA_ARGS__);                                                                           \
    }
#define WITH(...) __VA_ARGS__

PARALLEL(void, GOMP_parallel, WITH(unsigned threads, unsigned flags), threads, flags)
PARALLEL(unsigned, GOMP_parallel_reductions, WITH(unsigned threads, unsigned flags), threads, flags)
PARALLEL(void, GOMP_parallel_sections, WITH(unsigned threads, unsigned count, unsigned flags), threads, count, flags)

#define LOOP WITH(unsigned threads, long start, long end, long step, long chunk, unsigned flags)
PARALLEL(void, GOMP_parallel_loop_static, LOOP, threads, start, end, step, chunk, flags)
PARALLEL(void, GOMP_parallel_loop_dynamic, LOOP, threads, start, end, step, chunk, flags)
PARALLEL(void, GOMP_parallel_loop_guided, LOOP, threads, start, end, step, chunk, flags)
PARALLEL(void, GOMP_parallel_loop_nonmonotonic_dynamic, LOOP, threads, start, end, step, chunk, flags)
PARALLEL(void, GOMP_parallel_loop_nonmonotonic_guided, LOOP, threads, start, end, step, chunk, flags)

#define RUNTIME_LOOP WITH(unsigned threads, long start, long end, long step, unsigned flags)
PARALLEL(void, GOMP_parallel_loop_runtime, RUNTIME_LOOP, threads, start, end, step, flags)
PARALLEL(void, GOMP_parallel_loop_nonmonotonic_runtime, RUNTIME_LOOP, threads, start, end, step, flags)
PARALLEL(void, GOMP_parallel_loop_maybe_nonmonotonic_runtime, RUNTIME_LOOP, threads, start, end, step, flags)

}
