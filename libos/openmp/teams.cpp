// SPDX-License-Identifier: MIT
// GOMP_teams4 and GOMP_teams_reg, and what asks for a team's number and limits. gcc's code calls the first again and again, a team's work in
// between.
#include "teams.hpp"

using namespace libos::openmp;

namespace libos::openmp {

thread_local Surroundings surroundings;

}

namespace {

thread_local Teams own; // of the region's initial thread
thread_local int threads_before;

struct Handed {
    Outlined function;
    void* data;
    Surroundings around;
};

// What is left for each thread of a region, so that all of them together keep to the limit.
int share_of(int limit, int threads)
{
    int share = threads > 1 ? limit / threads : limit;
    return limit && !share ? 1 : share;
}

// On each thread of a parallel region: what whoever has opened it is in.
void with_handed(void* argument)
{
    const auto& handed = *static_cast<const Handed*>(argument);
    Surroundings around = handed.around;
    around.share = share_of(around.share, omp_get_num_threads());
    with_surroundings(around, [&] { handed.function(handed.data); });
}

bool are_known_to_the_runtime(const Surroundings& around)
{
    return !around.teams && !around.thread_limit;
}

// How many a region asks for; 0: as many as usual.
unsigned within_limit(unsigned threads)
{
    auto limit = static_cast<unsigned>(surroundings.share);
    unsigned wanted = threads ? threads : static_cast<unsigned>(omp_get_max_threads());
    return limit && wanted > limit ? limit : threads;
}

}

extern "C" {

int omp_get_max_teams();
int omp_get_num_procs();
int omp_get_teams_thread_limit();
int __real_omp_get_num_teams();
int __real_omp_get_team_num();
int __real_omp_get_thread_limit();
void __real_GOMP_teams_reg(Outlined function, void* data, unsigned count, unsigned thread_limit, unsigned flags);

bool GOMP_teams4(unsigned least, unsigned, unsigned thread_limit, bool first)
{
    if (first) {
        own = {least ? static_cast<int>(least) : 1, 0};
        surroundings.teams = &own; // target.cpp puts it back, and the limit
        if (thread_limit)
            surroundings.thread_limit = surroundings.share = static_cast<int>(thread_limit);
        threads_before = omp_get_max_threads();
        return true;
    }
    omp_set_num_threads(threads_before); // whatever a team has made of it
    if (own.number + 1 < own.count) {
        own.number++;
        return true;
    }
    surroundings.teams = nullptr;
    return false;
}

// LLVM's runtime makes a thread for each team, and no more teams than it has processors; with one team it forgets the limit.
void __wrap_GOMP_teams_reg(Outlined function, void* data, unsigned count, unsigned thread_limit, unsigned flags)
{
    int teams = count ? static_cast<int>(count) : omp_get_max_teams(); // 0: as many as it pleases the runtime
    int limit = thread_limit ? static_cast<int>(thread_limit) : omp_get_teams_thread_limit();
    if (teams <= omp_get_num_procs() && !(limit && teams <= 1)) {
        __real_GOMP_teams_reg(function, data, count, thread_limit, flags);
        return;
    }
    int threads = omp_get_max_threads();
    Teams all{teams > 0 ? teams : 1, 0};
    with_surroundings({&all, limit, limit}, [&] {
        for (; all.number < all.count; all.number++) {
            function(data);
            omp_set_num_threads(threads); // whatever the team has made of it
        }
    });
}

int __wrap_omp_get_num_teams()
{
    return surroundings.teams ? surroundings.teams->count : __real_omp_get_num_teams();
}

int __wrap_omp_get_team_num()
{
    return surroundings.teams ? surroundings.teams->number : __real_omp_get_team_num();
}

int __wrap_omp_get_thread_limit()
{
    int limit = __real_omp_get_thread_limit();
    return surroundings.thread_limit && surroundings.thread_limit < limit ? surroundings.thread_limit : limit;
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

int __wrap_omp_get_thread_limit_()
{
    return __wrap_omp_get_thread_limit();
}

// Each way to open a parallel region: its threads are in what the opener is in.
#define PARALLEL(result, name, declared, ...)                                                                                              \
    result __real_##name(Outlined function, void* data, declared);                                                                         \
    result __wrap_##name(Outlined function, void* data, declared)                                                                          \
    {                                                                                                                                      \
        if (are_known_to_the_runtime(surroundings))                                                                                        \
            return __real_##name(function, data, __VA_ARGS__);                                                                             \
        threads = within_limit(threads);                                                                                                   \
        Handed handed{function, data, surroundings};                                                                                       \
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
