// SPDX-License-Identifier: MIT
// Children of the program: processes of Linux.
#pragma once

#include <spawn.h>
#include <sys/types.h>

namespace libos {

extern bool had_children; // a program has been started, so there is something to ask Linux about

// `sh -c command`, with the program's environment. The error, or 0.
int start_shell(pid_t& pid, const char* command, const posix_spawn_file_actions_t* actions, const posix_spawnattr_t* attributes);

// However many signals come meanwhile. False, with errno: it cannot be waited for. `status` may be null.
bool wait_for_end(pid_t pid, int* status);

}
