// SPDX-License-Identifier: MIT
// Bytes pass unchanged, but for `detach`: after it QEMU's stub would serve nobody any more, so the machine is told to go on instead, and
// stopped when the next gdb comes.
#include "run/debugger.hpp"

#include "base/failure.hpp"
#include "base/private_descriptors.hpp"
#include "launch/gdb_stub.hpp"
#include "node/device.hpp"

#include <fmt/format.h>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace skl {
namespace {

// What the other side does not take is lost: it has ended.
void give(int to, std::string_view bytes)
{
    while (!bytes.empty()) {
        ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

// Empty at the end.
std::string take(int from)
{
    char bytes[4096];
    ssize_t size = ::recv(from, bytes, sizeof bytes, 0);
    return std::string(bytes, size > 0 ? static_cast<std::size_t>(size) : 0);
}

bool readable(int socket, int patience_ms)
{
    pollfd poll{socket, POLLIN, 0};
    return ::poll(&poll, 1, patience_ms) > 0;
}

// gdb has numbers of its own for signals; the oldest are everyone's.
int gdb_signal(int signal)
{
    switch (signal) {
    case SIGBUS:
        return 10;
    case SIGUSR1:
        return 30;
    case SIGUSR2:
        return 31;
    case SIGSYS:
        return 12;
    default:
        return signal;
    }
}

}

std::string end_packet(int status, int signal)
{
    return gdb_packet(signal ? fmt::format("X{:02x}", gdb_signal(signal)) : fmt::format("W{:02x}", status & 0xff));
}

Debugger::Debugger(unsigned port)
    : listener_(port), client_(make_private(Descriptor(::fcntl(listener_.number(), F_DUPFD_CLOEXEC, 0))))
{
}

void Debugger::serve(int stub, const std::string& program)
{
    stub_ = stub;
    say(fmt::format("proxy: waiting for gdb: gdb {} -ex 'target remote 127.0.0.1:{}'", program, listener_.port()));
    thread_ = std::thread([this] { relay(); });
}

void Debugger::admit()
{
    Descriptor connection = listener_.accept();
    if (!connection)
        return;
    if (!first_)
        stop_machine();
    first_ = false;
    connected_ = ::dup3(connection.number(), client_.number(), O_CLOEXEC) >= 0;
}

// It may stand already, where a gdb has died: then there is no answer.
void Debugger::stop_machine()
{
    constexpr int quiet_ms = 200;
    give(stub_, "\x03");
    while (readable(stub_, quiet_ms) && !take(stub_).empty()) {
    }
}

// False when gdb has gone. A dollar sign stands only at the beginning of a packet; the rest of this one means nothing without it.
bool Debugger::from_gdb()
{
    std::string bytes = take(client_.number());
    std::size_t detach = bytes.find("$D");
    give(stub_, std::string_view(bytes).substr(0, detach));
    if (detach != std::string::npos) {
        give(client_.number(), "+" + gdb_packet("OK"));
        give(stub_, gdb_packet("c"));
    }
    return !bytes.empty();
}

// Until the machine ends.
void Debugger::relay()
{
    for (;;) {
        pollfd polls[] = {{stub_, POLLIN, 0}, {connected_ ? client_.number() : listener_.number(), POLLIN, 0}};
        ::poll(polls, 2, -1);
        if (polls[0].revents) {
            std::string bytes = take(stub_);
            if (bytes.empty())
                return;
            if (connected_)
                give(client_.number(), bytes);
        }
        if (polls[1].revents && !connected_)
            admit();
        else if (polls[1].revents && !from_gdb()) {
            ::dup3(listener_.number(), client_.number(), O_CLOEXEC); // closes the connection, keeps the place
            connected_ = false;
        }
    }
}

void Debugger::tell_end(int status, int signal)
{
    constexpr int patience_ms = 1000;
    thread_.join();
    if (!connected_)
        return;
    give(client_.number(), end_packet(status, signal));
    // Until it is acknowledged: closing a connection with something unread in it could take the packet back.
    for (std::string answer = "-"; !answer.empty() && answer.find('+') == std::string::npos && readable(client_.number(), patience_ms);)
        answer = take(client_.number());
}

std::optional<Debugger> debugger_for(const Settings& settings)
{
    if (!settings.qemu.debug)
        return std::nullopt;
    if (settings.engine == Engine::metal || (settings.engine == Engine::automatic && device_obstacle().empty()))
        throw Failure(exit_launcher_failed, "HERMIT_DEBUG: an isle on lent cores cannot be debugged", "run it in QEMU: HERMIT_ISLE=qemu");
    return std::optional<Debugger>(std::in_place, settings.qemu.debug_port);
}

}
