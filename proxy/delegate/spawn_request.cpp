// SPDX-License-Identifier: MIT
// Every address is checked, every string has to end, and all of it together has a limit.
#include "delegate/spawn_request.hpp"

#include "base/private_descriptors.hpp"

#include <cerrno>
#include <climits>

namespace skl {
namespace {

constexpr std::uint64_t longest_string = 128 << 10; // Linux's MAX_ARG_STRLEN
constexpr std::uint64_t address_size = sizeof(std::uint64_t);

class Reader {
public:
    explicit Reader(const Invocation& call) : call_(call) {}

    std::int64_t path(std::uint64_t address, std::string& copy)
    {
        if (std::int64_t error = call_.copy_text(address, PATH_MAX, -ENAMETOOLONG, copy))
            return error;
        return spend(copy.size() + 1);
    }

    std::int64_t strings(std::uint64_t array, std::vector<std::string>& copies);
    std::int64_t actions(const skl_spawn& request, std::vector<SpawnAction>& copies);

private:
    std::int64_t spend(std::uint64_t bytes)
    {
        if (bytes > left_)
            return -E2BIG;
        left_ -= bytes;
        return 0;
    }

    const Invocation& call_;
    std::uint64_t left_ = SKL_SPAWN_MAX_BYTES;
};

std::int64_t Reader::strings(std::uint64_t array, std::vector<std::string>& copies)
{
    if (array == 0)
        return 0;
    for (std::uint64_t at = array;; at += address_size) {
        std::uint64_t string;
        if (std::int64_t error = spend(address_size))
            return error;
        if (std::int64_t error = call_.copy_in(at, string))
            return error;
        if (string == 0)
            return 0;
        if (std::int64_t error = call_.copy_text(string, longest_string, -E2BIG, copies.emplace_back()))
            return error;
        if (std::int64_t error = spend(copies.back().size() + 1))
            return error;
    }
}

// The child has a table of its own, so the proxy's descriptors may be closed and replaced there, but not used.
bool uses_private(const skl_spawn_action& action)
{
    switch (action.kind) {
    case SKL_SPAWN_DUP2:
    case SKL_SPAWN_FCHDIR:
    case SKL_SPAWN_TCSETPGRP:
        return private_descriptor(action.descriptor);
    default:
        return false;
    }
}

std::int64_t Reader::actions(const skl_spawn& request, std::vector<SpawnAction>& copies)
{
    if (request.action_count > SKL_SPAWN_MAX_ACTIONS)
        return -E2BIG;
    if (request.action_count > 0 && request.actions == 0)
        return -EFAULT;
    for (std::uint32_t i = 0; i < request.action_count; i++) {
        SpawnAction& action = copies.emplace_back();
        if (std::int64_t error = call_.copy_in(request.actions + i * sizeof action.fixed, action.fixed))
            return error;
        if (uses_private(action.fixed))
            return -EBADF;
        if (action.fixed.kind == SKL_SPAWN_OPEN || action.fixed.kind == SKL_SPAWN_CHDIR)
            if (std::int64_t error = path(action.fixed.path, action.path))
                return error;
    }
    return 0;
}

// An empty entry of the list is the working folder.
std::vector<std::string> split(const std::string& list)
{
    std::vector<std::string> folders;
    std::size_t begin = 0;
    for (std::size_t end; (end = list.find(':', begin)) != std::string::npos; begin = end + 1)
        folders.push_back(list.substr(begin, end - begin));
    folders.push_back(list.substr(begin));
    return folders;
}

}

std::int64_t read_spawn_request(const Invocation& call, std::uint64_t address, SpawnRequest& request)
{
    if (address == 0)
        return -EFAULT;
    if (std::int64_t error = call.copy_in(address, request.fixed))
        return error;
    if ((request.fixed.flags & ~SKL_SPAWN_FLAGS) || request.fixed.reserved)
        return -EINVAL;
    Reader reader(call);
    if (std::int64_t error = reader.path(request.fixed.path, request.path))
        return error;
    if (request.path.empty())
        return -ENOENT;
    if (request.fixed.search && request.path.find('/') == std::string::npos) {
        std::string list;
        if (std::int64_t error = call.copy_text(request.fixed.search, longest_string, -E2BIG, list))
            return error;
        request.folders = split(list);
    }
    if (std::int64_t error = reader.strings(request.fixed.arguments, request.arguments))
        return error;
    if (std::int64_t error = reader.strings(request.fixed.environment, request.environment))
        return error;
    return reader.actions(request.fixed, request.actions);
}

}
