// SPDX-License-Identifier: MIT
// Runs an isle's image inside a Linux process, with no monitor and no fence: to test library kernel and libos in milliseconds.
// usage: native IMAGE [ARGUMENT...]     77: not in a process of this Linux
#include "enclave.hpp"

#include <cstdio>
#include <sys/auxv.h>
#include <thread>

extern char** environ;

namespace {

// The library kernel writes FS base, and this process GS base. [linux/6.1 arch/x86/include/uapi/asm/hwcap2.h] HWCAP2_FSGSBASE
bool may_write_bases()
{
    constexpr unsigned long fsgsbase = 2;
    return getauxval(AT_HWCAP2) & fsgsbase;
}

}

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: native IMAGE [ARGUMENT...]\n", stderr);
        return 125;
    }
    if (!may_write_bases()) {
        std::fputs("native: this Linux does not let programs write FS and GS base\n", stderr);
        return 77;
    }
    std::uint64_t entry = native::build_enclave(argc - 1, argv + 1, environ);
    std::thread(native::serve_forwarded_calls).detach();
    native::enter_isle(entry);
}
