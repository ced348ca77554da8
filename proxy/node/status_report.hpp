// SPDX-License-Identifier: MIT
// The pool's state as tables for people or JSON for programs.
#pragma once

#include "node/reservation.hpp"

#include <string>

namespace skl {

std::string status_tables(const PoolStatus& status);
std::string status_json(const PoolStatus& status);

const char* pool_state_name(std::uint32_t state);

}
