// SPDX-License-Identifier: MIT
// What a child does with its descriptors before it becomes a program.
#include "process/spawn_actions.hpp"

#include "call.hpp"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

namespace {

bool valid(int descriptor)
{
    return descriptor >= 0 && descriptor < sysconf(_SC_OPEN_MAX);
}

int append(posix_spawn_file_actions_t& list, const skl_spawn_action& action)
{
    if (list.__count == list.__room) {
        int room = list.__room ? 2 * list.__room : 8;
        void* grown = realloc(list.__actions, static_cast<size_t>(room) * sizeof *list.__actions);
        if (!grown)
            return ENOMEM;
        list.__actions = static_cast<__skl_spawn_action*>(grown);
        list.__room = room;
    }
    list.__actions[list.__count++] = {action};
    return 0;
}

int append_with_path(posix_spawn_file_actions_t& list, skl_spawn_action action, const char* path)
{
    char* copy = strdup(path);
    if (!copy)
        return ENOMEM;
    action.path = word(copy);
    int error = append(list, action);
    if (error)
        free(copy);
    return error;
}

skl_spawn_action on(uint32_t kind, int descriptor, int target = 0)
{
    skl_spawn_action action{};
    action.kind = kind;
    action.descriptor = descriptor;
    action.target = target;
    return action;
}

int append_on(posix_spawn_file_actions_t* list, uint32_t kind, int descriptor)
{
    return valid(descriptor) ? append(*list, on(kind, descriptor)) : EBADF;
}

}

extern "C" {

int posix_spawn_file_actions_init(posix_spawn_file_actions_t* list)
{
    *list = {};
    return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t* list)
{
    for (int i = 0; i < list->__count; i++)
        free(reinterpret_cast<void*>(list->__actions[i].path));
    free(list->__actions);
    *list = {};
    return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t* list, int descriptor, const char* path, int flags, mode_t mode)
{
    if (!valid(descriptor))
        return EBADF;
    int64_t linux_flags = linux_open_flags(flags);
    if (linux_flags < 0)
        return EINVAL;
    skl_spawn_action action = on(SKL_SPAWN_OPEN, descriptor);
    action.flags = static_cast<int32_t>(linux_flags);
    action.mode = mode;
    return append_with_path(*list, action, path);
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t* list, int descriptor, int target)
{
    return valid(descriptor) && valid(target) ? append(*list, on(SKL_SPAWN_DUP2, descriptor, target)) : EBADF;
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t* list, int descriptor)
{
    return append_on(list, SKL_SPAWN_CLOSE, descriptor);
}

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t* list, const char* path)
{
    return append_with_path(*list, on(SKL_SPAWN_CHDIR, 0), path);
}

int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t* list, int descriptor)
{
    return append_on(list, SKL_SPAWN_FCHDIR, descriptor);
}

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t* list, int descriptor)
{
    return append_on(list, SKL_SPAWN_CLOSEFROM, descriptor);
}

int posix_spawn_file_actions_addtcsetpgrp_np(posix_spawn_file_actions_t* list, int descriptor)
{
    return append_on(list, SKL_SPAWN_TCSETPGRP, descriptor);
}

}
