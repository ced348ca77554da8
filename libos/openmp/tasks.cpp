// SPDX-License-Identifier: MIT
// GOMP_task. LLVM's own has no `detach`, no priority, and no copies for tasks that are not deferred.
#include "tasks.hpp"

#include "dependences.hpp"
#include "teams.hpp"

#include <alloca.h>
#include <string.h>

namespace libos::openmp {
namespace {

// At the beginning of what is allocated with a task; its arguments follow, aligned.
struct Work {
    Outlined function;
    void* data;
    Surroundings around; // the maker's, whoever executes it
};

int32_t run(int32_t, kmp_task_t* task)
{
    const auto& work = *static_cast<const Work*>(task->shareds);
    with_surroundings(work.around, [&] { work.function(work.data); });
    return 0;
}

void* aligned(void* address, long alignment)
{
    uintptr_t mask = alignment > 1 ? static_cast<uintptr_t>(alignment) - 1 : 0;
    return reinterpret_cast<void*>((reinterpret_cast<uintptr_t>(address) + mask) & ~mask);
}

int32_t kmpc_flags(unsigned flags)
{
    return (flags & task_untied ? 0 : tied) | (flags & task_final ? final : 0) | (flags & task_priority ? has_priority : 0) |
           (flags & task_detach ? detachable : 0);
}

void submit(const NewTask& task, const Dependences& dependences, bool deferred)
{
    auto count = static_cast<int32_t>(dependences.count());
    auto* list = static_cast<kmp_depend_info_t*>(alloca(dependences.count() * sizeof(kmp_depend_info_t)));
    for (size_t i = 0; i < dependences.count(); i++)
        list[i] = dependences[i];
    if (!deferred) {
        if (count)
            __kmpc_omp_wait_deps(&here, this_thread(), count, list, 0, nullptr);
        execute(task);
    } else if (count) {
        __kmpc_omp_task_with_deps(&here, this_thread(), task.task, count, list, 0, nullptr);
    } else {
        defer(task);
    }
}

// The event is known to the task by its first argument.
NewTask make_detachable(const TaskPlan& plan, void* event_of_maker)
{
    NewTask made = make_task(plan);
    void* event = __kmpc_task_allow_completion_event(&here, this_thread(), made.task);
    memcpy(event_of_maker, &event, sizeof event);
    if (plan.data)
        memcpy(made.data, &event, sizeof event);
    return made;
}

}

NewTask make_task(const TaskPlan& plan)
{
    long room = plan.size + (plan.alignment > 1 ? plan.alignment - 1 : 0);
    kmp_task_t* task = __kmpc_omp_task_alloc(&here, this_thread(), kmpc_flags(plan.flags), sizeof(kmp_task_t),
                                             sizeof(Work) + static_cast<size_t>(room), run);
    auto& work = *static_cast<Work*>(task->shareds);
    work = {plan.function, aligned(&work + 1, plan.alignment), surroundings};
    if (plan.flags & task_priority)
        task->priority = plan.priority;
    if (plan.copy)
        plan.copy(work.data, plan.data);
    else if (plan.size > 0)
        memcpy(work.data, plan.data, static_cast<size_t>(plan.size));
    return {task, work.data};
}

void defer(const NewTask& task)
{
    __kmpc_omp_task(&here, this_thread(), task.task);
}

void execute(const NewTask& task)
{
    const auto& work = *static_cast<const Work*>(task.task->shareds);
    int32_t thread = this_thread();
    __kmpc_omp_task_begin_if0(&here, thread, task.task);
    work.function(work.data);
    __kmpc_omp_task_complete_if0(&here, thread, task.task);
}

}

using namespace libos::openmp;

extern "C" {

void GOMP_taskgroup_start();
void GOMP_taskgroup_end();

// A task with an event is never included in its maker: the maker waits until it is complete.
void __wrap_GOMP_task(Outlined function, void* data, Copy copy, long size, long alignment, bool deferred, unsigned flags, void** depend,
                      int priority, void* event)
{
    TaskPlan plan{function, data, copy, size, alignment, flags, priority};
    Dependences dependences(flags & task_depends ? depend : nullptr);
    if (!(flags & task_detach)) {
        submit(make_task(plan), dependences, deferred);
        return;
    }
    if (!deferred)
        GOMP_taskgroup_start();
    submit(make_detachable(plan, event), dependences, true);
    if (!deferred)
        GOMP_taskgroup_end();
}

}
