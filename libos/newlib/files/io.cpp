// SPDX-License-Identifier: MIT
// Reading, writing, positioning and closing.
#include "call.hpp"
#include "memory/shared_files.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace libos;

namespace {

// The signal of a broken pipe comes before the writer goes on, as on Linux; the proxy's own copy of it would come any time.
ssize_t written(int64_t result)
{
    constexpr int64_t broken_pipe = 32;
    if (result == -broken_pipe)
        raise(SIGPIPE);
    return answer(result);
}

}

extern "C" {

_ssize_t read(int descriptor, void* buffer, size_t size)
{
    return call(LinuxCall::read, descriptor, buffer, size);
}

_ssize_t write(int descriptor, const void* buffer, size_t size)
{
    return written(forward(LinuxCall::write, descriptor, buffer, size));
}

ssize_t pread(int descriptor, void* buffer, size_t size, off_t offset)
{
    return call(LinuxCall::pread64, descriptor, buffer, size, offset);
}

ssize_t pwrite(int descriptor, const void* buffer, size_t size, off_t offset)
{
    return written(forward(LinuxCall::pwrite64, descriptor, buffer, size, offset));
}

ssize_t readv(int descriptor, const iovec* parts, int count)
{
    return call(LinuxCall::readv, descriptor, parts, count);
}

ssize_t writev(int descriptor, const iovec* parts, int count)
{
    return written(forward(LinuxCall::writev, descriptor, parts, count));
}

ssize_t preadv(int descriptor, const iovec* parts, int count, off_t offset)
{
    return call(LinuxCall::preadv, descriptor, parts, count, offset, 0);
}

ssize_t pwritev(int descriptor, const iovec* parts, int count, off_t offset)
{
    return written(forward(LinuxCall::pwritev, descriptor, parts, count, offset, 0));
}

off_t lseek(int descriptor, off_t offset, int whence)
{
    return call(LinuxCall::lseek, descriptor, offset, whence);
}

// A program that closes a file gives its record locks back.
int close(int descriptor)
{
    synchronise_file(descriptor, Direction::to_file);
    return call_int(LinuxCall::close, descriptor);
}

int fsync(int descriptor)
{
    synchronise_file(descriptor, Direction::to_file);
    return call_int(LinuxCall::fsync, descriptor);
}

int fdatasync(int descriptor)
{
    synchronise_file(descriptor, Direction::to_file);
    return call_int(LinuxCall::fdatasync, descriptor);
}

void sync()
{
    write_back_all();
    forward(LinuxCall::sync);
}

int ftruncate(int descriptor, off_t size)
{
    return call_int(LinuxCall::ftruncate, descriptor, size);
}

int truncate(const char* path, off_t size)
{
    return call_int(LinuxCall::truncate, path, size);
}

// These two return the error number instead of setting errno.
int posix_fallocate(int descriptor, off_t offset, off_t size)
{
    return newlib_errno(static_cast<int>(-forward(LinuxCall::fallocate, descriptor, 0, offset, size)));
}

int posix_fadvise(int descriptor, off_t offset, off_t size, int advice)
{
    return newlib_errno(static_cast<int>(-forward(LinuxCall::fadvise64, descriptor, offset, size, advice)));
}

}
