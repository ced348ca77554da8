// SPDX-License-Identifier: MIT
// What a pthread_attr_t says, with defaults filled in.
#pragma once

#include <pthread.h>

namespace libos {

// A big page with the thread-local storage beside it: stacks are memory from the start here, never grown on demand.
constexpr size_t default_stack_size = (2 << 20) - (64 << 10);
constexpr size_t default_guard_size = 4096;

struct ThreadAttributes {
    void* stack = nullptr;
    size_t stack_size = default_stack_size;
    size_t guard_size = default_guard_size;
    const cpu_set_t* cpus = nullptr;
    bool detached = false;
    bool priority_refused = false; // it asks for a real-time policy
};
ThreadAttributes read_attributes(const pthread_attr_t* attributes);

}
