// SPDX-License-Identifier: MIT
// Teams that LLVM's runtime knows nothing of, one after the other, executed by the thread that came to them: those inside a target region,
// and more than there are CPUs.
#pragma once

#include "gomp.hpp"

namespace libos::openmp {

struct Teams {
    int count, number;
};

// What a thread is in.
struct Surroundings {
    Teams* teams = nullptr; // null: the runtime knows
    int thread_limit = 0;   // of the region's threads together; 0: none but the runtime's
    int share = 0;          // of it, for parallel regions that this thread opens, with those inside them
};

extern thread_local Surroundings surroundings;

// Runs `body` in others.
template <typename Body>
void with_surroundings(const Surroundings& those, Body body)
{
    Surroundings before = surroundings;
    surroundings = those;
    body();
    surroundings = before;
}

}
