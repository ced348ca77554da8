// SPDX-License-Identifier: MIT
// OpenMP's functions for Fortran programs with -fdefault-integer-8: gfortran's own omp_lib has them take and give 64-bit numbers.
#include <limits.h>
#include <stdint.h>

extern "C" {

void omp_set_dynamic(int on);
void omp_set_nested(int on);
void omp_set_num_threads(int threads);
void omp_set_schedule(int kind, int chunk);
void omp_get_schedule(int* kind, int* chunk);
void omp_set_max_active_levels(int levels);
int omp_get_ancestor_thread_num(int level);
int omp_get_team_size(int level);
void omp_set_num_teams(int teams);
void omp_set_teams_thread_limit(int limit);
int omp_get_place_num_procs(int place);
void omp_get_place_proc_ids(int place, int* ids);
int omp_get_partition_num_places();
void omp_get_partition_place_nums(int* places);
void omp_set_default_device(int device);
void omp_display_env(int verbose);
uintptr_t omp_init_allocator(uintptr_t space, int count, const void* traits);
}

namespace {

int narrow(const int64_t* number)
{
    return static_cast<int>(*number > INT_MAX ? INT_MAX : *number < INT_MIN ? INT_MIN : *number);
}

// The runtime has filled the front half of `numbers` with so many: widens them in place, the last first.
void widen(int64_t* numbers, int count)
{
    auto* narrow_ones = reinterpret_cast<char*>(numbers);
    while (count-- > 0) {
        int number;
        __builtin_memcpy(&number, narrow_ones + static_cast<unsigned>(count) * sizeof(int), sizeof(int));
        numbers[count] = number;
    }
}

}

extern "C" {

void omp_set_dynamic_8_(const int64_t* on)
{
    omp_set_dynamic(*on != 0);
}

void omp_set_nested_8_(const int64_t* on)
{
    omp_set_nested(*on != 0);
}

void omp_set_num_threads_8_(const int64_t* threads)
{
    omp_set_num_threads(narrow(threads));
}

void omp_set_schedule_8_(const int32_t* kind, const int64_t* chunk)
{
    omp_set_schedule(*kind, narrow(chunk));
}

void omp_get_schedule_8_(int32_t* kind, int64_t* chunk)
{
    int small;
    omp_get_schedule(kind, &small);
    *kind &= INT_MAX; // without the mark for monotonic
    *chunk = small;
}

void omp_set_max_active_levels_8_(const int64_t* levels)
{
    omp_set_max_active_levels(narrow(levels));
}

int omp_get_ancestor_thread_num_8_(const int64_t* level)
{
    return omp_get_ancestor_thread_num(narrow(level));
}

int omp_get_team_size_8_(const int64_t* level)
{
    return omp_get_team_size(narrow(level));
}

void omp_set_num_teams_8_(const int64_t* teams)
{
    omp_set_num_teams(narrow(teams));
}

void omp_set_teams_thread_limit_8_(const int64_t* limit)
{
    omp_set_teams_thread_limit(narrow(limit));
}

int omp_get_place_num_procs_8_(const int64_t* place)
{
    return omp_get_place_num_procs(narrow(place));
}

void omp_get_place_proc_ids_8_(const int64_t* place, int64_t* ids)
{
    omp_get_place_proc_ids(narrow(place), reinterpret_cast<int*>(ids));
    widen(ids, omp_get_place_num_procs(narrow(place)));
}

void omp_get_partition_place_nums_8_(int64_t* places)
{
    omp_get_partition_place_nums(reinterpret_cast<int*>(places));
    widen(places, omp_get_partition_num_places());
}

void omp_set_default_device_8_(const int64_t* device)
{
    omp_set_default_device(narrow(device));
}

uintptr_t omp_init_allocator_8_(const uintptr_t* space, const int64_t* count, const void* traits)
{
    return omp_init_allocator(*space, narrow(count), traits);
}

void omp_display_env_8_(const int64_t* verbose)
{
    omp_display_env(*verbose != 0);
}
}
