// SPDX-License-Identifier: MIT
// Worksharing loops over unsigned long long.
#pragma once

#include "kmpc.hpp"

namespace libos::openmp {

struct UllLoop {
    unsigned long long start, end, step, chunk; // step: what is added, wrapped where the loop counts down
    bool up;
};

// Begins one of LLVM's runtime. False: this thread has no part of it.
bool begin_loop(int32_t schedule, const UllLoop& loop, unsigned long long* first, unsigned long long* last);

// LLVM's number of what gcc gives to GOMP_loop_ull_start.
int32_t schedule_of(long gomp_schedule, bool ordered);

}
