// SPDX-License-Identifier: MIT
// Setting a file's access and modification time.
#include "call.hpp"
#include "translate/structures.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <utime.h>

using namespace libos;

namespace {

constexpr int64_t linux_utime_now = (1 << 30) - 1;
constexpr int64_t linux_utime_omit = (1 << 30) - 2;

linux_abi::Time translate(const timespec& time)
{
    if (time.tv_nsec == UTIME_NOW)
        return {0, linux_utime_now};
    if (time.tv_nsec == UTIME_OMIT)
        return {0, linux_utime_omit};
    return {time.tv_sec, time.tv_nsec};
}

// path == null: of the descriptor itself. times == null: now.
int set_times(int folder, const char* path, const timespec* times, int64_t linux_flags)
{
    if (!times)
        return call_int(LinuxCall::utimensat, linux_at_descriptor(folder), path, nullptr, linux_flags);
    linux_abi::Time translated[2] = {translate(times[0]), translate(times[1])};
    return call_int(LinuxCall::utimensat, linux_at_descriptor(folder), path, translated, linux_flags);
}

int set_times(int folder, const char* path, const timeval* times, int64_t linux_flags)
{
    if (!times)
        return set_times(folder, path, static_cast<const timespec*>(nullptr), linux_flags);
    const timespec translated[2] = {{times[0].tv_sec, times[0].tv_usec * 1000}, {times[1].tv_sec, times[1].tv_usec * 1000}};
    return set_times(folder, path, translated, linux_flags);
}

}

extern "C" {

int utimensat(int folder, const char* path, const timespec* times, int flags)
{
    int64_t linux_flags = linux_at_flags(flags);
    return linux_flags < 0 ? static_cast<int>(fail(EINVAL)) : set_times(folder, path, times, linux_flags);
}

int futimens(int descriptor, const timespec* times)
{
    return set_times(descriptor, nullptr, times, 0);
}

int utimes(const char* path, const timeval* times)
{
    return set_times(AT_FDCWD, path, times, 0);
}

int lutimes(const char* path, const timeval* times)
{
    return set_times(AT_FDCWD, path, times, linux_at_flags(AT_SYMLINK_NOFOLLOW));
}

int futimes(int descriptor, const timeval* times)
{
    return set_times(descriptor, nullptr, times, 0);
}

int futimesat(int folder, const char* path, const timeval* times)
{
    return set_times(folder, path, times, 0);
}

int utime(const char* path, const utimbuf* times)
{
    if (!times)
        return set_times(AT_FDCWD, path, static_cast<const timespec*>(nullptr), 0);
    const timespec translated[2] = {{times->actime, 0}, {times->modtime, 0}};
    return set_times(AT_FDCWD, path, translated, 0);
}

}
