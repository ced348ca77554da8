// SPDX-License-Identifier: MIT
// Sets of signals.
#include "call.hpp"
#include "signal/state.hpp"

using namespace libos;

namespace {

// A set may hold those that are kept back, too.
bool in_range(int signal)
{
    return signal > 0 && signal <= highest_signal;
}

}

extern "C" {

int sigaddset(sigset_t* set, int signal)
{
    if (!in_range(signal))
        return static_cast<int>(fail(EINVAL));
    *set |= signal_bit(signal);
    return 0;
}

int sigdelset(sigset_t* set, int signal)
{
    if (!in_range(signal))
        return static_cast<int>(fail(EINVAL));
    *set &= ~signal_bit(signal);
    return 0;
}

int sigismember(const sigset_t* set, int signal)
{
    if (!in_range(signal))
        return static_cast<int>(fail(EINVAL));
    return (*set & signal_bit(signal)) != 0;
}

int sigemptyset(sigset_t* set)
{
    *set = 0;
    return 0;
}

int sigfillset(sigset_t* set)
{
    *set = ~sigset_t{0};
    return 0;
}

int sigisemptyset(const sigset_t* set)
{
    return *set == 0;
}

int sigandset(sigset_t* result, const sigset_t* left, const sigset_t* right)
{
    *result = *left & *right;
    return 0;
}

int sigorset(sigset_t* result, const sigset_t* left, const sigset_t* right)
{
    *result = *left | *right;
    return 0;
}

}
