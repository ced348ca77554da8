// SPDX-License-Identifier: MIT
// Walks, fills and splits a tree of page tables in memory that somebody else provides, so that it runs hosted too.
#pragma once

#include <concepts>
#include <cstdint>

#include "page_entry.h"

namespace skl::x86 {

template <typename M>
concept TableMemory = requires(M memory, std::uint64_t pa) {
    { memory.table(pa) } -> std::same_as<Entry*>;      // where the frame can be written
    { memory.allocate() } -> std::same_as<std::uint64_t>; // a frame of zeros, 0: none left
};

struct Slot {
    Entry* entry;
    unsigned level;

    std::uint64_t size() const { return page_size(level); }
};

template <TableMemory Memory>
class PageTables {
public:
    PageTables(Memory& memory, std::uint64_t root) : memory_(memory), root_(root) {}

    // The entry that decides about va: a leaf, or the empty entry where the walk ends.
    Slot find(std::uint64_t va) const
    {
        Slot slot{&memory_.table(root_)[index(va, root_level)], root_level};
        while (slot.entry->is_present() && !slot.entry->is_leaf(slot.level))
            slot = below(slot, va);
        return slot;
    }

    // Puts a table in place of an empty entry or of a leaf, meaning the same. False: no frame left.
    bool split(Slot slot)
    {
        std::uint64_t frame = memory_.allocate();
        if (!frame)
            return false;
        std::uint64_t user = slot.level == root_level || !slot.entry->is_mapped() ? 0 : slot.entry->bits & Entry::user;
        if (slot.entry->is_mapped())
            fill(memory_.table(frame), slot);
        write(slot, {frame | Entry::present | Entry::writable | user});
        return true;
    }

    // Maps [va, va + size) to pa with the largest pages <= max_level that fit. False: no frame left.
    bool map(std::uint64_t va, std::uint64_t pa, std::uint64_t size, std::uint64_t flags, unsigned max_level)
    {
        while (size) {
            unsigned level = fitting(va, pa, size, max_level);
            Slot slot = find(va);
            while (slot.level > level) {
                if (!split(slot))
                    return false;
                write(slot, {slot.entry->bits | (flags & Entry::user)});
                slot = below(slot, va);
            }
            write(slot, leaf(pa, flags, slot.level));
            va += slot.size();
            pa += slot.size();
            size -= slot.size();
        }
        return true;
    }

    // The processor walks these tables meanwhile: whole entries only, and a new table's content before its link.
    static void write(Slot slot, Entry entry) { __atomic_store_n(&slot.entry->bits, entry.bits, __ATOMIC_RELEASE); }

    static constexpr Entry leaf(std::uint64_t pa, std::uint64_t flags, unsigned level)
    {
        return {pa | flags | (level > 1 ? Entry::huge : 0)};
    }

    static constexpr unsigned fitting(std::uint64_t va, std::uint64_t pa, std::uint64_t size, unsigned max_level)
    {
        unsigned level = max_level;
        while (level > 1 && (((va | pa) & (page_size(level) - 1)) || size < page_size(level)))
            --level;
        return level;
    }

    // The slot one level down, of a slot that links a table.
    Slot below(Slot slot, std::uint64_t va) const
    {
        return {&memory_.table(slot.entry->address())[index(va, slot.level - 1)], slot.level - 1};
    }

private:
    static void fill(Entry* table, Slot slot)
    {
        std::uint64_t bits = slot.entry->bits;
        if (slot.level == 2)
            bits &= ~Entry::huge;
        for (unsigned i = 0; i < entries_per_table; ++i)
            table[i] = {bits + i * page_size(slot.level - 1)};
    }

    Memory& memory_;
    std::uint64_t root_;
};

} // namespace skl::x86
