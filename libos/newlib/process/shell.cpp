// SPDX-License-Identifier: MIT
// Starting a command of the shell, and waiting for it.
#include "process/children.hpp"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

namespace libos {

int start_shell(pid_t& pid, const char* command, const posix_spawn_file_actions_t* actions, const posix_spawnattr_t* attributes)
{
    const char* words[] = {"sh", "-c", command, nullptr};
    return posix_spawn(&pid, "/bin/sh", actions, attributes, const_cast<char* const*>(words), environ);
}

bool wait_for_end(pid_t pid, int* status)
{
    pid_t done;
    do {
        done = waitpid(pid, status, 0);
    } while (done < 0 && errno == EINTR);
    return done >= 0;
}

}
