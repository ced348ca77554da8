// SPDX-License-Identifier: MIT
// The proxy's signals: blocked in every thread, read by the main thread; and dying of one so that the shell sees the truth.
#pragma once

#include "base/descriptor.hpp"

namespace skl {

enum class DefaultAction { terminate, stop, ignore };
DefaultAction default_action(int signal);

// Blocks what the main thread reads, and lets terminal stops of workers reach it. Returns the signalfd. Before any thread.
Descriptor take_signals();

// The next pending signal, or 0.
int next_signal(const Descriptor& signals);

// Takes this one if it is pending: any thread.
bool take_pending(int signal);

// Ends the process by the signal itself, without a core file: the memory of interest is the isle's.
[[noreturn]] void die_of(int signal);

// Stops the process as the terminal asked, until SIGCONT.
void stop_self(int signal);

}
