// SPDX-License-Identifier: MIT
// Hands out the page-table frames of one enclave, ascending; none ever comes back while it lives.
#pragma once

#include <cstdint>

namespace skl::x86 {

class FramePool {
public:
    void reset(std::uint64_t begin, std::uint64_t end)
    {
        next_ = begin;
        end_ = end;
    }

    // Physical address of a frame, or 0 when all are used.
    std::uint64_t allocate()
    {
        if (next_ + 4096 > end_)
            return 0;
        std::uint64_t frame = next_;
        next_ += 4096;
        return frame;
    }

    std::uint64_t free_count() const { return (end_ - next_) / 4096; }

private:
    std::uint64_t next_;
    std::uint64_t end_;
};

} // namespace skl::x86
