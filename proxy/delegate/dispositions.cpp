// SPDX-License-Identifier: MIT
// Inheriting dispositions over exec, and passing them on.
#include "delegate/dispositions.hpp"

#include "delegate/cancel_signal.hpp"

namespace skl {

void Dispositions::inherit()
{
    for (int signal = 1; signal < signals; signal++) {
        struct sigaction action{};
        if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            set(signal, Disposition::ignored);
    }
}

// The proxy blocks signals and reads them from a descriptor, which works for ignored ones, too; a fault of its own ends it all the same.
void Dispositions::change(int signal, Disposition disposition, std::uint64_t flags)
{
    std::lock_guard guard(order_);
    struct sigaction now{};
    if (signal != cancel_signal() && ::sigaction(signal, nullptr, &now) == 0) { // not one of the C library's
        struct sigaction ignore{};
        ignore.sa_handler = SIG_IGN;
        bool was_ignored = now.sa_handler == SIG_IGN;
        if (!was_ignored)
            own_[signal] = now;
        struct sigaction next = disposition == Disposition::ignored ? ignore : own_[signal];
        if (signal == SIGCHLD)
            next.sa_flags = static_cast<int>(flags & (SA_NOCLDSTOP | SA_NOCLDWAIT));
        if (was_ignored)
            ::sigaction(signal, &ignore, nullptr); // forgets what has come meanwhile, and waits because it is blocked
        ::sigaction(signal, &next, nullptr);
    }
    set(signal, disposition);
}

}
