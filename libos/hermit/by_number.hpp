// SPDX-License-Identifier: MIT
// HermitCore's calls by number, as its inline syscall() makes them.
#pragma once

#include <hermit/syscall.h>

namespace libos {

struct HermitArguments {
    uint64_t first, second, third;
};

constexpr bool is_hermit_call(uint64_t rax)
{
    return rax >> 32 == HERMIT_CALL >> 32;
}

// Its answer, or -ENOSYS. The upper half of rax is not looked at. Null where no file of the program includes <hermit/syscall.h>: all its
// functions would be in every image.
[[gnu::weak]] int64_t hermit_call(uint64_t rax, const HermitArguments& arguments);

}
