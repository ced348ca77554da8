// SPDX-License-Identifier: MIT
// Loops over unsigned long long that count down.
#pragma once

#include "kmpc.hpp"

namespace libos::openmp {

struct UllLoop {
    unsigned long long start, end, step, chunk; // the step wraps to what is subtracted
};

// Begins a worksharing loop of LLVM's runtime. False: this thread has no part of it.
bool begin_descending(int32_t schedule, const UllLoop& loop, unsigned long long* first, unsigned long long* last);

// LLVM's number of what gcc gives to GOMP_loop_ull_start.
int32_t schedule_of(long gomp_schedule, bool ordered);

}
