// SPDX-License-Identifier: MIT
// Checking by kind, and the generic execution. A null pointer goes through: it means "none" to many calls and EFAULT to the rest.
#include "delegate/invocation.hpp"

#include "base/private_descriptors.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>

namespace skl {

std::int64_t raw_call(std::uint64_t number, const std::uint64_t (&argument)[6])
{
    // Read first: a sanitizer's call for a read would spoil registers that are set already.
    const std::uint64_t first = argument[0], second = argument[1], third = argument[2];
    const std::uint64_t fourth = argument[3], fifth = argument[4], sixth = argument[5];
    std::int64_t result;
    register std::uint64_t r10 asm("r10") = fourth;
    register std::uint64_t r8 asm("r8") = fifth;
    register std::uint64_t r9 asm("r9") = sixth;
    asm volatile("syscall"
                 : "=a"(result)
                 : "0"(number), "D"(first), "S"(second), "d"(third), "r"(r10), "r"(r8), "r"(r9)
                 : "rcx", "r11", "memory");
    return result;
}

Invocation::Invocation(const Context& context, const Call& call, const std::uint64_t (&argument)[6])
    : context_(context), call_(call)
{
    std::copy(std::begin(argument), std::end(argument), argument_);
}

std::int64_t Invocation::execute()
{
    if (call_.pins)
        return -EOPNOTSUPP;
    for (unsigned i = 0; i < 6; i++)
        if (std::int64_t error = check(i))
            return error;
    return call_.handler ? call_.handler(*this) : pass_on();
}

std::int64_t Invocation::pass_on() const
{
    return raw_call(call_.number, argument_);
}

std::int64_t Invocation::check_range(std::uint64_t address, std::uint64_t length) const
{
    if (address == 0 || length == 0)
        return 0;
    return context_.ranges.contains(address, length) ? 0 : -EFAULT;
}

std::int64_t Invocation::check_descriptor(unsigned index) const
{
    return private_descriptor(static_cast<int>(argument_[index])) ? -EBADF : 0;
}

std::uint64_t Invocation::length_of(const Argument& argument) const
{
    std::uint64_t length;
    if (argument.times == Argument::once)
        return argument.size;
    // An int for the kernel; negative ones are its business to refuse.
    std::uint64_t count = argument_[argument.times];
    return __builtin_mul_overflow(count, argument.size, &length) ? ULLONG_MAX : length;
}

std::int64_t Invocation::check(unsigned index)
{
    const Argument& argument = call_.argument[index];
    std::uint64_t& value = argument_[index];
    switch (argument.kind) {
    case Kind::none:
        value = 0;
        return 0;
    case Kind::value:
        return 0;
    case Kind::descriptor:
        return check_descriptor(index);
    case Kind::path:
        return copy_path(index);
    case Kind::in:
    case Kind::out:
    case Kind::in_out:
        return check_range(value, length_of(argument));
    case Kind::bits: {
        std::uint64_t bits = std::min<std::uint64_t>(argument_[argument.times], INT_MAX);
        return check_range(value, (bits + 63) / 64 * 8);
    }
    case Kind::out_counted: {
        std::uint32_t length = 0;
        if (value == 0 || argument_[argument.times] == 0)
            return 0;
        if (std::int64_t error = copy_in(argument_[argument.times], length))
            return error;
        return check_range(value, length);
    }
    }
    return -EINVAL;
}

std::int64_t Invocation::copy_text(std::uint64_t address, std::uint64_t most, std::int64_t too_long, std::string& copy) const
{
    std::uint64_t room = std::min<std::uint64_t>(context_.ranges.room_at(address), most);
    if (room == 0)
        return -EFAULT;
    const char* text = reinterpret_cast<const char*>(address);
    copy.assign(text, ::strnlen(text, room));
    if (copy.size() == room)
        return room == most ? too_long : -EFAULT;
    return 0;
}

std::int64_t Invocation::copy_path(unsigned index)
{
    std::uint64_t& value = argument_[index];
    if (value == 0)
        return 0;
    constexpr std::size_t most_paths = 6;
    paths_.reserve(most_paths);
    std::string& copy = paths_.emplace_back();
    if (std::int64_t error = copy_text(value, PATH_MAX, -ENAMETOOLONG, copy))
        return error;
    value = reinterpret_cast<std::uint64_t>(copy.c_str());
    return 0;
}

std::int64_t Invocation::copy_vectors(std::uint64_t address, std::uint64_t count, std::vector<iovec>& copy) const
{
    if (count > IOV_MAX)
        return -EINVAL;
    if (count == 0 || address == 0)
        return count ? -EFAULT : 0;
    if (std::int64_t error = check_range(address, count * sizeof(iovec)))
        return error;
    const auto* first = reinterpret_cast<const iovec*>(address);
    copy.assign(first, first + count);
    for (const iovec& vector : copy)
        if (std::int64_t error = check_range(reinterpret_cast<std::uint64_t>(vector.iov_base), vector.iov_len))
            return error;
    return 0;
}

std::int64_t Invocation::copy_vectors(unsigned array, unsigned count)
{
    std::int64_t error = copy_vectors(argument_[array], argument_[count], vectors_);
    argument_[array] = reinterpret_cast<std::uint64_t>(vectors_.data());
    return error;
}

}
