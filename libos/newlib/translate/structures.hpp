// SPDX-License-Identifier: MIT
// Linux's x86-64 structures that libos fills or reads; sizes as the kernel has them.
#pragma once

#include <stdint.h>

namespace libos::linux_abi {

struct Time {
    int64_t seconds;
    int64_t fraction; // nano- or microseconds
};

struct Stat {
    uint64_t device, inode, links;
    uint32_t mode, user, group, padding;
    uint64_t special_device;
    int64_t size, block_size, blocks;
    Time accessed, modified, changed;
    int64_t unused[3];
};
static_assert(sizeof(Stat) == 144);

struct Flock {
    int16_t type, whence;
    int32_t padding;
    int64_t start, length;
    int32_t pid, padding2;
};
static_assert(sizeof(Flock) == 32);

struct Statfs {
    int64_t type, block_size;
    uint64_t blocks, blocks_free, blocks_available, files, files_free;
    int32_t id[2];
    int64_t name_length, fragment_size, flags, spare[4];
};
static_assert(sizeof(Statfs) == 120);

// struct rlimit64 of prlimit64().
struct Limit {
    uint64_t current, maximum;
};

}
