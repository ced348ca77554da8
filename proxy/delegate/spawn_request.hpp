// SPDX-License-Identifier: MIT
// What an isle wants to have started, copied out of its memory once and checked.
#pragma once

#include "delegate/invocation.hpp"

#include <skellig/spawn.h>

#include <cstdint>
#include <string>
#include <vector>

namespace skl {

struct SpawnAction {
    skl_spawn_action fixed;
    std::string path;
};

struct SpawnRequest {
    skl_spawn fixed{};
    std::string path;
    std::vector<std::string> folders; // to look for it in; empty: `path` is where it is
    std::vector<std::string> arguments;
    std::vector<std::string> environment;
    std::vector<SpawnAction> actions;
};

// 0 or a negative errno.
std::int64_t read_spawn_request(const Invocation& call, std::uint64_t address, SpawnRequest& request);

}
