// SPDX-License-Identifier: MIT
// How full a file system is: Linux's statfs, as it is and translated to POSIX's statvfs.
#include "call.hpp"
#include "translate/structures.hpp"

#include <stddef.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

using namespace libos;

static_assert(sizeof(struct statfs) == sizeof(linux_abi::Statfs));
static_assert(offsetof(struct statfs, f_namelen) == offsetof(linux_abi::Statfs, name_length));

namespace {

constexpr int64_t linux_valid = 0x20; // ST_VALID: the kernel's own mark

int translate(int result, const linux_abi::Statfs& from, struct statvfs& to)
{
    if (result < 0)
        return result;
    to = {};
    to.f_bsize = static_cast<unsigned long>(from.block_size);
    to.f_frsize = static_cast<unsigned long>(from.fragment_size ? from.fragment_size : from.block_size);
    to.f_blocks = from.blocks;
    to.f_bfree = from.blocks_free;
    to.f_bavail = from.blocks_available;
    to.f_files = from.files;
    to.f_ffree = from.files_free;
    to.f_favail = from.files_free;
    to.f_fsid = static_cast<uint32_t>(from.id[0]) | static_cast<uint64_t>(static_cast<uint32_t>(from.id[1])) << 32;
    to.f_flag = static_cast<unsigned long>(from.flags & ~linux_valid);
    to.f_namemax = static_cast<unsigned long>(from.name_length);
    return 0;
}

}

extern "C" {

int statfs(const char* path, struct statfs* status)
{
    return call_int(LinuxCall::statfs, path, status);
}

int fstatfs(int descriptor, struct statfs* status)
{
    return call_int(LinuxCall::fstatfs, descriptor, status);
}

int statvfs(const char* __restrict path, struct statvfs* __restrict status)
{
    linux_abi::Statfs answer;
    return translate(call_int(LinuxCall::statfs, path, &answer), answer, *status);
}

int fstatvfs(int descriptor, struct statvfs* status)
{
    linux_abi::Statfs answer;
    return translate(call_int(LinuxCall::fstatfs, descriptor, &answer), answer, *status);
}

}
