// SPDX-License-Identifier: MIT
// The table has the client's row for as long as its end is open, which is when it matters.
#include "run/gdb_listener.hpp"

#include "base/failure.hpp"
#include "base/private_descriptors.hpp"
#include "base/read_file.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

namespace skl {
namespace {

sockaddr* plain(sockaddr_in& address)
{
    return reinterpret_cast<sockaddr*>(&address);
}

Descriptor listen_on(unsigned port)
{
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    int one = 1; // what is left of the last session is no obstacle
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket.number(), plain(address), sizeof address) != 0 || ::listen(socket.number(), 1) != 0)
        throw Failure(exit_launcher_failed, fmt::format("HERMIT_DEBUG: port {} of 127.0.0.1: {}", port, errno_text(errno)),
                      "choose another: HERMIT_GDB_PORT=1235, or 0 for any that is free");
    return socket;
}

TcpAddress name_of(int socket, int (*ask)(int, sockaddr*, socklen_t*))
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ask(socket, plain(address), &size);
    return {address.sin_addr.s_addr, address.sin_port};
}

bool may_debug(int connection)
{
    std::int64_t owner = owner_of(name_of(connection, ::getpeername), name_of(connection, ::getsockname),
                                  read_text("/proc/net/tcp").value_or(""));
    if (owner == 0 || owner == ::geteuid())
        return true;
    say(owner < 0 ? "proxy: refused a debugger whose user is not known" : fmt::format("proxy: refused a debugger of user {}", owner));
    return false;
}

}

std::int64_t owner_of(TcpAddress client, TcpAddress server, const std::string& table)
{
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
        unsigned from, from_port, to, to_port, owner;
        int found = std::sscanf(line.c_str(), " %*u: %x:%x %x:%x %*x %*x:%*x %*x:%*x %*x %u", &from, &from_port, &to, &to_port, &owner);
        if (found == 5 && from == client.address && from_port == ntohs(client.port) && to == server.address && to_port == ntohs(server.port))
            return owner;
    }
    return -1;
}

GdbListener::GdbListener(unsigned port) : socket_(make_private(listen_on(port))) {}

unsigned GdbListener::port() const
{
    return ntohs(name_of(socket_.number(), ::getsockname).port);
}

Descriptor GdbListener::accept() const
{
    Descriptor connection(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection || !may_debug(connection.number()))
        return Descriptor();
    int one = 1; // packets are short and answered one by one
    ::setsockopt(connection.number(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return connection;
}

}
