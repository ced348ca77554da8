// SPDX-License-Identifier: MIT
// Linux's error numbers, negative in answers: what the ABI means by "negative errno".
#pragma once

#include <cstdint>

namespace skl {

enum class Error : std::int64_t {
    none = 0,
    no_entry = 2,          // ENOENT
    no_such_cpu = 3,       // ESRCH
    again = 11,            // EAGAIN
    no_memory = 12,        // ENOMEM
    access = 13,           // EACCES
    fault = 14,            // EFAULT
    busy = 16,             // EBUSY
    exists = 17,           // EEXIST
    invalid = 22,          // EINVAL
    not_implemented = 38,  // ENOSYS
};

constexpr std::int64_t answer(Error error) { return -static_cast<std::int64_t>(error); }

} // namespace skl
