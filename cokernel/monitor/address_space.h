// SPDX-License-Identifier: MIT
// What an isle may do to its own mappings: map, unmap and protect, in bounded steps. Compiles hosted.
#pragma once

#include <cstdint>
#include <skellig/address.h>
#include <skellig/call.h>
#include <skellig/launch.h>

#include "../base/errno.h"
#include "../base/range.h"
#include "../hw/x86/page_tables.h"

namespace skl {

// Page sizes this processor may use: 3 = 1 GiB, 2 = 2 MiB, 1 = 4 KiB.
struct PageLevels {
    unsigned data;
    unsigned code;
};

// Bytes done or an error; whether some translation lost rights, so that all CPUs must flush.
struct Change {
    std::int64_t answer;
    bool flush;
};

constexpr bool valid_rights(std::uint64_t rights)
{
    return rights <= (SKL_RIGHT_READ | SKL_RIGHT_WRITE | SKL_RIGHT_EXECUTE);
}

constexpr std::uint64_t entry_flags(std::uint64_t rights)
{
    using x86::Entry;
    return Entry::user | (rights ? Entry::present : Entry::kept) | (rights & SKL_RIGHT_WRITE ? Entry::writable : 0) |
           (rights & SKL_RIGHT_EXECUTE ? 0 : Entry::no_execute);
}

// The extent that holds va, or null: public area and call page are in none, so no call can change them.
inline const skl_extent* extent_of(const skl_launch& launch, std::uint64_t va)
{
    if (va < SKL_IMAGE_MIN)
        return nullptr;
    for (std::uint32_t i = 0; i < launch.extents; ++i)
        if (Range{launch.extent[i].va, launch.extent[i].size}.contains(va))
            return &launch.extent[i];
    return nullptr;
}

template <x86::TableMemory Memory>
class AddressSpace {
    using Tables = x86::PageTables<Memory>;
    using Slot = x86::Slot;

public:
    AddressSpace(Memory& memory, std::uint64_t root, const skl_launch& launch, PageLevels levels)
        : tables_(memory, root), launch_(launch), levels_(levels)
    {
    }

    Change map(std::uint64_t va, std::uint64_t size, std::uint64_t rights) { return run(Kind::map, va, size, rights); }
    Change unmap(std::uint64_t va, std::uint64_t size) { return run(Kind::unmap, va, size, 0); }
    Change protect(std::uint64_t va, std::uint64_t size, std::uint64_t rights)
    {
        return run(Kind::protect, va, size, rights);
    }

private:
    enum class Kind { map, unmap, protect };

    struct Work {
        Kind kind;
        std::uint64_t rights;
        unsigned budget;
        bool flush;
    };

    Change run(Kind kind, std::uint64_t va, std::uint64_t size, std::uint64_t rights)
    {
        Range range{va, size};
        if (!aligned(va | size, SKL_PAGE_SIZE) || !size || range.wraps() || !valid_rights(rights))
            return {answer(Error::invalid), false};
        Work work{kind, rights, SKL_CALL_MAX_ENTRIES, false};
        Error error = Error::none;
        while (va != range.end() && work.budget && error == Error::none)
            error = step(work, va, range.end());
        std::uint64_t done = va - range.base;
        return {done ? static_cast<std::int64_t>(done) : answer(error), work.flush};
    }

    // Handles one leaf (or one hole) at va and moves va behind it.
    Error step(Work& work, std::uint64_t& va, std::uint64_t end)
    {
        const skl_extent* extent = extent_of(launch_, va);
        if (!extent)
            return Error::fault;
        std::uint64_t pa = extent->pa + (va - extent->va);
        std::uint64_t extent_end = extent->va + extent->size;
        std::uint64_t left = (end < extent_end ? end : extent_end) - va;

        Slot slot = tables_.find(va);
        if (!slot.entry->is_mapped() && work.kind != Kind::map)
            return skip(work, slot, va, left);
        unsigned level = Tables::fitting(va, pa, left, work.rights & SKL_RIGHT_EXECUTE ? levels_.code : levels_.data);
        while (slot.level > level) {
            if (!tables_.split(slot))
                return Error::no_memory;
            Tables::write(slot, {slot.entry->bits | x86::Entry::user});
            work.budget -= work.budget > x86::entries_per_table ? x86::entries_per_table : work.budget;
            slot = tables_.below(slot, va);
        }
        replace(work, slot, pa);
        va += slot.size();
        return Error::none;
    }

    Error skip(Work& work, Slot slot, std::uint64_t& va, std::uint64_t left)
    {
        if (work.kind == Kind::protect)
            return Error::fault;
        std::uint64_t hole = slot.size() - (va & (slot.size() - 1));
        va += hole < left ? hole : left;
        --work.budget;
        return Error::none;
    }

    void replace(Work& work, Slot slot, std::uint64_t pa)
    {
        x86::Entry entry{0};
        if (work.kind != Kind::unmap)
            entry = Tables::leaf(pa, entry_flags(work.rights), slot.level);
        work.flush |= slot.entry->is_present();
        Tables::write(slot, entry);
        work.budget -= work.budget ? 1 : 0;
    }

    Tables tables_;
    const skl_launch& launch_;
    PageLevels levels_;
};

} // namespace skl
