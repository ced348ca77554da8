// SPDX-License-Identifier: MIT
// What a handler of a signal means for the call that it interrupts.
#include "call.hpp"
#include "signal/state.hpp"

namespace libos {
namespace {

constexpr int64_t interrupted = -4; // Linux's EINTR

// Never made again, whatever the handler asks for. [man7] signal(7)
bool ends_in_any_case(LinuxCall number)
{
    return number == LinuxCall::poll || number == LinuxCall::ppoll || number == LinuxCall::pselect6;
}

}

int64_t forward_words(LinuxCall number, const uint64_t (&words)[6])
{
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
