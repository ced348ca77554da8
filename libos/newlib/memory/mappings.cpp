// SPDX-License-Identifier: MIT
// mmap() and its kin over the isle's own pages. There is no paging: all memory is there, and locked, from the start.
#include "call.hpp"

#include <kernel/memory.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr uint64_t page_size = 4096;
constexpr uint32_t all_rights = PROT_READ | PROT_WRITE | PROT_EXEC; // the same bits as the monitor's
constexpr uint32_t usual_rights = PROT_READ | PROT_WRITE;

uint64_t pages_of(uint64_t size)
{
    return (size + page_size - 1) & ~(page_size - 1);
}

// The rest of the last page stays zero, as with a real mapping.
bool read_in(uint64_t address, size_t size, int file, off_t offset)
{
    auto* next = reinterpret_cast<char*>(address);
    while (size > 0) {
        ssize_t got = pread(file, next, size, offset);
        if (got < 0)
            return false;
        if (got == 0)
            return true;
        next += got;
        offset += got;
        size -= static_cast<size_t>(got);
    }
    return true;
}

int protect(uint64_t address, size_t size, uint32_t rights)
{
    int result = skl_pages_protect(address, pages_of(size), rights);
    return result < 0 ? static_cast<int>(fail(newlib_errno(-result))) : 0;
}

int unsupported(size_t size, int protection, int flags)
{
    if (size == 0 || (flags & MAP_FIXED))
        return EINVAL;
    if (protection & ~static_cast<int>(all_rights))
        return EINVAL;
    bool writes_through = (flags & MAP_SHARED) && !(flags & MAP_ANONYMOUS) && (protection & PROT_WRITE);
    return writes_through ? ENODEV : 0;
}

}

extern "C" {

void* mmap(void*, size_t size, int protection, int flags, int file, off_t offset)
{
    if (int error = unsupported(size, protection, flags)) {
        errno = error;
        return MAP_FAILED;
    }
    uint64_t address = skl_pages_allocate(size, page_size);
    if (address == SKL_NO_ADDRESS) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    bool ready = (flags & MAP_ANONYMOUS) || read_in(address, size, file, offset);
    auto rights = static_cast<uint32_t>(protection);
    if (ready && rights != usual_rights)
        ready = protect(address, size, rights) == 0;
    if (ready)
        return reinterpret_cast<void*>(address);
    skl_pages_protect(address, pages_of(size), usual_rights);
    skl_pages_release(address, pages_of(size));
    return MAP_FAILED;
}

int munmap(void* at, size_t size)
{
    auto address = reinterpret_cast<uint64_t>(at);
    if (address % page_size || size == 0)
        return static_cast<int>(fail(EINVAL));
    if (protect(address, size, usual_rights) < 0) // also says whether it is ours at all
        return -1;
    skl_pages_release(address, pages_of(size));
    return 0;
}

int mprotect(void* at, size_t size, int protection)
{
    auto address = reinterpret_cast<uint64_t>(at);
    if (address % page_size || (protection & ~static_cast<int>(all_rights)))
        return static_cast<int>(fail(EINVAL));
    return protect(address, size, static_cast<uint32_t>(protection));
}

int msync(void*, size_t, int)
{
    return 0; // no mapping writes to a file
}

int madvise(void* at, size_t size, int advice)
{
    if (advice == MADV_DONTNEED)
        memset(at, 0, pages_of(size)); // what Linux promises for private anonymous memory
    return 0;
}

int posix_madvise(void*, size_t, int)
{
    return 0;
}

int mlock(const void*, size_t)
{
    return 0;
}

int munlock(const void*, size_t)
{
    return 0;
}

}
