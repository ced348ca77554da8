// SPDX-License-Identifier: MIT
// libos's part of api/kernel/signal.h where there is no libos: no signal is ever pending, no trap is handled.
#include <kernel/signal.h>

#include <cstdint>

extern "C" {

void skl_signals_distribute(std::uint64_t)
{
}

void skl_signals_deliver(const skl_interruption*)
{
}

void skl_signals_held_off()
{
}

int skl_signals_waiting()
{
    return 0;
}

std::uint64_t skl_trap_stack(const skl_trap*, const skl_registers*)
{
    return 0;
}

void skl_trap_handle(const skl_trap*, const skl_interruption*)
{
}

void skl_syscall_instruction(skl_registers*)
{
}

}
