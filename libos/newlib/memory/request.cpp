// SPDX-License-Identifier: MIT
// Checks in the order in which Linux makes them.
#include "memory/request.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace libos {
namespace {

constexpr int huge_shift_2m = 21, huge_shift_1g = 30;

bool is_zero_device(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 5);
}

}

int check_rights(int protection)
{
    return protection & ~static_cast<int>(all_rights) ? EINVAL : 0;
}

int MapRequest::check(size_t size)
{
    int access = anonymous() ? 0 : fcntl(file, F_GETFL);
    if (access < 0)
        return errno;
    if (int error = check_sizes(size))
        return error;
    if (int error = check_huge_pages())
        return error;
    if (int error = check_type(access & O_ACCMODE))
        return error;
    return check_rights(protection);
}

int MapRequest::check_sizes(size_t size) const
{
    if (offset % static_cast<off_t>(page_size) || size == 0)
        return EINVAL;
    if (range.size == 0 || (flags & MAP_32BIT)) // own memory begins at 2 TiB
        return ENOMEM;
    if (!anonymous() && static_cast<uint64_t>(offset) + range.size < range.size)
        return EOVERFLOW;
    return fixed() && !range.aligned() ? EINVAL : 0;
}

int MapRequest::check_huge_pages()
{
    if (!(flags & MAP_HUGETLB))
        return 0;
    int shift = flags >> MAP_HUGE_SHIFT & MAP_HUGE_MASK;
    if (!anonymous() || (shift && shift != huge_shift_2m && shift != huge_shift_1g))
        return EINVAL;
    alignment = shift ? uint64_t{1} << shift : large_page;
    range.size = (range.size + alignment - 1) & ~(alignment - 1);
    return range.size == 0 ? ENOMEM : 0;
}

int MapRequest::check_type(int access)
{
    if (anonymous())
        return type() == MAP_PRIVATE || type() == MAP_SHARED ? 0 : EINVAL;
    bool known = type() == MAP_PRIVATE || type() == MAP_SHARED || type() == MAP_SHARED_VALIDATE;
    return known ? check_file(access) : EINVAL;
}

int MapRequest::check_file(int access)
{
    bool writes = shared() && writable();
    if (access == O_WRONLY || (writes && access == O_RDONLY))
        return EACCES;
    if (type() == MAP_SHARED_VALIDATE && (flags & MAP_SYNC))
        return EOPNOTSUPP;
    if (writes && is_zero_device(file))
        flags |= MAP_ANONYMOUS;
    return 0;
}

}
