// SPDX-License-Identifier: MIT
// Files and the heap.
#include "negated.hpp"

#include <fcntl.h>
#include <hermit/syscall.h>
#include <kernel/memory.h>
#include <unistd.h>

using namespace libos;

extern "C" {

ssize_t sys_read(int fd, char* buffer, size_t size)
{
    return negated([=] { return read(fd, buffer, size); });
}

ssize_t sys_write(int fd, const char* buffer, size_t size)
{
    if (!buffer)
        return -EINVAL;
    return negated([=] { return write(fd, buffer, size); });
}

off_t sys_lseek(int fd, off_t offset, int whence)
{
    return negated([=] { return lseek(fd, offset, whence); });
}

int sys_open(const char* name, int flags, int mode)
{
    return negated([=] { return open(name, flags, mode); });
}

int sys_close(int fd)
{
    return negated([=] { return close(fd); });
}

ssize_t sys_sbrk(ssize_t increment)
{
    uint64_t before = skl_heap_move(increment);
    return before == SKL_NO_ADDRESS ? -ENOMEM : static_cast<ssize_t>(before);
}

}
