// SPDX-License-Identifier: MIT
// Waiting for descriptors, with another signal mask meanwhile if wanted: the mask is ours, Linux need not know.
#include "call.hpp"
#include "signal/meanwhile.hpp"

#include <poll.h>
#include <sys/select.h>
#include <time.h>

using namespace libos;

static_assert(sizeof(fd_set) == 128); // Linux's, bit for bit

extern "C" {

int poll(pollfd* descriptors, nfds_t count, int milliseconds)
{
    return call_int(LinuxCall::poll, descriptors, count, milliseconds);
}

int ppoll(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask)
{
    MaskMeanwhile masked(mask);
    timespec left = timeout ? *timeout : timespec{}; // Linux writes the rest there
    return call_int(LinuxCall::ppoll, descriptors, count, timeout ? &left : nullptr, nullptr, 0);
}

int pselect(int count, fd_set* readable, fd_set* writable, fd_set* exceptional, const timespec* timeout, const sigset_t* mask)
{
    MaskMeanwhile masked(mask);
    timespec left = timeout ? *timeout : timespec{};
    return call_int(LinuxCall::pselect6, count, readable, writable, exceptional, timeout ? &left : nullptr, nullptr);
}

int select(int count, fd_set* readable, fd_set* writable, fd_set* exceptional, timeval* timeout)
{
    if (!timeout)
        return pselect(count, readable, writable, exceptional, nullptr, nullptr);
    if (timeout->tv_sec < 0 || timeout->tv_usec < 0)
        return static_cast<int>(fail(EINVAL));
    timespec converted{timeout->tv_sec + timeout->tv_usec / 1'000'000, timeout->tv_usec % 1'000'000 * 1000};
    return pselect(count, readable, writable, exceptional, &converted, nullptr);
}

}
