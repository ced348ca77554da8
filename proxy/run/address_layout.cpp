// SPDX-License-Identifier: MIT
// With `ulimit -s unlimited` or the legacy personality Linux maps upwards from the middle of our windows; both are undone by starting
// again, and the limit is given back to the program afterwards.
#include "run/address_layout.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "launch/windows.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <unistd.h>

namespace skl {
namespace {

constexpr const char* memory_variable = "SKELLIG_PROXY_RESTARTED"; // stack limit and AT_FLAGS of the first start
constexpr unsigned long preserve_argv0 = 1;                       // AT_FLAGS_PRESERVE_ARGV0

[[noreturn]] void start_again(char** argv, unsigned long flags)
{
    constexpr rlim_t ordinary_stack = 8 << 20;
    rlimit limit{};
    ::getrlimit(RLIMIT_STACK, &limit);
    ::setenv(memory_variable, fmt::format("{} {}", limit.rlim_cur, flags).c_str(), 1);
    limit.rlim_cur = ordinary_stack;
    ::setrlimit(RLIMIT_STACK, &limit);
    int persona = ::personality(0xffffffff);
    ::personality(static_cast<unsigned long>(persona & ~ADDR_COMPAT_LAYOUT));
    ::execv("/proc/self/exe", argv);
    throw Failure(exit_launcher_failed, fmt::format("cannot start the proxy again: {}", errno_text(errno)),
                  "mount /proc, or lower the stack limit: ulimit -s 8192");
}

unsigned long restore(const char* text)
{
    unsigned long long stack = 0;
    unsigned long flags = 0;
    if (std::sscanf(text, "%llu %lu", &stack, &flags) == 2) {
        rlimit limit{};
        ::getrlimit(RLIMIT_STACK, &limit);
        limit.rlim_cur = stack;
        ::setrlimit(RLIMIT_STACK, &limit);
    }
    ::unsetenv(memory_variable);
    return flags;
}

[[noreturn]] void refuse()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_AS, &limit);
    if (limit.rlim_cur != RLIM_INFINITY)
        throw Failure(exit_launcher_failed,
                      fmt::format("the isle's address ranges take some terabytes of address space, which is limited to {}",
                                  format_size(limit.rlim_cur)),
                      "lift the limit, which says nothing of memory: ulimit -v unlimited");
    throw Failure(exit_launcher_failed, "cannot reserve the isle's address ranges", "report this with the output of: cat /proc/self/maps");
}

}

bool settle_address_layout(char** argv)
{
    const char* restarted = std::getenv(memory_variable);
    bool room = reserve_windows();
    unsigned long flags = restarted ? restore(restarted) : ::getauxval(AT_FLAGS);
    if (!room) {
        rlimit limit{};
        ::getrlimit(RLIMIT_AS, &limit);
        if (restarted || limit.rlim_cur != RLIM_INFINITY)
            refuse();
        start_again(argv, flags);
    }
    return flags & preserve_argv0;
}

}
