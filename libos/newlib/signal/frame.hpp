// SPDX-License-Identifier: MIT
// The library kernel's registers as Linux's ucontext_t, and back; handlers of one signal.
#pragma once

#include <kernel/signal.h>
#include <signal.h>

namespace libos {

// `trap` may be null: the signal came from elsewhere.
void show_registers(ucontext_t& context, const skl_interruption& interruption, const skl_trap* trap);
// What the handler has changed. Flags that ring 3 may not change are the processor's business.
void take_registers(const ucontext_t& context, const skl_interruption& interruption);

void run_handler(int signal, siginfo_t& info, const skl_trap* trap, const skl_interruption& interruption);

}
