// SPDX-License-Identifier: MIT
// What can be done to a mapping while it stays: rights, contents, questions.
#include "mappings.hpp"

#include "machine.hpp"
#include "segments.hpp"

#include <kernel/memory.h>

#include <algorithm>
#include <cstring>

namespace skl {
namespace {

constexpr std::uint64_t wiped_at_once = 2 << 20; // with upcalls masked

bool in_image(std::uint64_t address, std::uint64_t size)
{
    std::uint64_t begin = UINT64_MAX, end = 0;
    for (const Elf64_Phdr& segment : segments_of(machine::image())) {
        if (segment.p_type == PT_LOAD) {
            begin = std::min(begin, segment.p_vaddr);
            end = std::max(end, round_up(segment.p_vaddr + segment.p_memsz, page_size));
        }
    }
    return begin <= address && address < end && size <= end - address;
}

}

bool Mappings::is_there(const Run& run)
{
    if (!run.own)
        return in_image(run.address, run.size);
    return run.is_mapped() || free_in(run) == 0;
}

bool Mappings::present(std::uint64_t address, std::uint64_t size)
{
    Guard guard(lock_);
    for (std::uint64_t end = address + size; address < end;) {
        Run run = run_at(address, end);
        if (!is_there(run))
            return false;
        address += run.size;
    }
    return true;
}

int Mappings::rights_of(std::uint64_t address, std::uint64_t size, Mark& kind)
{
    Guard guard(lock_);
    Run run = run_at(address, address + size);
    kind = run.mark & (of_file | never_writable);
    return run.is_mapped() && run.size == size ? static_cast<int>(run.rights()) : static_cast<int>(answer(Error::fault));
}

std::optional<Mappings::Taken> Mappings::next(std::uint64_t address)
{
    Guard guard(lock_);
    address = std::max(address & ~(page_size - 1), pool_.begin());
    while (address < pool_.end()) {
        PageRanges::Extent free = next_free(address);
        if (address < free.begin) {
            Run run = run_at(address, std::min(free.begin, pool_.end()));
            return Taken{run.address, run.size, run.rights(), run.is_mapped()};
        }
        address = free.end;
    }
    return std::nullopt;
}

int Mappings::protect(std::uint64_t address, std::uint64_t size, std::uint32_t rights)
{
    Guard guard(lock_);
    for (std::uint64_t end = address + size; address < end;) {
        Run run = run_at(address, end);
        if (int error = protect_run(run, rights))
            return error;
        address += run.size;
    }
    return 0;
}

int Mappings::protect_run(const Run& run, std::uint32_t rights)
{
    if (!is_there(run))
        return no_memory;
    if (run.is_mapped()) {
        if ((run.mark & never_writable) && (rights & SKL_RIGHT_WRITE))
            return static_cast<int>(answer(Error::access));
        if (rights == run.rights() && !(run.mark & changed))
            return 0;
        note(run.address, run.size, rights, mapped | (run.mark & (of_file | never_writable)) | changed);
    } else if (run.own) {
        note(run.address, run.size, rights, changed);
    }
    return skl_pages_protect(run.address, run.size, rights) < 0 ? no_memory : 0;
}

int Mappings::forget(std::uint64_t address, std::uint64_t size)
{
    for (std::uint64_t end = address + size; address < end;) {
        Guard guard(lock_);
        Run run = run_at(address, std::min(end, address + wiped_at_once));
        if (!is_there(run) || wipe_run(run) < 0)
            return no_memory;
        address += run.size;
    }
    return 0;
}

int Mappings::wipe_run(const Run& run)
{
    if (!run.own || (run.mark & of_file)) // what the file holds is what most of them still hold
        return 0;
    if (make_usual(run) < 0)
        return no_memory;
    std::memset(reinterpret_cast<void*>(run.address), 0, run.size);
    return run.rights() != usual_rights ? skl_pages_protect(run.address, run.size, run.rights()) : 0;
}

}
