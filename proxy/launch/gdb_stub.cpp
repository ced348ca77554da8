// SPDX-License-Identifier: MIT
// A few packets: M (write), Z and z (set a breakpoint, take it out), c (continue), the stop reply. The other side is QEMU, and no more
// trusted than the isle in it.
#include "launch/gdb_stub.hpp"

#include "base/failure.hpp"
#include "base/private_descriptors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace skl {

std::string gdb_packet(const std::string& body)
{
    unsigned sum = 0;
    for (char letter : body)
        sum += static_cast<unsigned char>(letter);
    return fmt::format("${}#{:02x}", body, sum & 0xff);
}

GdbStub::GdbStub()
{
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        throw Failure(exit_launcher_failed, fmt::format("cannot make the debugger's socket: {}", errno_text(errno)));
    Descriptor ours(pair[0]), theirs(pair[1]);
    ours_ = make_private(std::move(ours));
    theirs_ = make_private(std::move(theirs));
}

bool GdbStub::send(const std::string& body)
{
    std::string packet = gdb_packet(body);
    return ::send(ours_.number(), packet.data(), packet.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(packet.size());
}

std::optional<char> GdbStub::next(std::chrono::steady_clock::time_point deadline)
{
    auto left = std::chrono::ceil<Patience>(deadline - std::chrono::steady_clock::now());
    pollfd poll{ours_.number(), POLLIN, 0};
    char letter;
    if (::poll(&poll, 1, static_cast<int>(std::max<Patience::rep>(left.count(), 0))) <= 0 || ::recv(ours_.number(), &letter, 1, 0) != 1)
        return std::nullopt;
    return letter;
}

// What stands between $ and #; nothing when none comes in time.
std::optional<std::string> GdbStub::answer(Patience patience)
{
    constexpr std::size_t longest = 4096;
    auto deadline = std::chrono::steady_clock::now() + patience;
    std::string body;
    bool inside = false;
    while (auto letter = next(deadline)) {
        if (inside && *letter == '#') {
            next(deadline); // the sum: a socket loses nothing
            next(deadline);
            return ::send(ours_.number(), "+", 1, MSG_NOSIGNAL) == 1 ? std::optional(body) : std::nullopt;
        }
        if (inside)
            body += *letter;
        inside |= *letter == '$';
        if (body.size() > longest)
            break;
    }
    return std::nullopt;
}

void GdbStub::run()
{
    send("c");
}

bool GdbStub::asks(const std::string& body, std::string_view expected, Patience patience)
{
    if (!send(body))
        return false;
    auto reply = answer(patience);
    return reply && reply->starts_with(expected);
}

// The code goes back through the stub, since an emulator has translated what stood there.
bool GdbStub::hold_at(std::uint64_t address, std::span<const std::byte> code, Patience patience)
{
    std::string bytes, breakpoint = fmt::format("0,{:x},1", address);
    for (std::byte byte : code)
        bytes += fmt::format("{:02x}", static_cast<unsigned>(byte));
    if (::send(ours_.number(), "\x03", 1, MSG_NOSIGNAL) != 1 || !answer(patience))
        return false;
    return asks(fmt::format("M{:x},{:x}:{}", address, code.size(), bytes), "OK", patience) && asks("Z" + breakpoint, "OK", patience) &&
           asks("c", "T05", patience) && asks("z" + breakpoint, "OK", patience);
}

}
