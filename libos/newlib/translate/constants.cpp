// SPDX-License-Identifier: MIT
// The translations of constants.hpp, by table.
#include "constants.hpp"

namespace libos {
namespace {

struct Pair {
    int newlib;
    int linux_;
};

constexpr Pair errors[] = {
#define ERROR(name, linux_number, newlib_number) {newlib_number, linux_number},
#include "errors.inc"
#undef ERROR
};

constexpr Pair open_flags[] = {
#define FLAG(name, newlib_flag, linux_flag) {newlib_flag, linux_flag},
#include "open_flags.inc"
#undef FLAG
};


// F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETOWN, F_SETOWN, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC
constexpr Pair fcntl_commands[] = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 9}, {6, 8}, {7, 5}, {8, 6}, {9, 7}, {14, 1030}};

// F_RDLCK, F_WRLCK, F_UNLCK
constexpr Pair lock_types[] = {{1, 0}, {2, 1}, {3, 2}};

// AT_EACCESS, AT_SYMLINK_NOFOLLOW, AT_SYMLINK_FOLLOW, AT_REMOVEDIR, AT_EMPTY_PATH
constexpr Pair at_flags[] = {{1, 0x200}, {2, 0x100}, {4, 0x400}, {8, 0x200}, {16, 0x1000}};

constexpr int newlib_at_fdcwd = -2;
constexpr int linux_at_fdcwd = -100;
constexpr int access_mode = 3;
constexpr int same_errors = 34; // 1..34 are alike
constexpr int error_io = 5;
constexpr int error_interrupted = 4;
constexpr int linux_restart = 85;   // ERESTART, which Linux should never show
constexpr int newlib_fnbio = 0x1000; // System V's spelling of O_NONBLOCK
constexpr int newlib_nonblock = 0x4000;

template <unsigned n>
int to_linux(const Pair (&table)[n], int newlib)
{
    for (const Pair& pair : table) {
        if (pair.newlib == newlib)
            return pair.linux_;
    }
    return -1;
}

template <unsigned n>
int to_newlib(const Pair (&table)[n], int linux_number)
{
    for (const Pair& pair : table) {
        if (pair.linux_ == linux_number)
            return pair.newlib;
    }
    return -1;
}

}

int newlib_errno(int linux_errno)
{
    if (linux_errno <= same_errors)
        return linux_errno;
    if (linux_errno == linux_restart)
        return error_interrupted;
    int number = to_newlib(errors, linux_errno);
    return number < 0 ? error_io : number;
}

int64_t linux_open_flags(int newlib_flags)
{
    if (newlib_flags & newlib_fnbio)
        newlib_flags = (newlib_flags & ~newlib_fnbio) | newlib_nonblock;
    int64_t result = newlib_flags & access_mode;
    int left = newlib_flags & ~access_mode;
    for (const Pair& flag : open_flags) {
        if ((newlib_flags & flag.newlib) == flag.newlib) {
            result |= flag.linux_;
            left &= ~flag.newlib;
        }
    }
    return left ? -1 : result;
}

int newlib_open_flags(int64_t linux_flags)
{
    int result = static_cast<int>(linux_flags) & access_mode;
    for (const Pair& flag : open_flags) {
        if ((linux_flags & flag.linux_) == flag.linux_) {
            result |= flag.newlib;
            linux_flags &= ~int64_t{flag.linux_};
        }
    }
    return result;
}

int linux_fcntl_command(int newlib_command)
{
    return to_linux(fcntl_commands, newlib_command);
}

int linux_lock_type(int newlib_type)
{
    return to_linux(lock_types, newlib_type);
}

int newlib_lock_type(int linux_type)
{
    return to_newlib(lock_types, linux_type);
}

int64_t linux_at_flags(int newlib_flags)
{
    int64_t result = 0;
    for (const Pair& flag : at_flags) {
        if (newlib_flags & flag.newlib) {
            result |= flag.linux_;
            newlib_flags &= ~flag.newlib;
        }
    }
    return newlib_flags ? -1 : result;
}

int linux_at_descriptor(int newlib_descriptor)
{
    return newlib_descriptor == newlib_at_fdcwd ? linux_at_fdcwd : newlib_descriptor;
}

}
