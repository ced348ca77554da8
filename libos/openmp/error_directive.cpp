// SPDX-License-Identifier: MIT
// `#pragma omp error at(execution)`, with the words of gcc's runtime.
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

namespace {

// The length is -1 where the message ends with a zero.
void say(const char* severity, const char* message, size_t length)
{
    fprintf(stderr, "\nlibgomp: %serror directive encountered", severity);
    if (message && length == static_cast<size_t>(-1))
        fprintf(stderr, ": %s", message);
    else if (message)
        fprintf(stderr, ": %.*s", static_cast<int>(length), message);
    fputc('\n', stderr);
}

}

extern "C" {

void GOMP_warning(const char* message, size_t length)
{
    say("", message, length);
}

[[noreturn]] void GOMP_error(const char* message, size_t length)
{
    say("fatal error: ", message, length);
    exit(EXIT_FAILURE);
}

}
