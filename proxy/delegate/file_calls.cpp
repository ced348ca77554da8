// SPDX-License-Identifier: MIT
// Calls on open files: reading, writing, status, locks, terminals.
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/termios.h>
#include <memory>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/sysmacros.h>

namespace skl {
namespace {

using namespace row;

constexpr std::uint16_t kernel_termios = 36; // struct termios of the kernel, not of the C library

// read, write, pread64, pwrite64. Where Linux wants to pin the pages (O_DIRECT, some file systems), which those of an isle on metal
// do not allow, its answer is EFAULT although the range is good: then once more through memory of Linux. Short counts are allowed.
std::int64_t transfer(Invocation& call, bool to_file)
{
    constexpr std::uint64_t most = 1 << 20, alignment = 4096;
    std::int64_t result = call.pass_on();
    std::uint64_t theirs = call.argument(1), size = std::min(call.argument(2), most);
    if (result != -EFAULT || theirs == 0 || size == 0)
        return result;
    std::unique_ptr<void, void (*)(void*)> ours(std::aligned_alloc(alignment, most), std::free);
    if (!ours)
        return -ENOMEM;
    if (to_file)
        std::memcpy(ours.get(), reinterpret_cast<const void*>(theirs), size);
    call.argument(1) = reinterpret_cast<std::uint64_t>(ours.get());
    call.argument(2) = size;
    result = call.pass_on();
    if (!to_file && result > 0)
        std::memcpy(reinterpret_cast<void*>(theirs), ours.get(), static_cast<std::size_t>(result));
    return result;
}

std::int64_t to_file(Invocation& call)
{
    return transfer(call, true);
}

std::int64_t from_file(Invocation& call)
{
    return transfer(call, false);
}

std::int64_t vectored(Invocation& call)
{
    if (std::int64_t error = call.copy_vectors(1, 2))
        return error;
    return call.pass_on();
}

std::int64_t control_file(Invocation& call)
{
    switch (call.argument(1)) {
    case F_GETLK: case F_SETLK: case F_SETLKW: case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
        if (std::int64_t error = call.check_range(call.argument(2), sizeof(struct flock)))
            return error;
        break;
    case F_DUPFD: case F_DUPFD_CLOEXEC: case F_GETFD: case F_SETFD: case F_GETFL: case F_SETFL: case F_GETOWN: case F_SETOWN:
    case F_GETSIG: case F_GETPIPE_SZ: case F_SETPIPE_SZ: case F_GET_SEALS: case F_ADD_SEALS: case F_GETLEASE: case F_SETLEASE:
        break;
    default:
        return -EINVAL;
    }
    return call.pass_on();
}

// Bytes behind the argument of a known request; 0: the argument is a value; -1: unknown.
int request_size(std::uint64_t request)
{
    switch (request) {
    case TCGETS: case TCSETS: case TCSETSW: case TCSETSF:
        return kernel_termios;
    case TIOCGWINSZ: case TIOCSWINSZ:
        return sizeof(winsize);
    case FIONREAD: case FIONBIO: case FIOASYNC: case TIOCOUTQ: case TIOCGPGRP: case TIOCSPGRP: case TIOCGSID: case TIOCMGET:
    case TIOCMSET: case TIOCGPTN: case TIOCSPTLCK: case FS_IOC_GETFLAGS:
        return sizeof(int);
    case BLKGETSIZE64:
        return sizeof(std::uint64_t);
    case FIOCLEX: case FIONCLEX: case TCSBRK: case TCSBRKP: case TCXONC: case TCFLSH: case TIOCEXCL: case TIOCNXCL: case TIOCSCTTY:
    case TIOCNOTTY: case FICLONE:
        return 0;
    default:
        return -1;
    }
}

std::int64_t control_device(Invocation& call)
{
    int size = request_size(call.argument(1) & 0xffffffff);
    if (size < 0)
        return -ENOTTY;
    if (std::int64_t error = call.check_range(call.argument(2), static_cast<std::uint64_t>(size)))
        return error;
    return call.pass_on();
}

constexpr Argument vectors = value; // checked by vectored()
constexpr Argument offset = value;

constexpr Call calls[] = {
    {SYS_read, "read", {fd, out(2), value}, from_file, true},
    {SYS_write, "write", {fd, in(2), value}, to_file, true},
    {SYS_pread64, "pread64", {fd, out(2), value, offset}, from_file, true},
    {SYS_pwrite64, "pwrite64", {fd, in(2), value, offset}, to_file, true},
    {SYS_readv, "readv", {fd, vectors, value}, vectored, true},
    {SYS_writev, "writev", {fd, vectors, value}, vectored, true},
    {SYS_preadv, "preadv", {fd, vectors, value, offset, offset}, vectored, true},
    {SYS_pwritev, "pwritev", {fd, vectors, value, offset, offset}, vectored, true},
    {SYS_preadv2, "preadv2", {fd, vectors, value, offset, offset, value}, vectored, true},
    {SYS_pwritev2, "pwritev2", {fd, vectors, value, offset, offset, value}, vectored, true},
    {SYS_close, "close", {fd}},
    {SYS_fstat, "fstat", {fd, out_one<struct stat>()}},
    {SYS_lseek, "lseek", {fd, offset, value}},
    {SYS_ioctl, "ioctl", {fd, value, value}, control_device, true},
    {SYS_fcntl, "fcntl", {fd, value, value}, control_file, true},
    {SYS_dup, "dup", {fd}},
    {SYS_dup2, "dup2", {fd, fd}},
    {SYS_dup3, "dup3", {fd, fd, value}},
    {SYS_pipe, "pipe", {out_bytes(8)}},
    {SYS_pipe2, "pipe2", {out_bytes(8), value}},
    {SYS_getdents64, "getdents64", {fd, out(2), value}},
    {SYS_ftruncate, "ftruncate", {fd, value}},
    {SYS_fallocate, "fallocate", {fd, value, value, value}, nullptr, true},
    {SYS_fadvise64, "fadvise64", {fd, value, value, value}},
    {SYS_readahead, "readahead", {fd, value, value}, nullptr, true},
    {SYS_fsync, "fsync", {fd}, nullptr, true},
    {SYS_fdatasync, "fdatasync", {fd}, nullptr, true},
    {SYS_syncfs, "syncfs", {fd}, nullptr, true},
    {SYS_sync, "sync", {}, nullptr, true},
    {SYS_sync_file_range, "sync_file_range", {fd, value, value, value}, nullptr, true},
    {SYS_flock, "flock", {fd, value}, nullptr, true},
    {SYS_fchmod, "fchmod", {fd, value}},
    {SYS_fchown, "fchown", {fd, value, value}},
    {SYS_fchdir, "fchdir", {fd}},
    {SYS_fstatfs, "fstatfs", {fd, out_one<struct statfs>()}},
    {SYS_sendfile, "sendfile", {fd, fd, in_out_one<off_t>(), value}, nullptr, true},
    {SYS_copy_file_range, "copy_file_range", {fd, in_out_one<off_t>(), fd, in_out_one<off_t>(), value, value}, nullptr, true},
    {SYS_splice, "splice", {fd, in_out_one<off_t>(), fd, in_out_one<off_t>(), value, value}, nullptr, true},
    {SYS_tee, "tee", {fd, fd, value, value}, nullptr, true},
    {SYS_memfd_create, "memfd_create", {path, value}},
    {SYS_close_range, "close_range", {value, value, value}, [](Invocation& call) -> std::int64_t {
         // Those of the proxy are at the top of the table: end before them.
         std::uint64_t last = call.argument(1);
         for (std::uint64_t number = call.argument(0); number <= last && number < 65536; number++) {
             std::uint64_t close[6] = {number};
             call.argument(0) = number;
             if (call.check_descriptor(0) == 0)
                 raw_call(SYS_close, close);
         }
         return 0;
     }},
};

}

std::span<const Call> file_calls()
{
    return calls;
}

}
