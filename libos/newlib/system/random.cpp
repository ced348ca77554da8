// SPDX-License-Identifier: MIT
// Random bytes from Linux.
#include "call.hpp"

#include <sys/random.h>
#include <unistd.h>

using namespace libos;

extern "C" {

ssize_t getrandom(void* buffer, size_t size, unsigned flags)
{
    return call(LinuxCall::getrandom, buffer, size, flags);
}

int getentropy(void* buffer, size_t size)
{
    constexpr size_t most = 256;
    if (size > most)
        return static_cast<int>(fail(EIO));
    auto* next = static_cast<char*>(buffer);
    while (size > 0) {
        ssize_t got = getrandom(next, size, 0);
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0) {
            next += got;
            size -= static_cast<size_t>(got);
        }
    }
    return 0;
}

}
