// SPDX-License-Identifier: MIT
// The list of private descriptors; written before the isle starts, only read afterwards.
#include "base/private_descriptors.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/resource.h>
#include <vector>

namespace skl {
namespace {

std::vector<int>& numbers()
{
    static std::vector<int> list;
    return list;
}

int lowest_wanted()
{
    constexpr rlim_t room = 16;
    constexpr rlim_t most = 1 << 16; // a table up to an unlimited number would cost memory
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    rlim_t top = std::min(limit.rlim_cur, most);
    return top > 2 * room ? static_cast<int>(top - room) : 3;
}

}

Descriptor make_private(Descriptor descriptor)
{
    int moved = ::fcntl(descriptor.number(), F_DUPFD_CLOEXEC, lowest_wanted());
    if (moved < 0)
        throw Failure(exit_launcher_failed, "no file descriptor left for the proxy itself", "raise the limit: ulimit -n");
    numbers().push_back(moved);
    return Descriptor(moved);
}

bool private_descriptor(int number)
{
    return std::find(numbers().begin(), numbers().end(), number) != numbers().end();
}

}
