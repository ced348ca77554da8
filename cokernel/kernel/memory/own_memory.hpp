// SPDX-License-Identifier: MIT
// All own memory of the isle.
#pragma once

#include "heap.hpp"
#include "mappings.hpp"
#include "page_pool.hpp"
#include "sync/spinlock.hpp"

namespace skl {

struct OwnMemory {
    Spinlock lock;
    PagePool pool;           // guarded by lock
    Heap heap;               // guarded by lock
    std::uint64_t total = 0; // constant after start
    Mappings mappings{pool, lock};
};
extern OwnMemory own_memory;

}
