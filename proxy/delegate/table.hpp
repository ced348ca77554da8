// SPDX-License-Identifier: MIT
// The forwarded calls by number. A number without a row is -ENOSYS. Calls on memory, threads and credentials have no row: they would
// change the proxy instead of the isle.
#pragma once

#include "delegate/call.hpp"

#include <cstdint>
#include <span>

namespace skl {

// Null if the call is not forwarded.
const Call* find_call(std::uint32_t number);

// One family per file.
std::span<const Call> file_calls();
std::span<const Call> name_calls();
std::span<const Call> event_calls();
std::span<const Call> socket_calls();
std::span<const Call> process_calls();
std::span<const Call> child_calls();

// The only one that is not Linux's own.
extern const Call spawn_call;

}
