// SPDX-License-Identifier: MIT
// HERMIT_DEBUG: gdbs on this machine, one after the other, speak to QEMU's stub through the proxy, which tells them how the program ended.
#pragma once

#include "base/descriptor.hpp"
#include "run/gdb_listener.hpp"
#include "run/settings.hpp"

#include <optional>
#include <string>
#include <thread>

namespace skl {

// gdb's packet for an end with this exit status, or by this signal if there is one.
std::string end_packet(int status, int signal);

class Debugger {
public:
    // Listens. Throws Failure.
    explicit Debugger(unsigned port);

    // Says where a gdb can connect, and passes on between it and the stub, in a thread of its own, while the machine lives.
    void serve(int stub, const std::string& program);
    // When the machine is gone.
    void tell_end(int status, int signal);

private:
    void relay();
    void admit();
    bool from_gdb();
    void stop_machine();

    GdbListener listener_;
    Descriptor client_; // a place in the table that is kept for it: the isle's calls must not meet it
    bool connected_ = false;
    bool first_ = true;
    int stub_ = -1;
    std::thread thread_;
};

// Where HERMIT_DEBUG asks for one. Throws Failure if the isle would be on lent cores.
std::optional<Debugger> debugger_for(const Settings& settings);

}
