// SPDX-License-Identifier: MIT
// What the program does on each signal, as far as the proxy must know: die, ignore, or handle itself.
#pragma once

#include <atomic>
#include <csignal>
#include <cstdint>
#include <mutex>

namespace skl {

enum class Disposition : std::uint8_t { standard, ignored, handled };

class Dispositions {
public:
    static constexpr int signals = 65;

    Disposition of(int signal) const { return table_[signal].load(std::memory_order_relaxed); }
    void set(int signal, Disposition disposition) { table_[signal].store(disposition, std::memory_order_relaxed); }

    // The isle's change of mind, put into effect in this process too as far as Linux acts on it: programs that it starts inherit what is
    // ignored, and children of whoever ignores SIGCHLD leave nothing to wait for. `flags`: of SIGCHLD's sigaction.
    void change(int signal, Disposition disposition, std::uint64_t flags);

    // What the shell had ignored for us stays ignored.
    void inherit();

    // Held from taking a signal of Linux's to having acted on it, and while a disposition changes: what came before meets the old one.
    std::mutex& order() { return order_; }

private:
    std::mutex order_;
    struct sigaction own_[signals]{}; // guarded by order_: the proxy's, for as long as a signal is not ignored
    std::atomic<Disposition> table_[signals]{};
};

}
