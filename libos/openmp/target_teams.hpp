// SPDX-License-Identifier: MIT
// `teams` inside a target region: one after the other, executed by the region's initial thread.
#pragma once

#include "gomp.hpp"

namespace libos::openmp {

struct Teams {
    int count, number;
};

// Of the calling thread; null: not in a target region's teams, so the runtime knows.
extern thread_local Teams* teams;

// Of parallel regions that begin now; 0 or less: no limit.
inline void limit_threads(int limit)
{
    if (limit > 0 && limit < omp_get_max_threads())
        omp_set_num_threads(limit);
}

// Runs `body` with the teams of whoever has opened the region that it is in.
template <typename Body>
void with_teams(Teams* those, Body body)
{
    Teams* before = teams;
    teams = those;
    body();
    teams = before;
}

}
