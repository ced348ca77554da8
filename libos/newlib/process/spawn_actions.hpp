// SPDX-License-Identifier: MIT
// A list of file actions as the proxy takes it.
#pragma once

#include <skellig/spawn.h>
#include <spawn.h>

struct __skl_spawn_action : skl_spawn_action {}; // `path` is the list's own copy
static_assert(sizeof(__skl_spawn_action) == sizeof(skl_spawn_action));
