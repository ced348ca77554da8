// SPDX-License-Identifier: MIT
// A POSIX function's answer as HermitCore has it: the error negative, errno as it was.
#pragma once

#include <errno.h>

namespace libos {

template <typename Function>
auto negated(Function function)
{
    int before = errno;
    auto result = function();
    if (result == -1)
        result = -errno;
    errno = before;
    return result;
}

}
