// SPDX-License-Identifier: MIT
// The mask of the calling thread, what is pending for it, and its second stack.
#include "call.hpp"
#include "signal/state.hpp"

using namespace libos;

extern "C" {

// Returns the error instead of setting errno.
int pthread_sigmask(int how, const sigset_t* set, sigset_t* old)
{
    sigset_t before = thread_signals.blocked;
    if (set) {
        sigset_t after;
        if (how == SIG_BLOCK)
            after = before | *set;
        else if (how == SIG_UNBLOCK)
            after = before & ~*set;
        else if (how == SIG_SETMASK)
            after = *set;
        else
            return EINVAL;
        change_mask(after & ~unblockable);
    }
    if (old)
        *old = before;
    deliver_pending();
    return 0;
}

int sigprocmask(int how, const sigset_t* set, sigset_t* old)
{
    int error = pthread_sigmask(how, set, old);
    return error ? static_cast<int>(fail(error)) : 0;
}

int sigpending(sigset_t* set)
{
    collect_from_linux();
    *set = pending() & thread_signals.blocked;
    return 0;
}

int sigaltstack(const stack_t* stack, stack_t* old)
{
    stack_t& mine = thread_signals.stack;
    bool used = on_stack(mine, reinterpret_cast<uint64_t>(__builtin_frame_address(0)));
    stack_t before = mine;
    if (used)
        before.ss_flags |= SS_ONSTACK;
    if (stack) {
        if (used)
            return static_cast<int>(fail(EPERM));
        if (stack->ss_flags & ~(SS_DISABLE | SS_ONSTACK))
            return static_cast<int>(fail(EINVAL));
        bool disable = stack->ss_flags & SS_DISABLE;
        if (!disable && stack->ss_size < MINSIGSTKSZ)
            return static_cast<int>(fail(ENOMEM));
        mine = disable ? stack_t{nullptr, SS_DISABLE, 0} : stack_t{stack->ss_sp, 0, stack->ss_size};
    }
    if (old)
        *old = before;
    return 0;
}

}
