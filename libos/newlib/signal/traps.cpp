// SPDX-License-Identifier: MIT
// Exceptions of the program's own instructions as signals. One that nobody handles is left to the monitor, whose record shows it.
#include "signal/frame.hpp"
#include "signal/state.hpp"

#include <kernel/memory.h>
#include <kernel/thread.h>
#include <stdint.h>

using namespace libos;

namespace {

constexpr uint32_t divide = 0, debug = 1, breakpoint = 3, overflow = 4, bounds = 5, invalid_opcode = 6, stack_fault = 12, page_fault = 14,
                   x87_error = 16, alignment = 17, vector_error = 19;
constexpr uint64_t red_zone = 128;
constexpr uint64_t frame_room = 16384; // registers, vector state, siginfo and ucontext, and a little for the handler

// Offsets in the XSAVE image. [sdm/1] 10.5.1
struct FloatState {
    uint16_t control, status;
    uint8_t unused[20];
    uint32_t mxcsr;
};

// The lowest of the exceptions that are flagged and not masked, bits as both units have them.
int float_code(unsigned flagged)
{
    if (flagged & 1)
        return FPE_FLTINV;
    if (flagged & 4)
        return FPE_FLTDIV;
    if (flagged & 8)
        return FPE_FLTOVF;
    if (flagged & (16 | 2)) // underflow, denormal operand
        return FPE_FLTUND;
    return flagged & 32 ? FPE_FLTRES : FPE_FLTINV;
}

int signal_of(const skl_trap& trap)
{
    switch (trap.vector) {
    case divide:
    case x87_error:
    case vector_error:
        return SIGFPE;
    case debug:
    case breakpoint:
        return SIGTRAP;
    case invalid_opcode:
        return SIGILL;
    case alignment:
    case stack_fault:
        return SIGBUS;
    default:
        return SIGSEGV;
    }
}

int code_of(const skl_trap& trap, const void* vectors)
{
    const auto& state = *static_cast<const FloatState*>(vectors);
    switch (trap.vector) {
    case divide:
        return FPE_INTDIV;
    case debug:
        return TRAP_TRACE;
    case invalid_opcode:
        return ILL_ILLOPN;
    case page_fault:
        return trap.error & 1 ? SEGV_ACCERR : SEGV_MAPERR;
    case x87_error:
        return float_code(state.status & ~state.control & 0x3fu);
    case vector_error:
        return float_code(state.mxcsr & ~(state.mxcsr >> 7) & 0x3fu);
    case alignment:
        return BUS_ADRALN;
    default:
        return SI_KERNEL;
    }
}

// Room that is certainly there, so that building the frame cannot fault: the rest of the thread's stack, or its second one.
bool has_room(uint64_t stack_pointer)
{
    skl_stack stack = skl_thread_stack(nullptr);
    return stack_pointer > stack.base && stack_pointer - stack.base <= stack.size && stack_pointer - stack.base > frame_room + red_zone;
}

}

extern "C" uint64_t skl_trap_stack(const skl_trap* trap, const skl_registers* registers)
{
    int signal = signal_of(*trap);
    struct sigaction action = action_of(signal);
    if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN || (thread_signals.blocked & signal_bit(signal)))
        return 0;
    const stack_t& second = thread_signals.stack;
    uint64_t at = registers->frame.rsp;
    if ((action.sa_flags & SA_ONSTACK) && !(second.ss_flags & SS_DISABLE)) {
        auto base = reinterpret_cast<uint64_t>(second.ss_sp);
        if (!on_stack(second, at))
            return base + second.ss_size;
        return at - base > MINSIGSTKSZ ? at - red_zone : 0;
    }
    return has_room(at) ? at - red_zone : 0;
}

extern "C" void skl_trap_handle(const skl_trap* trap, const skl_interruption* interruption)
{
    siginfo_t info{};
    info.si_signo = signal_of(*trap);
    info.si_code = code_of(*trap, interruption->vectors);
    bool by_data = trap->vector == page_fault;
    info.si_addr = reinterpret_cast<void*>(by_data ? trap->address : interruption->registers->frame.rip);
    run_handler(info.si_signo, info, trap, *interruption);
}
