// SPDX-License-Identifier: MIT
// Running handlers: on the thread's own stack or its second one, with what was interrupted shown as a ucontext_t.
#include "call.hpp"
#include "signal/frame.hpp"
#include "signal/state.hpp"

#include <kernel/process.h>
#include <kernel/signal.h>

namespace libos {

void (*cancel_action)() = nullptr;
void (*task_action)() = nullptr;

void collect_from_linux()
{
    if (skl_signals_arrived())
        skl_signals_distribute(skl_signals_take());
}

sigset_t deliverable()
{
    return pending() & ~(thread_signals.blocked | thread_signals.cancel_mask);
}

namespace {

// What waits for a handler is not the handler's: it may wait itself, or leave by siglongjmp().
class HandlerRuns {
public:
    HandlerRuns() : waited_for_(thread_signals.waits_for_handler)
    {
        thread_signals.waits_for_handler = false;
        thread_signals.handler_has_run = false;
    }
    ~HandlerRuns()
    {
        thread_signals.waits_for_handler = waited_for_;
        thread_signals.handler_has_run = waited_for_;
    }
    HandlerRuns(const HandlerRuns&) = delete;
    HandlerRuns& operator=(const HandlerRuns&) = delete;

private:
    bool waited_for_;
};

void call_handler(const struct sigaction& action, int signal, siginfo_t* info, ucontext_t* context, uint64_t interrupted_stack)
{
    auto* handler = reinterpret_cast<void (*)(int, void*, void*)>(action.sa_sigaction); // the plain kind takes the first alone
    const stack_t& second = thread_signals.stack;
    bool change = (action.sa_flags & SA_ONSTACK) && !(second.ss_flags & SS_DISABLE) && !on_stack(second, interrupted_stack);
    if (change)
        skl_call_on_stack(reinterpret_cast<uint64_t>(second.ss_sp) + second.ss_size, handler, signal, info, context);
    else
        handler(signal, info, context);
}

}

void run_handler(int signal, siginfo_t& info, const skl_trap* trap, const skl_interruption& interruption)
{
    struct sigaction action = action_of(signal);
    if (action.sa_flags & SA_RESETHAND)
        forget_handler(signal);
    ucontext_t context{};
    show_registers(context, interruption, trap);
    context.uc_sigmask = thread_signals.blocked;
    context.uc_stack = thread_signals.stack;
    change_mask(thread_signals.blocked | ((action.sa_mask | (action.sa_flags & SA_NODEFER ? 0 : signal_bit(signal))) & ~unblockable));
    int error = errno;
    HandlerRuns runs;
    call_handler(action, signal, &info, &context, interruption.registers->frame.rsp);
    errno = error;
    thread_signals.restart_refused |= !(action.sa_flags & SA_RESTART);
    change_mask(context.uc_sigmask & ~unblockable);
    take_registers(context, interruption);
}

void deliver_pending()
{
    if (skl_signals_waiting())
        skl_interrupt_self();
}

bool handlers_restart()
{
    collect_from_linux();
    deliver_pending();
    return !thread_signals.restart_refused;
}

}

using namespace libos;

extern "C" void skl_signals_held_off()
{
    sigset_t before = thread_signals.cancel_mask;
    thread_signals.cancel_mask = cancel_bit;
    deliver_pending();
    thread_signals.cancel_mask = before;
}

extern "C" int skl_signals_waiting()
{
    return deliverable() != 0 || thread_signals.handler_has_run;
}

extern "C" void skl_signals_deliver(const skl_interruption* interruption)
{
    collect_from_linux();
    siginfo_t info;
    while (int signal = take(deliverable(), info)) {
        if (signal == cancel_signal)
            cancel_action();
        if (signal == task_signal) {
            HandlerRuns runs;
            task_action();
            continue;
        }
        _sig_func_ptr handler = action_of(signal).sa_handler;
        if (handler == SIG_DFL)
            default_action(signal);
        else if (handler != SIG_IGN)
            run_handler(signal, info, nullptr, *interruption);
    }
}
