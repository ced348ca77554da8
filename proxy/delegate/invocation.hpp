// SPDX-License-Identifier: MIT
// One forwarded call on its way: arguments copied from the slot, checked against the isle's ranges, executed.
#pragma once

#include "delegate/call.hpp"
#include "delegate/dispositions.hpp"
#include "delegate/ranges.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <sys/uio.h>
#include <vector>

namespace skl {

// What calls need to know about the isle and its process.
struct Context {
    const Ranges& ranges;
    Dispositions& dispositions;
    std::function<void()> tell_of_children = {}; // passes on the SIGCHLD that has arrived, at once
};

class Invocation {
public:
    Invocation(const Context& context, const Call& call, const std::uint64_t (&argument)[6]);

    // The Linux result: a value or a negative errno.
    std::int64_t execute();

    std::uint64_t& argument(unsigned index) { return argument_[index]; }
    const Context& context() const { return context_; }

    // For handlers. Each answers 0 or a negative errno.
    std::int64_t check_range(std::uint64_t address, std::uint64_t length) const;
    std::int64_t check_descriptor(unsigned index) const;
    std::int64_t check(unsigned index);
    // A copy of an iovec array, each element checked; the argument then points to the copy.
    std::int64_t copy_vectors(unsigned array, unsigned count);
    std::int64_t copy_vectors(std::uint64_t address, std::uint64_t count, std::vector<iovec>& copy) const;
    // A small structure read once.
    template <typename T> std::int64_t copy_in(std::uint64_t address, T& value) const;
    // A string read once, of less than `most` bytes; `too_long` is the answer to a longer one.
    std::int64_t copy_text(std::uint64_t address, std::uint64_t most, std::int64_t too_long, std::string& copy) const;
    // The system call with the arguments as they are now.
    std::int64_t pass_on() const;

private:
    std::int64_t copy_path(unsigned index);
    std::uint64_t length_of(const Argument& argument) const;

    const Context& context_;
    const Call& call_;
    std::uint64_t argument_[6];
    std::vector<std::string> paths_; // copies; room for most_paths from the first on, so that they stay where they are
    std::vector<iovec> vectors_;
};

template <typename T> std::int64_t Invocation::copy_in(std::uint64_t address, T& value) const
{
    if (std::int64_t error = check_range(address, sizeof value))
        return error;
    __builtin_memcpy(&value, reinterpret_cast<const void*>(address), sizeof value);
    return 0;
}

// The processor's own instruction: results as the kernel gives them, no errno.
std::int64_t raw_call(std::uint64_t number, const std::uint64_t (&argument)[6]);

}
