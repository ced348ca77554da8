// SPDX-License-Identifier: MIT
// What a handler of a signal means for the call that it interrupts.
#include "call.hpp"
#include "pthread.hpp"
#include "signal/state.hpp"

#include <kernel/thread.h>

namespace libos {
namespace {

constexpr int64_t interrupted = -4; // Linux's EINTR

// Never made again, whatever the handler asks for. [man7] signal(7)
bool ends_in_any_case(LinuxCall number)
{
    return number == LinuxCall::poll || number == LinuxCall::ppoll || number == LinuxCall::pselect6;
}

// [posix] 2.9.5.2, by Linux's numbers: read write close poll pread64 pwrite64 readv writev, connect accept sendto recvfrom sendmsg recvmsg,
// wait4, fsync fdatasync, waitid openat pselect6 ppoll accept4 preadv pwritev recvmmsg sendmmsg.
constexpr int cancellation_points[] = {0,  1,  3,  7,   17,  18,  19,  20,  42,  43,  44,  45, 46,
                                       47, 61, 74, 75, 247, 257, 270, 271, 288, 295, 296, 299, 307};

struct CallSet {
    uint64_t word[8]{};
    constexpr CallSet()
    {
        for (int number : cancellation_points)
            word[number / 64] |= uint64_t{1} << number % 64;
    }
    constexpr bool has(LinuxCall call) const
    {
        auto number = static_cast<uint64_t>(call);
        return number < 512 && (word[number / 64] >> number % 64 & 1);
    }
};
constexpr CallSet may_be_cancelled;

// A call may stand in a handler that has interrupted another one, to which an earlier handler has said that it is not to be made again.
class RestartsOfThisCall {
public:
    RestartsOfThisCall() : refused_before_(thread_signals.restart_refused) { thread_signals.restart_refused = false; }
    ~RestartsOfThisCall() { thread_signals.restart_refused |= refused_before_; }
    RestartsOfThisCall(const RestartsOfThisCall&) = delete;
    RestartsOfThisCall& operator=(const RestartsOfThisCall&) = delete;

private:
    bool refused_before_;
};

int64_t forward_until_done(LinuxCall number, const uint64_t (&words)[6])
{
    RestartsOfThisCall restarts;
    for (;;) {
        int64_t result = skl_forward(static_cast<uint32_t>(number), words);
        if (__builtin_expect(result != interrupted, 1))
            return result;
        bool again = handlers_restart();
        if (!again || ends_in_any_case(number))
            return result;
    }
}

}

// The only thread cannot be cancelled but by itself, which takes effect sooner or later.
int64_t forward_words(LinuxCall number, const uint64_t (&words)[6])
{
    if (__builtin_expect(skl_threaded, 0) && may_be_cancelled.has(number)) {
        CancellationPoint point;
        return forward_until_done(number, words);
    }
    return forward_until_done(number, words);
}

}
