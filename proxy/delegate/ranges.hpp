// SPDX-License-Identifier: MIT
// The addresses an isle may name in a forwarded call: its image, its own memory, later its grants. Catches mistakes, not malice: isle
// and proxy are one protection domain.
#pragma once

#include <cstdint>
#include <vector>

namespace skl {

class Ranges {
public:
    struct Range {
        std::uint64_t begin;
        std::uint64_t end;
    };

    // Neighbours grow together, so that a buffer may cross from one extent into the next.
    void add(std::uint64_t begin, std::uint64_t size);

    bool contains(std::uint64_t address, std::uint64_t length) const;
    // Bytes from `address` to the end of its range; 0 outside.
    std::uint64_t room_at(std::uint64_t address) const;

private:
    std::vector<Range> ranges_; // ascending, apart
};

}
