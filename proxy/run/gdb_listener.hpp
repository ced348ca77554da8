// SPDX-License-Identifier: MIT
// A TCP port on the loopback address for the debuggers of one user. Who steers an isle may do all that its user may, and where there are
// other users that address is no fence: so the owner of each connection's other end is looked up.
#pragma once

#include "base/descriptor.hpp"

#include <cstdint>
#include <string>

namespace skl {

// As sockets have them: in the order of the network.
struct TcpAddress {
    std::uint32_t address;
    std::uint16_t port;
};

// The user who owns the client's end of a connection, from the text of /proc/net/tcp; -1 if it is not there.
std::int64_t owner_of(TcpAddress client, TcpAddress server, const std::string& table);

class GdbListener {
public:
    explicit GdbListener(unsigned port); // 0: any that is free. Throws Failure

    int number() const { return socket_.number(); }
    unsigned port() const;
    // None if it was a stranger's; that is said.
    Descriptor accept() const;

private:
    Descriptor socket_;
};

}
