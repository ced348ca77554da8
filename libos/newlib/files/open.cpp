// SPDX-License-Identifier: MIT
// Making descriptors: open, dup, pipe; and fcntl on them.
#include "call.hpp"
#include "memory/shared_files.hpp"
#include "own_files/own_files.hpp"
#include "translate/structures.hpp"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <unistd.h>

using namespace libos;

namespace {

// False: Linux's it is.
bool open_own(const OwnName& own, int flags, int& result)
{
    bool reads = (flags & O_ACCMODE) == O_RDONLY && !(flags & (O_PATH | O_DIRECTORY));
    bool linux_has;
    switch (own.kind()) {
    case OwnName::contents:
        result = reads ? own.open(flags & O_CLOEXEC) : -1;
        return result >= 0;
    case OwnName::file:
        if ((flags & O_ACCMODE) != O_RDONLY)
            result = static_cast<int>(fail(EACCES));
        else
            result = flags & O_DIRECTORY ? static_cast<int>(fail(ENOTDIR)) : own.open(flags & O_CLOEXEC);
        return true;
    case OwnName::folder:
        if (linux_open_flags(flags) < 0)
            return false;
        result = own.open_folder(linux_open_flags(flags), linux_has);
        return true;
    case OwnName::absent:
        result = static_cast<int>(fail(ENOENT));
        return true;
    default:
        return false;
    }
}

int open_at(int folder, const char* path, int flags, va_list arguments)
{
    OwnName own(folder, path);
    int result;
    if (open_own(own, flags, result))
        return result;
    if (own.kind() == OwnName::program)
        path = OwnName::target();
    bool creates = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
    mode_t mode = creates ? va_arg(arguments, mode_t) : 0;
    int64_t linux_flags = linux_open_flags(flags);
    if (linux_flags < 0)
        return static_cast<int>(fail(EINVAL));
    return call_int(LinuxCall::openat, linux_at_descriptor(folder), path, linux_flags, mode);
}

int lock_file(int descriptor, int command, struct flock* lock)
{
    int type = linux_lock_type(lock->l_type);
    if (type < 0)
        return static_cast<int>(fail(EINVAL));
    linux_abi::Flock request{static_cast<int16_t>(type), lock->l_whence, 0, lock->l_start, lock->l_len, 0, 0};
    if (command != F_GETLK) // it may be given back, or become one of readers
        synchronise_file(descriptor, Direction::to_file);
    int result = call_int(LinuxCall::fcntl, descriptor, linux_fcntl_command(command), &request);
    if (result == 0 && command != F_GETLK && lock->l_type != F_UNLCK) {
        have_record_locks();
        synchronise_file(descriptor, Direction::both);
    }
    if (result == 0 && command == F_GETLK) {
        lock->l_type = static_cast<short>(newlib_lock_type(request.type));
        lock->l_whence = request.whence;
        lock->l_start = request.start;
        lock->l_len = request.length;
        lock->l_pid = static_cast<short>(request.pid); // newlib has no more room
    }
    return result;
}

int set_status(int descriptor, int command, int flags)
{
    int64_t linux_flags = linux_open_flags(flags);
    if (linux_flags < 0)
        return static_cast<int>(fail(EINVAL));
    return call_int(LinuxCall::fcntl, descriptor, command, linux_flags);
}

}

extern "C" {

int open(const char* path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int result = open_at(AT_FDCWD, path, flags, arguments);
    va_end(arguments);
    return result;
}

int openat(int folder, const char* path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int result = open_at(folder, path, flags, arguments);
    va_end(arguments);
    return result;
}

int creat(const char* path, mode_t mode)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int fcntl(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    auto argument = va_arg(arguments, int64_t); // absent for some commands, which do not look at it
    va_end(arguments);

    int number = linux_fcntl_command(command);
    if (number < 0)
        return static_cast<int>(fail(EINVAL));
    switch (command) {
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
        return lock_file(descriptor, command, reinterpret_cast<struct flock*>(argument));
    case F_GETFL: {
        int64_t flags = call(LinuxCall::fcntl, descriptor, number, 0);
        return flags < 0 ? -1 : newlib_open_flags(flags);
    }
    case F_SETFL:
        return set_status(descriptor, number, static_cast<int>(argument));
    default:
        return call_int(LinuxCall::fcntl, descriptor, number, static_cast<int>(argument));
    }
}

int flock(int descriptor, int operation)
{
    synchronise_file(descriptor, Direction::to_file);
    int result = call_int(LinuxCall::flock, descriptor, operation);
    if (result == 0 && !(operation & LOCK_UN))
        synchronise_file(descriptor, Direction::both);
    return result;
}

int dup(int descriptor)
{
    return call_int(LinuxCall::dup, descriptor);
}

// What is closed by them may give locks back, as by close().
int dup2(int descriptor, int wanted)
{
    synchronise_file(wanted, Direction::to_file);
    return call_int(LinuxCall::dup2, descriptor, wanted);
}

int dup3(int descriptor, int wanted, int flags)
{
    int64_t linux_flags = linux_open_flags(flags);
    synchronise_file(wanted, Direction::to_file);
    return linux_flags < 0 ? static_cast<int>(fail(EINVAL)) : call_int(LinuxCall::dup3, descriptor, wanted, linux_flags);
}

int pipe2(int* ends, int flags)
{
    int64_t linux_flags = linux_open_flags(flags);
    return linux_flags < 0 ? static_cast<int>(fail(EINVAL)) : call_int(LinuxCall::pipe2, ends, linux_flags);
}

int pipe(int* ends)
{
    return pipe2(ends, 0);
}

}
