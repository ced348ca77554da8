// SPDX-License-Identifier: MIT
// What mmap() is asked for, and what Linux would say against it.
#pragma once

#include "memory/ranges.hpp"

#include <sys/mman.h>
#include <sys/types.h>

namespace libos {

inline constexpr uint64_t large_page = 2 << 20;

struct MapRequest {
    Range range;
    int protection, flags, file;
    off_t offset;
    uint64_t alignment = page_size;

    bool anonymous() const { return flags & MAP_ANONYMOUS; }
    int type() const { return flags & MAP_TYPE; }
    bool shared() const { return type() != MAP_PRIVATE; }
    bool writable() const { return protection & PROT_WRITE; }
    bool fixed() const { return flags & (MAP_FIXED | MAP_FIXED_NOREPLACE); }

    // 0 or an errno. Fills in the alignment, and turns a mapping of /dev/zero into an anonymous one.
    int check(size_t size);

private:
    int check_sizes(size_t size) const;
    int check_huge_pages();
    int check_type(int access);
    int check_file(int access);
};

// 0, EINVAL, or EACCES for what the monitor never maps: writable and executable.
int check_rights(int protection);

}
