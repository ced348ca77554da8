// SPDX-License-Identifier: MIT
// confstr(): strings that the system is configured with.
#include "call.hpp"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

extern "C" {

// An isle has neither glibc nor compilation environments to tell of.
size_t confstr(int name, char* buffer, size_t size)
{
    if (name != _CS_PATH) {
        fail(EINVAL);
        return 0;
    }
    constexpr char path[] = "/bin:/usr/bin";
    if (size > 0)
        strlcpy(buffer, path, size);
    return sizeof path;
}

char* ctermid(char* buffer)
{
    static char own[L_ctermid];
    return strcpy(buffer ? buffer : own, "/dev/tty");
}

}
