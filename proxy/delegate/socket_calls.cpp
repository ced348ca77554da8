// SPDX-License-Identifier: MIT
// Sockets of the host, used by the isle as any process of its user would.
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <sys/syscall.h>

namespace skl {
namespace {

using namespace row;

constexpr Argument length_word = in_out_one<std::uint32_t>();
constexpr Argument address_in(std::uint8_t length) { return in(length); }

// The header is copied, its arrays checked; what the kernel writes into the header goes back.
std::int64_t message(Invocation& call)
{
    std::uint64_t at = call.argument(1);
    msghdr header{};
    if (at == 0)
        return -EFAULT;
    if (std::int64_t error = call.copy_in(at, header))
        return error;
    std::vector<iovec> vectors;
    auto address = [](const void* pointer) { return reinterpret_cast<std::uint64_t>(pointer); };
    if (std::int64_t error = call.copy_vectors(address(header.msg_iov), header.msg_iovlen, vectors))
        return error;
    if (std::int64_t error = call.check_range(address(header.msg_name), header.msg_namelen))
        return error;
    if (std::int64_t error = call.check_range(address(header.msg_control), header.msg_controllen))
        return error;
    header.msg_iov = vectors.data();
    call.argument(1) = address(&header);
    std::int64_t result = call.pass_on();
    auto* theirs = reinterpret_cast<msghdr*>(at);
    theirs->msg_namelen = header.msg_namelen;
    theirs->msg_controllen = header.msg_controllen;
    theirs->msg_flags = header.msg_flags;
    return result;
}

// Sending without a copy would pin pages of the isle.
std::int64_t set_option(Invocation& call)
{
    if (call.argument(1) == SOL_SOCKET && call.argument(2) == SO_ZEROCOPY)
        return -EOPNOTSUPP;
    return call.pass_on();
}

constexpr Call calls[] = {
    {SYS_socket, "socket", {value, value, value}},
    {SYS_socketpair, "socketpair", {value, value, value, out_bytes(8)}},
    {SYS_connect, "connect", {fd, address_in(2), value}, nullptr, true},
    {SYS_bind, "bind", {fd, address_in(2), value}},
    {SYS_listen, "listen", {fd, value}},
    {SYS_accept, "accept", {fd, out_counted(2), length_word}, nullptr, true},
    {SYS_accept4, "accept4", {fd, out_counted(2), length_word, value}, nullptr, true},
    {SYS_sendto, "sendto", {fd, in(2), value, value, address_in(5), value}, nullptr, true},
    {SYS_recvfrom, "recvfrom", {fd, out(2), value, value, out_counted(5), length_word}, nullptr, true},
    {SYS_sendmsg, "sendmsg", {fd, value, value}, message, true},
    {SYS_recvmsg, "recvmsg", {fd, value, value}, message, true},
    {SYS_shutdown, "shutdown", {fd, value}},
    {SYS_getsockopt, "getsockopt", {fd, value, value, out_counted(4), length_word}},
    {SYS_setsockopt, "setsockopt", {fd, value, value, in(4), value}, set_option},
    {SYS_getsockname, "getsockname", {fd, out_counted(2), length_word}},
    {SYS_getpeername, "getpeername", {fd, out_counted(2), length_word}},
};

}

std::span<const Call> socket_calls()
{
    return calls;
}

}
