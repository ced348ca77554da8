// SPDX-License-Identifier: MIT
// QEMU's gdb stub and the proxy's end of it: the proxy is its first client, which has the machine stand where the isle begins. There the
// isle's memory is mapped, so that whoever debugs it sees the program and not a machine at reset, and breakpoints have a place.
#pragma once

#include "base/descriptor.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace skl {

// A packet of gdb's remote protocol.
std::string gdb_packet(const std::string& body);

class GdbStub {
public:
    using Patience = std::chrono::milliseconds;

    GdbStub(); // throws Failure
    int connection() const { return ours_.number(); }
    int machines_end() const { return theirs_.number(); }
    void close_machines_end() { theirs_.close(); }

    // Lets the machine, which waits for that, run.
    void run();
    // The isle turns in a loop at `address`, in place of `code`. Puts the code back and has the machine meet a breakpoint there. False if
    // it did not come to that: not every KVM stops at breakpoints.
    bool hold_at(std::uint64_t address, std::span<const std::byte> code, Patience patience);

private:
    bool asks(const std::string& body, std::string_view expected, Patience patience);
    bool send(const std::string& body);
    std::optional<std::string> answer(Patience patience);
    std::optional<char> next(std::chrono::steady_clock::time_point deadline);

    Descriptor ours_;
    Descriptor theirs_;
};

}
