// SPDX-License-Identifier: MIT
// Making a context, and the part of changing over that concerns signals.
#include "call.hpp"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <ucontext.h>

using namespace libos;

namespace {

constexpr size_t gregs = offsetof(ucontext_t, uc_mcontext);
static_assert(gregs == 40 && gregs + REG_RDI * 8 == 104 && gregs + REG_RCX * 8 == 152 && gregs + REG_RIP * 8 == 168);
static_assert(offsetof(ucontext_t, uc_mcontext.__reserved) == 232 && offsetof(ucontext_t, uc_sigmask) == 296);

constexpr int argument_registers[] = {REG_RDI, REG_RSI, REG_RDX, REG_RCX, REG_R8, REG_R9};
constexpr int in_registers = sizeof argument_registers / sizeof *argument_registers;

}

extern "C" {

void skl_context_end();

int skl_context_show_mask(sigset_t* mask)
{
    return pthread_sigmask(SIG_SETMASK, nullptr, mask);
}

int skl_context_take_mask(const sigset_t* mask)
{
    return pthread_sigmask(SIG_SETMASK, mask, nullptr);
}

// From skl_context_end.
void skl_context_ended(const ucontext_t* link)
{
    if (link)
        setcontext(link);
    pthread_exit(nullptr);
}

// As a call would have it: the return address, and above it, 16-byte aligned, what does not fit into registers.
void makecontext(ucontext_t* context, void (*function)(), int count, ...)
{
    greg_t* registers = context->uc_mcontext.gregs;
    int on_stack = count > in_registers ? count - in_registers : 0;
    uint64_t top = word(context->uc_stack.ss_sp) + context->uc_stack.ss_size;
    auto* stack = reinterpret_cast<uint64_t*>((top - static_cast<uint64_t>(on_stack) * 8) & ~uint64_t{15});
    va_list arguments;
    va_start(arguments, count);
    for (int i = 0; i < count; i++) {
        auto argument = va_arg(arguments, uint64_t);
        if (i < in_registers)
            registers[argument_registers[i]] = static_cast<greg_t>(argument);
        else
            stack[i - in_registers] = argument;
    }
    va_end(arguments);
    *--stack = reinterpret_cast<uint64_t>(skl_context_end);
    registers[REG_RSP] = static_cast<greg_t>(reinterpret_cast<uint64_t>(stack));
    registers[REG_RIP] = static_cast<greg_t>(reinterpret_cast<uint64_t>(function));
    registers[REG_RBX] = static_cast<greg_t>(reinterpret_cast<uint64_t>(context->uc_link));
    registers[REG_RBP] = 0;
}

}
