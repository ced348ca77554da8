// SPDX-License-Identifier: MIT
// The isle's own memory behind api/kernel/memory.h: start, pages, heap.
#include "memory.hpp"

#include "machine.hpp"
#include "own_memory.hpp"

#include <kernel/memory.h>
#include <kernel/regions.h>

#include <skellig/address.h>
#include <skellig/call.h>

#include <algorithm>
#include <iterator>

namespace skl {

constinit OwnMemory own_memory;

bool open_memory(const skl_boot& boot)
{
    if (boot.own_base < SKL_OWN_BASE || boot.own_base >= boot.own_end || boot.own_end > SKL_OWN_END)
        return false;
    own_memory.add(boot.own_base, boot.own_end);
    auto count = std::min<std::size_t>(boot.extents, std::size(boot.extent));
    for (std::size_t i = 0; i < count; i++) {
        std::uint64_t begin = boot.extent[i].va, end = begin + boot.extent[i].size;
        if (begin >= boot.own_end && end <= SKL_OWN_END) // the rest is in [own_base, own_end) already
            own_memory.add(begin, end);
    }
    return own_memory.open();
}

}

using namespace skl;

extern "C" std::uint64_t skl_heap_move(std::int64_t bytes)
{
    return own_memory.move_heap(bytes).value_or(SKL_NO_ADDRESS);
}

extern "C" std::uint64_t skl_pages_allocate(std::uint64_t size, std::uint64_t alignment)
{
    return own_memory.allocate(size, alignment).value_or(SKL_NO_ADDRESS);
}

extern "C" std::uint64_t skl_pages_allocate_any(std::uint64_t size, std::uint64_t alignment, int* zero)
{
    bool is_zero;
    auto address = own_memory.allocate_any(size, alignment, is_zero);
    *zero = is_zero;
    return address.value_or(SKL_NO_ADDRESS);
}

extern "C" void skl_pages_release(std::uint64_t address, std::uint64_t size)
{
    own_memory.release(address, size);
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
    return own_memory.total();
}

extern "C" std::uint64_t skl_memory_free()
{
    return own_memory.free_bytes();
}

extern "C" std::uint64_t skl_memory_peak()
{
    return own_memory.peak();
}
