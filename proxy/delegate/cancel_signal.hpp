// SPDX-License-Identifier: MIT
// The signal that makes a blocked worker return from its call with EINTR.
#pragma once

#include <csignal>

namespace skl {

inline int cancel_signal()
{
    return SIGRTMIN + 5; // a real-time signal no common library takes
}

// A handler that does nothing, without SA_RESTART. Once, before the executor.
inline void install_cancel_signal()
{
    struct sigaction action{};
    action.sa_handler = [](int) {};
    ::sigaction(cancel_signal(), &action, nullptr);
}

}
