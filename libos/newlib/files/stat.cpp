// SPDX-License-Identifier: MIT
// What a file is: the stat family.
#include "call.hpp"
#include "own_files/own_files.hpp"
#include "translate/structures.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

using namespace libos;

namespace {

timespec time_of(const linux_abi::Time& time)
{
    return {time.seconds, time.fraction};
}

void translate(const linux_abi::Stat& from, struct stat& to)
{
    to = {};
    to.st_dev = from.device;
    to.st_ino = from.inode;
    to.st_mode = from.mode;
    to.st_nlink = from.links < USHRT_MAX ? static_cast<nlink_t>(from.links) : USHRT_MAX; // newlib has 16 bits
    to.st_uid = from.user;
    to.st_gid = from.group;
    to.st_rdev = from.special_device;
    to.st_size = from.size;
    to.st_atim = time_of(from.accessed);
    to.st_mtim = time_of(from.modified);
    to.st_ctim = time_of(from.changed);
    to.st_blksize = from.block_size;
    to.st_blocks = from.blocks;
}

int stat_at(int folder, const char* path, struct stat* status, int64_t linux_flags)
{
    OwnName own(folder, path);
    if (own.ours())
        return own.status(*status);
    if (own.kind() == OwnName::program && !(linux_flags & linux_at_flags(AT_SYMLINK_NOFOLLOW)))
        path = OwnName::target();
    linux_abi::Stat answer;
    int result = call_int(LinuxCall::newfstatat, linux_at_descriptor(folder), path, &answer, linux_flags);
    if (result == 0)
        translate(answer, *status);
    return result;
}

}

extern "C" {

int stat(const char* __restrict path, struct stat* __restrict status)
{
    return stat_at(AT_FDCWD, path, status, 0);
}

int lstat(const char* __restrict path, struct stat* __restrict status)
{
    return stat_at(AT_FDCWD, path, status, linux_at_flags(AT_SYMLINK_NOFOLLOW));
}

int fstat(int descriptor, struct stat* status)
{
    return stat_at(descriptor, "", status, linux_at_flags(AT_EMPTY_PATH));
}

int fstatat(int folder, const char* __restrict path, struct stat* __restrict status, int flags)
{
    int64_t linux_flags = linux_at_flags(flags);
    return linux_flags < 0 ? static_cast<int>(fail(EINVAL)) : stat_at(folder, path, status, linux_flags);
}

}
