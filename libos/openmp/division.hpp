// SPDX-License-Identifier: MIT
// How a taskloop is divided into tasks. Numbers are long or unsigned long long, and wrap as the loop does.
#pragma once

namespace libos::openmp {

template <typename Number>
struct Loop {
    Number start, end, step; // step of an unsigned loop that counts down: what is added, wrapped
    bool up;

    constexpr unsigned long long iterations() const
    {
        using Count = unsigned long long;
        if (up ? start >= end : start <= end)
            return 0;
        Count distance = up ? Count(end) - Count(start) : Count(start) - Count(end), each = up ? Count(step) : -Count(step);
        return (distance - 1) / each + 1;
    }
    // After so many.
    constexpr Number at(unsigned long long iterations) const
    {
        using Count = unsigned long long;
        return static_cast<Number>(Count(start) + iterations * Count(step));
    }
};

// Into how many tasks, and how many iterations each has: the first `more` have one more than the others.
struct Division {
    unsigned long long tasks, each, more;

    // Where a task begins; that of one more task is the end, or beyond it.
    constexpr unsigned long long begin(unsigned long long task) const { return task * each + (task < more ? task : more); }
};

constexpr Division in_so_many(unsigned long long iterations, unsigned long long tasks)
{
    return {tasks, iterations / tasks, iterations % tasks};
}

// num_tasks: no more tasks than that, and none without an iteration.
constexpr Division in_at_most(unsigned long long iterations, unsigned long long tasks)
{
    return in_so_many(iterations, tasks < iterations ? tasks : iterations);
}

// grainsize: each task has at least so many, and fewer than twice as many; strict: exactly so many, but for the last.
constexpr Division in_grains(unsigned long long iterations, unsigned long long size, bool strict)
{
    if (strict)
        return {(iterations - 1) / size + 1, size, 0};
    return in_so_many(iterations, iterations / size ? iterations / size : 1);
}

}
