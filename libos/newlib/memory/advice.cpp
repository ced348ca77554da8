// SPDX-License-Identifier: MIT
// Calls about memory that is mapped: most of them only have to know that it is, since all of it is locked and none is paged.
#include "memory/shared_files.hpp"

#include "call.hpp"

#include <kernel/memory.h>
#include <string.h>
#include <sys/mman.h>

using namespace libos;

namespace {

// 0, or what Linux says of addresses that are none or have nothing behind them.
int absent(const Range& range, size_t size, int error_of_wrapping)
{
    if (size == 0)
        return 0;
    if (range.size == 0 || range.wraps())
        return error_of_wrapping;
    return skl_map_present(range.address, range.size) ? 0 : ENOMEM;
}

int result_of(int error)
{
    return error ? static_cast<int>(fail(error)) : 0;
}

bool advice_is_known(int advice)
{
    return (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) || advice == MADV_FREE || (advice >= MADV_DONTFORK && advice <= MADV_DOFORK) ||
           (advice >= MADV_MERGEABLE && advice <= MADV_KEEPONFORK) || (advice >= MADV_COLD && advice <= MADV_COLLAPSE);
}

// Locking goes by the pages that bytes lie in.
Range around(const void* at, size_t size)
{
    uint64_t address = reinterpret_cast<uint64_t>(at), before = address % page_size;
    return Range(reinterpret_cast<const void*>(address - before), size + before);
}

}

extern "C" {

int madvise(void* at, size_t size, int advice)
{
    Range range(at, size);
    if (!range.aligned() || !advice_is_known(advice))
        return static_cast<int>(fail(EINVAL));
    if (int error = absent(range, size, EINVAL))
        return static_cast<int>(fail(error));
    if (advice == MADV_DONTNEED && size)
        return static_cast<int>(answer(skl_map_forget(range.address, range.size)));
    return 0;
}

// Returns the error. Its DONTNEED, other than madvise()'s, must not lose anything.
int posix_madvise(void* at, size_t size, int advice)
{
    Range range(at, size);
    if (!range.aligned() || advice < POSIX_MADV_NORMAL || advice > POSIX_MADV_DONTNEED)
        return EINVAL;
    return absent(range, size, EINVAL);
}

int msync(void* at, size_t size, int flags)
{
    Range range(at, size);
    bool both = (flags & MS_ASYNC) && (flags & MS_SYNC);
    if (!range.aligned() || both || (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)))
        return static_cast<int>(fail(EINVAL));
    int error = absent(range, size, ENOMEM);
    if (error || !shared_files_mapped())
        return result_of(error);
    SharedFilesLock lock;
    error = synchronise(range, flags & MS_INVALIDATE ? Direction::both : Direction::to_file);
    return result_of(!error && (flags & MS_SYNC) ? make_durable(range) : error);
}

int mincore(void* at, size_t size, unsigned char* pages)
{
    Range range(at, size);
    if (!range.aligned())
        return static_cast<int>(fail(EINVAL));
    if (int error = absent(range, size, ENOMEM))
        return static_cast<int>(fail(error));
    memset(pages, 1, range.size / page_size);
    return 0;
}

int mlock(const void* at, size_t size)
{
    return result_of(absent(around(at, size), size, EINVAL));
}

int mlock2(const void* at, size_t size, unsigned flags)
{
    return flags & ~MLOCK_ONFAULT ? static_cast<int>(fail(EINVAL)) : mlock(at, size);
}

int munlock(const void* at, size_t size)
{
    return mlock(at, size);
}

int mlockall(int flags)
{
    bool known = flags && !(flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) && flags != MCL_ONFAULT;
    return known ? 0 : static_cast<int>(fail(EINVAL));
}

int munlockall()
{
    return 0;
}

}
