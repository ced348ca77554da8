// SPDX-License-Identifier: MIT
// Inheriting dispositions over exec.
#include "delegate/dispositions.hpp"

#include <csignal>

namespace skl {

void Dispositions::inherit()
{
    for (int signal = 1; signal < signals; signal++) {
        struct sigaction action{};
        if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            set(signal, Disposition::ignored);
    }
}

}
