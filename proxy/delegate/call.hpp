// SPDX-License-Identifier: MIT
// A row of the table of forwarded calls: what each argument is, so that one piece of code can check, trace and execute them all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace skl {

class Invocation;

enum class Kind : std::uint8_t {
    none,
    value,
    descriptor, // a file descriptor, or AT_FDCWD
    path,       // NUL-terminated, copied once, at most PATH_MAX
    in,         // bytes the call reads
    out,        // bytes the call writes
    in_out,
    bits,       // fd_set of `length argument` bits, read and written
    out_counted, // bytes the call writes; their number stands in the 32-bit word another argument points to
};

// A pointer's length: `size` bytes, times the value of argument `times` if that is not `once`.
struct Argument {
    static constexpr std::uint8_t once = 0xff;

    Kind kind = Kind::none;
    std::uint8_t times = once;
    std::uint16_t size = 0;
};

struct Call {
    // Executes a call that the generic way cannot: nested pointers, lengths that depend on a request number.
    using Handler = std::int64_t (*)(Invocation&);

    std::uint32_t number;
    const char* name;
    std::array<Argument, 6> argument{};
    Handler handler = nullptr;
    bool may_block = false; // for longer than a poll is worth
    bool pins = false;      // Linux would pin pages of the isle, which have none: only through memory of Linux
};

// The words rows are written in.
namespace row {
inline constexpr Argument value{Kind::value};
inline constexpr Argument fd{Kind::descriptor};
inline constexpr Argument path{Kind::path};
constexpr Argument in(std::uint8_t length, std::uint16_t unit = 1) { return {Kind::in, length, unit}; }
constexpr Argument out(std::uint8_t length, std::uint16_t unit = 1) { return {Kind::out, length, unit}; }
constexpr Argument in_out(std::uint8_t length, std::uint16_t unit = 1) { return {Kind::in_out, length, unit}; }
constexpr Argument bits(std::uint8_t length) { return {Kind::bits, length, 0}; }
constexpr Argument out_counted(std::uint8_t length) { return {Kind::out_counted, length, 1}; }
template <typename T> constexpr Argument in_one() { return {Kind::in, Argument::once, sizeof(T)}; }
template <typename T> constexpr Argument out_one() { return {Kind::out, Argument::once, sizeof(T)}; }
template <typename T> constexpr Argument in_out_one() { return {Kind::in_out, Argument::once, sizeof(T)}; }
constexpr Argument out_bytes(std::uint16_t size) { return {Kind::out, Argument::once, size}; }
constexpr Argument in_bytes(std::uint16_t size) { return {Kind::in, Argument::once, size}; }
}

}
