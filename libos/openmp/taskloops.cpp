// SPDX-License-Identifier: MIT
// GOMP_taskloop. LLVM's own makes tasks of a loop that has no iterations, and copies what has constructors as bytes.
#include "division.hpp"
#include "tasks.hpp"

extern "C" {
void GOMP_taskgroup_start();
void GOMP_taskgroup_end();
void GOMP_taskgroup_reduction_register(uintptr_t* reductions);
}

namespace libos::openmp {
namespace {

// The arguments of each task begin with its part of the loop; then come the reductions, with task_reduction.
template <typename Number>
struct Head {
    Number begin, end;
    uintptr_t* reductions;
};

Division division_of(unsigned long long iterations, unsigned long wanted, unsigned flags)
{
    if (flags & task_grainsize)
        return in_grains(iterations, wanted, flags & task_strict);
    return in_at_most(iterations, wanted ? wanted : static_cast<unsigned long long>(omp_get_num_threads()));
}

template <typename Number>
void make_tasks(const TaskPlan& plan, const Loop<Number>& loop, const Division& division)
{
    unsigned long long iterations = loop.iterations();
    for (unsigned long long i = 0; i < division.tasks; i++) {
        unsigned long long end = division.begin(i + 1);
        NewTask task = make_task(plan);
        auto& head = *static_cast<Head<Number>*>(task.data);
        head.begin = loop.at(division.begin(i));
        head.end = loop.at(end < iterations ? end : iterations);
        if (plan.flags & task_if)
            defer(task);
        else
            execute(task);
    }
}

// A taskloop says that it has a priority by having one.
TaskPlan plan_of(Outlined function, void* data, Copy copy, long size, long alignment, unsigned flags, int priority)
{
    return {function, data, copy, size, alignment, flags | (priority > 0 ? task_priority : 0), priority};
}

template <typename Number>
void taskloop(const TaskPlan& plan, const Loop<Number>& loop, unsigned long wanted)
{
    bool group = !(plan.flags & task_nogroup), reduces = group && (plan.flags & task_reduction);
    uintptr_t* reductions = reduces ? static_cast<Head<Number>*>(plan.data)->reductions : nullptr;
    unsigned long long iterations = loop.iterations();
    if (iterations == 0) {
        if (reduces)
            reductions[2] = 0; // gcc's code asks here whether they have been registered
        return;
    }
    if (group)
        GOMP_taskgroup_start();
    if (reduces)
        GOMP_taskgroup_reduction_register(reductions);
    make_tasks(plan, loop, division_of(iterations, wanted, plan.flags));
    if (group)
        GOMP_taskgroup_end();
}

}
}

using namespace libos::openmp;

extern "C" {

// `wanted` is the number of tasks, or with task_grainsize of iterations for each; 0: as it pleases the runtime. Only a taskloop's plan has
// the flags beyond those of tasks.
void __wrap_GOMP_taskloop(Outlined function, void* data, Copy copy, long size, long alignment, unsigned flags, unsigned long wanted,
                          int priority, long start, long end, long step)
{
    taskloop(plan_of(function, data, copy, size, alignment, flags, priority), Loop<long>{start, end, step, step > 0}, wanted);
}

void __wrap_GOMP_taskloop_ull(Outlined function, void* data, Copy copy, long size, long alignment, unsigned flags, unsigned long wanted,
                              int priority, unsigned long long start, unsigned long long end, unsigned long long step)
{
    taskloop(plan_of(function, data, copy, size, alignment, flags, priority),
             Loop<unsigned long long>{start, end, step, (flags & task_up) != 0}, wanted);
}

}
