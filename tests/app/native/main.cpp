// SPDX-License-Identifier: MIT
// Runs an isle's image inside a Linux process, with no monitor and no fence: to test library kernel and libos in milliseconds.
// usage: native IMAGE [ARGUMENT...]
#include "enclave.hpp"

#include <cstdio>
#include <thread>

extern char** environ;

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: native IMAGE [ARGUMENT...]\n", stderr);
        return 125;
    }
    std::uint64_t entry = native::build_enclave(argc - 1, argv + 1, environ);
    std::thread(native::serve_forwarded_calls).detach();
    native::enter_isle(entry);
}
