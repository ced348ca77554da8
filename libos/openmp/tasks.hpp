// SPDX-License-Identifier: MIT
// Tasks of gcc's code, made with what LLVM's runtime offers to compilers.
#pragma once

#include "gomp.hpp"
#include "kmpc.hpp"

namespace libos::openmp {

using Copy = void (*)(void* to, void* from);

// Flags that gcc gives with a task or a taskloop. [gcc/12 include/gomp-constants.h]
constexpr unsigned task_untied = 1 << 0, task_final = 1 << 1, task_depends = 1 << 3, task_priority = 1 << 4, task_up = 1 << 8,
                   task_grainsize = 1 << 9, task_if = 1 << 10, task_nogroup = 1 << 11, task_reduction = 1 << 12, task_detach = 1 << 13,
                   task_strict = 1 << 14;

// What a task executes, with arguments of its own: a copy of the maker's.
struct TaskPlan {
    Outlined function;
    void* data;
    Copy copy; // null: as bytes
    long size, alignment;
    unsigned flags;
    int priority; // with task_priority
};

// One task, not yet begun. Its arguments are at `data`, copied, and may still be changed.
struct NewTask {
    kmp_task_t* task;
    void* data;
};
NewTask make_task(const TaskPlan& plan);

void defer(const NewTask& task);
// Here and now.
void execute(const NewTask& task);

}
