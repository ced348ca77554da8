// SPDX-License-Identifier: MIT
// The one heap and the one set of page ranges of the isle, behind api/kernel/memory.h.
#include "memory.hpp"

#include "heap.hpp"
#include "machine.hpp"
#include "page_ranges.hpp"
#include "sync/spinlock.hpp"

#include <kernel/memory.h>

#include <skellig/address.h>
#include <skellig/call.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace skl {
namespace {

struct Memory {
    Spinlock lock;
    PageRanges pages;        // guarded by lock
    Heap heap;               // guarded by lock
    std::uint64_t total = 0; // constant after start
};
constinit Memory memory;

void add(std::uint64_t begin, std::uint64_t end)
{
    begin = round_up(begin, page_size);
    end &= ~(page_size - 1);
    if (begin >= end)
        return;
    memory.pages.release(begin, end - begin);
    memory.total += end - begin;
}

}

bool open_memory(const skl_boot& boot)
{
    if (boot.own_base < SKL_OWN_BASE || boot.own_base >= boot.own_end || boot.own_end > SKL_OWN_END)
        return false;
    add(boot.own_base, boot.own_end);
    auto count = std::min<std::size_t>(boot.extents, std::size(boot.extent));
    for (std::size_t i = 0; i < count; i++) {
        std::uint64_t end = boot.extent[i].va + boot.extent[i].size;
        if (boot.extent[i].va >= boot.own_end && end <= SKL_OWN_END) // the rest is in [own_base, own_end) already
            add(boot.extent[i].va, end);
    }
    memory.heap.open(round_up(boot.own_base, page_size));
    return true;
}

}

using namespace skl;

extern "C" std::uint64_t skl_heap_move(std::int64_t bytes)
{
    Guard guard(memory.lock);
    return memory.heap.move(memory.pages, bytes).value_or(SKL_NO_ADDRESS);
}

extern "C" std::uint64_t skl_pages_allocate(std::uint64_t size, std::uint64_t alignment)
{
    if (size > SKL_OWN_END)
        return SKL_NO_ADDRESS;
    Guard guard(memory.lock);
    return memory.pages.allocate(round_up(size, page_size), std::max(alignment, page_size)).value_or(SKL_NO_ADDRESS);
}

extern "C" void skl_pages_release(std::uint64_t address, std::uint64_t size)
{
    std::memset(reinterpret_cast<void*>(address), 0, size);
    Guard guard(memory.lock);
    memory.pages.release(address, round_up(size, page_size));
}

extern "C" int skl_pages_protect(std::uint64_t address, std::uint64_t size, std::uint32_t rights)
{
    while (size > 0) {
        std::int64_t done = skl_monitor_call(SKL_CALL_PROTECT, address, size, rights);
        if (done <= 0)
            return static_cast<int>(done);
        address += static_cast<std::uint64_t>(done);
        size -= std::min(size, static_cast<std::uint64_t>(done));
    }
    return 0;
}

extern "C" std::uint64_t skl_memory_total()
{
    return memory.total;
}

extern "C" std::uint64_t skl_memory_free()
{
    Guard guard(memory.lock);
    return memory.pages.free_bytes();
}
