// SPDX-License-Identifier: MIT
// Taking a mutex of any type, for condition variables too.
#pragma once

#include "wait.hpp"

#include <sys/types.h>

namespace libos {

// 0, ETIMEDOUT, EDEADLK or EAGAIN. The deadline is CLOCK_MONOTONIC's.
int lock_until(pthread_mutex_t& mutex, uint64_t deadline);

}
