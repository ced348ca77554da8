// SPDX-License-Identifier: MIT
// Making mappings and giving them back.
#include "mappings.hpp"

#include <kernel/memory.h>

#include <skellig/address.h>

#include <algorithm>
#include <cstring>

namespace skl {

// As far as one mark, or no mark at all, goes.
Mappings::Run Mappings::run_at(std::uint64_t address, std::uint64_t end) const
{
    if (!pool_.has(address, 0))
        return {address, (address < pool_.begin() ? std::min(end, pool_.begin()) : end) - address, false, 0};
    const Mark* first = pool_.mark(address);
    const Mark* last = pool_.mark(std::min(end, pool_.end()));
    auto other = std::find_if(first, last, [=](Mark mark) { return (mark ^ *first) & ~PagePool::used; });
    return {address, static_cast<std::uint64_t>(other - first) * page_size, true, *first};
}

void Mappings::note(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark bits)
{
    std::memset(pool_.mark(address), static_cast<int>(bits | rights << rights_shift), size / page_size);
}

std::uint64_t Mappings::free_in(const Run& run)
{
    Guard guard(pool_lock_);
    return pool_.free_in(run.address, run.size);
}

PageRanges::Extent Mappings::next_free(std::uint64_t address)
{
    Guard guard(pool_lock_);
    return pool_.next_free(address);
}

// Nobody else knows of these pages yet.
std::int64_t Mappings::establish(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark kind)
{
    pool_.wipe(address, size);
    note(address, size, rights, mapped | kind | (rights == usual_rights ? 0 : changed));
    if (rights == usual_rights)
        return static_cast<std::int64_t>(address);
    int error = skl_pages_protect(address, size, rights);
    if (error < 0)
        unmap(address, size);
    return error < 0 ? error : static_cast<std::int64_t>(address);
}

std::int64_t Mappings::map(std::uint64_t size, std::uint64_t alignment, std::uint32_t rights, Mark kind)
{
    std::optional<std::uint64_t> address;
    {
        Guard guard(pool_lock_);
        address = pool_.allocate(size, alignment);
    }
    return address ? establish(*address, size, rights, kind) : no_memory;
}

std::int64_t Mappings::map_at(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark kind)
{
    if (!pool_.has(address, size))
        return no_memory;
    bool taken;
    {
        Guard guard(pool_lock_);
        taken = pool_.allocate_at(address, size);
    }
    return taken ? establish(address, size, rights, kind) : answer(Error::exists);
}

std::int64_t Mappings::map_over(std::uint64_t address, std::uint64_t size, std::uint32_t rights, Mark kind)
{
    if (!pool_.has(address, size))
        return no_memory;
    if (int error = claim(address, size))
        return error;
    return establish(address, size, rights, kind | changed); // somebody may be about to protect what was there before
}

// All pages of the range become the caller's alone, or nothing has happened.
int Mappings::claim(std::uint64_t address, std::uint64_t size)
{
    std::uint64_t end = address + size;
    Guard guard(lock_);
    if (!take_unmapped(address, end))
        return no_memory;
    for (std::uint64_t at = address; at < end;) {
        Run run = run_at(at, end);
        if (run.is_mapped() && make_usual(run) < 0) {
            give_back_unmapped(address, end);
            return no_memory;
        }
        at += run.size;
    }
    pool_.mark_used(address, size);
    return 0;
}

bool Mappings::take_unmapped(std::uint64_t address, std::uint64_t end)
{
    for (std::uint64_t at = address; at < end;) {
        Run run = run_at(at, end);
        if (!run.is_mapped()) {
            Guard guard(pool_lock_);
            if (!pool_.allocate_at(run.address, run.size)) {
                end = at;
                break;
            }
        }
        at += run.size;
        if (at == end)
            return true;
    }
    give_back_unmapped(address, end);
    return false;
}

// Undoes take_unmapped().
void Mappings::give_back_unmapped(std::uint64_t address, std::uint64_t end)
{
    while (address < end) {
        Run run = run_at(address, end);
        if (!run.is_mapped()) {
            Guard guard(pool_lock_);
            pool_.release(run.address, run.size);
        }
        address += run.size;
    }
}

int Mappings::unmap(std::uint64_t address, std::uint64_t size)
{
    Guard guard(lock_);
    if (!may_be_unmapped(address, address + size))
        return static_cast<int>(answer(Error::invalid));
    return release_mapped(address, address + size);
}

bool Mappings::may_be_unmapped(std::uint64_t address, std::uint64_t end)
{
    while (address < end) {
        Run run = run_at(address, end);
        if (!run.own && address < SKL_IMAGE_MAX && run.address + run.size > SKL_IMAGE_MIN)
            return false;
        if (run.own && !run.is_mapped() && free_in(run) != run.size)
            return false;
        address += run.size;
    }
    return true;
}

int Mappings::release_mapped(std::uint64_t address, std::uint64_t end)
{
    while (address < end) {
        Run run = run_at(address, end);
        if (run.is_mapped()) {
            if (make_usual(run) < 0)
                return no_memory;
            pool_.mark_used(run.address, run.size);
            Guard guard(pool_lock_);
            pool_.release(run.address, run.size);
        }
        address += run.size;
    }
    return 0;
}

// Free pages, and pages on their way from one mapping to another, can be written.
int Mappings::make_usual(const Run& run)
{
    return run.mark & changed ? skl_pages_protect(run.address, run.size, usual_rights) : 0;
}

}
