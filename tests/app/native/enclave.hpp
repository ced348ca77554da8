// SPDX-License-Identifier: MIT
// An enclave inside a Linux process: the isle's address map with the ABI's structures filled in, as a proxy would leave them.
#pragma once

#include <cstdint>

namespace native {

// Maps and fills everything for one CPU; loads the image. Returns its entry point. Exits with a message when it cannot.
std::uint64_t build_enclave(int argc, char** argv, char** environment);

// The proxy's part: executes what the isle forwards until the process ends.
[[noreturn]] void serve_forwarded_calls();

// The isle's thread: gs base, then entry. Comes back only by ending the process.
[[noreturn]] void enter_isle(std::uint64_t entry);

}
