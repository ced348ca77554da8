// SPDX-License-Identifier: MIT
// What a CPU owes to others whenever it waits in ring 0: mailbox commands, flushes, stop, the end of the isle.
#pragma once

#include "../base/atomic.h"
#include "../arch/x86_64/instructions.h"
#include "cpu.h"

namespace skl {

// Does whatever is asked of this CPU. Does not return when that means to leave ring 3's call: PARK, stop, end of the isle.
void serve(Cpu& cpu);

// Spins until done() says so, serving meanwhile.
template <typename Done>
void wait_until(Cpu& cpu, Done done)
{
    while (!done()) {
        serve(cpu);
        cpu::pause();
    }
}

} // namespace skl
