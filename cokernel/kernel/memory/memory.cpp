// SPDX-License-Identifier: MIT
// The isle's own memory behind api/kernel/memory.h: start, pages, heap.
#include "memory.hpp"

#include "machine.hpp"
#include "own_memory.hpp"

#include <kernel/memory.h>

#include <skellig/address.h>
#include <skellig/call.h>

#include <algorithm>
#include <iterator>

namespace skl {

constinit OwnMemory own_memory;

namespace {

struct Whole {
    std::uint64_t begin, end; // of whole pages

    Whole(std::uint64_t from, std::uint64_t to) : begin(round_up(from, page_size)), end(to & ~(page_size - 1)) {}
};

void add(const Whole& piece)
{
    if (piece.begin >= piece.end)
        return;
    own_memory.pool.add(piece.begin, piece.end - piece.begin);
    own_memory.total += piece.end - piece.begin;
}

}

bool open_memory(const skl_boot& boot)
{
    if (boot.own_base < SKL_OWN_BASE || boot.own_base >= boot.own_end || boot.own_end > SKL_OWN_END)
        return false;
    Whole all(boot.own_base, boot.own_end);
    add(all);
    auto count = std::min<std::size_t>(boot.extents, std::size(boot.extent));
    for (std::size_t i = 0; i < count; i++) {
        Whole piece(boot.extent[i].va, boot.extent[i].va + boot.extent[i].size);
        if (piece.begin >= boot.own_end && piece.end <= SKL_OWN_END) { // the rest is in [own_base, own_end) already
            add(piece);
            all.end = std::max(all.end, piece.end);
        }
    }
    own_memory.heap.open(all.begin);
    return own_memory.pool.open(all.begin, all.end);
}

namespace {

std::uint64_t take(std::uint64_t size, std::uint64_t alignment)
{
    if (size > SKL_OWN_END)
        return SKL_NO_ADDRESS;
    Guard guard(own_memory.lock);
    return own_memory.pool.allocate(round_up(size, page_size), std::max(alignment, page_size)).value_or(SKL_NO_ADDRESS);
}

}
}

using namespace skl;

extern "C" std::uint64_t skl_heap_move(std::int64_t bytes)
{
    Guard guard(own_memory.lock);
    return own_memory.heap.move(own_memory.pool, bytes).value_or(SKL_NO_ADDRESS);
}

extern "C" std::uint64_t skl_pages_allocate(std::uint64_t size, std::uint64_t alignment)
{
    std::uint64_t address = take(size, alignment);
    if (address != SKL_NO_ADDRESS)
        own_memory.pool.wipe(address, round_up(size, page_size));
    return address;
}

extern "C" std::uint64_t skl_pages_allocate_any(std::uint64_t size, std::uint64_t alignment, int* zero)
{
    std::uint64_t address = take(size, alignment);
    *zero = address != SKL_NO_ADDRESS && own_memory.pool.is_zero(address, round_up(size, page_size));
    return address;
}

extern "C" void skl_pages_release(std::uint64_t address, std::uint64_t size)
{
    size = round_up(size, page_size);
    own_memory.pool.mark_used(address, size);
    Guard guard(own_memory.lock);
    own_memory.pool.release(address, size);
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
    return own_memory.total;
}

extern "C" std::uint64_t skl_memory_free()
{
    Guard guard(own_memory.lock);
    return own_memory.pool.free_bytes();
}
