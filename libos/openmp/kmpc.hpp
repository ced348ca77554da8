// SPDX-License-Identifier: MIT
// What LLVM's runtime offers to compilers, as far as it is used here. [llvm/19 openmp/runtime/src/kmp.h]
#pragma once

#include <stddef.h>
#include <stdint.h>

extern "C" {

struct ident_t {
    int32_t reserved_1, flags, reserved_2, reserved_3;
    const char* source;
};

// What follows belongs to whoever has allocated it. The runtime has more in front.
struct kmp_task_t {
    void* shareds;
    int32_t (*routine)(int32_t thread, kmp_task_t* task);
    int32_t part;
    void* destructors;
    int32_t priority;
};

struct kmp_depend_info_t {
    intptr_t address;
    size_t length;
    uint8_t kinds;
};

int32_t __kmpc_global_thread_num(ident_t* place);

kmp_task_t* __kmpc_omp_task_alloc(ident_t* place, int32_t thread, int32_t flags, size_t task_size, size_t shareds_size,
                                  int32_t (*routine)(int32_t, kmp_task_t*));
int32_t __kmpc_omp_task(ident_t* place, int32_t thread, kmp_task_t* task);
int32_t __kmpc_omp_task_with_deps(ident_t* place, int32_t thread, kmp_task_t* task, int32_t count, kmp_depend_info_t* dependences,
                                  int32_t count_without_alias, kmp_depend_info_t* without_alias);
void __kmpc_omp_wait_deps(ident_t* place, int32_t thread, int32_t count, kmp_depend_info_t* dependences, int32_t count_without_alias,
                          kmp_depend_info_t* without_alias);
void __kmpc_omp_task_begin_if0(ident_t* place, int32_t thread, kmp_task_t* task);
void __kmpc_omp_task_complete_if0(ident_t* place, int32_t thread, kmp_task_t* task);
void* __kmpc_task_allow_completion_event(ident_t* place, int32_t thread, kmp_task_t* task);

void __kmpc_dispatch_init_8u(ident_t* place, int32_t thread, int32_t schedule, uint64_t first, uint64_t last, int64_t step, int64_t chunk);
int __kmpc_dispatch_next_8u(ident_t* place, int32_t thread, int32_t* is_last, uint64_t* first, uint64_t* last, int64_t* step);

}

namespace libos::openmp {

// Flags of a task, and kinds of dependences.
constexpr int32_t tied = 0x01, final = 0x02, has_priority = 0x20, detachable = 0x40;
constexpr uint8_t depends_in = 1, depends_out = 3, depends_mutexinoutset = 4;

// Schedules of loops.
constexpr int32_t statically = 34, dynamically = 35, guided = 36, at_run_time = 37;
constexpr int32_t statically_ordered = 66, dynamically_ordered = 67, guided_ordered = 68, at_run_time_ordered = 69;

constexpr int32_t made_for_kmpc = 0x02;
inline ident_t here{0, made_for_kmpc, 0, 0, ";unknown;unknown;0;0;;"};

inline int32_t this_thread()
{
    return __kmpc_global_thread_num(&here);
}

}
