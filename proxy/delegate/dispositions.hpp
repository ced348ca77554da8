// SPDX-License-Identifier: MIT
// What the program does on each signal, as far as the proxy must know: die, ignore, or handle itself.
#pragma once

#include <atomic>
#include <cstdint>

namespace skl {

enum class Disposition : std::uint8_t { standard, ignored, handled };

class Dispositions {
public:
    static constexpr int signals = 65;

    Disposition of(int signal) const { return table_[signal].load(std::memory_order_relaxed); }
    void set(int signal, Disposition disposition) { table_[signal].store(disposition, std::memory_order_relaxed); }

    // What the shell had ignored for us stays ignored.
    void inherit();

private:
    std::atomic<Disposition> table_[signals]{};
};

}
