// SPDX-License-Identifier: MIT
// A single forwarded call: take it from its slot, execute it, answer, kick a sleeper; and interrupting calls the isle has cancelled.
#include "delegate/executor.hpp"

#include "delegate/cancel_signal.hpp"
#include "delegate/table.hpp"

#include <skellig/ring_ops.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace skl {

void Executor::execute(std::uint32_t slot, std::uint32_t cpu)
{
    skl_slot request;
    skl_slot& shared = area_.slots()[slot];
    if (!skl_slot_take(&shared, &request))
        return;
    std::int64_t result = request.state & SKL_SLOT_CANCEL ? -EINTR : perform(request, cpu);
    skl_slot_complete(&shared, result);
    skl_full_fence(); // partner: the isle sets `sleeping`, fences, looks at its slot
    if (__atomic_load_n(&area_.percpu(cpu).sleeping, __ATOMIC_RELAXED))
        launch_.kick(cpu);
}

std::int64_t Executor::perform(const skl_slot& request, std::uint32_t cpu)
{
    const Call* call = find_call(request.number);
    std::int64_t result = -ENOSYS;
    if (call) {
        Invocation invocation(context_, *call, request.argument);
        result = invocation.execute();
    }
    if (result == -EPIPE)
        handle_broken_pipe();
    if (hooks_.trace)
        hooks_.trace(call, request, cpu, result);
    return result;
}

// Linux has sent SIGPIPE to this very thread, which blocks it, if the call is one that raises it.
void Executor::handle_broken_pipe()
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGPIPE);
    timespec now{};
    bool raised = ::sigtimedwait(&set, nullptr, &now) == SIGPIPE;
    if (raised && context_.dispositions.of(SIGPIPE) == Disposition::standard && hooks_.die_of)
        hooks_.die_of(SIGPIPE);
}

// True while a cancelled call has not come back: the signal may have arrived just before the call began, so it is sent again.
bool Executor::interrupt_cancelled()
{
    std::lock_guard guard(mutex_);
    bool any = false;
    for (Running& call : running_) {
        std::uint32_t state = __atomic_load_n(&area_.slots()[call.slot].state, __ATOMIC_ACQUIRE);
        call.cancelled |= (state & SKL_SLOT_CANCEL) != 0;
        if (call.cancelled)
            ::pthread_kill(call.thread, cancel_signal());
        any |= call.cancelled;
    }
    return any;
}

}
