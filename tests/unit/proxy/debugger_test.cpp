// SPDX-License-Identifier: MIT
// What is said to gdb and to QEMU's stub, and who may connect.
#include "base/failure.hpp"
#include "launch/gdb_stub.hpp"
#include "run/debugger.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <csignal>
#include <sys/socket.h>
#include <thread>

namespace skl {
namespace {

using namespace std::chrono_literals;

// QEMU, as far as it answers: each answer follows one packet of the other side, or its interrupt.
class Machine {
public:
    Machine(GdbStub& stub, std::vector<std::string> answers)
        : socket_(::dup(stub.machines_end())), thread_([this, answers] {
              for (const std::string& answer : answers) {
                  std::string packet;
                  for (char letter; ::recv(socket_.number(), &letter, 1, 0) == 1;)
                      if (packet += letter; letter == '\x03' || (packet.size() > 2 && packet[packet.size() - 3] == '#'))
                          break;
                  heard_ += packet;
                  ::send(socket_.number(), answer.data(), answer.size(), 0);
              }
          })
    {
    }
    ~Machine()
    {
        if (thread_.joinable())
            thread_.join();
    }
    std::string heard()
    {
        thread_.join();
        return heard_;
    }

private:
    Descriptor socket_;
    std::string heard_;
    std::thread thread_;
};

constexpr std::byte code[] = {std::byte{0x48}, std::byte{0x8d}};

// What it says when all goes well, up to the answer before which something goes wrong.
std::vector<std::string> answers(std::size_t count, const std::string& wrong)
{
    std::vector<std::string> all = {"$T02thread:01;#04", "+$OK#9a", "+$OK#9a", "+$T05thread:01;#07", "+$OK#9a"};
    all.resize(std::min(count, all.size()));
    if (!wrong.empty())
        all.push_back(wrong);
    return all;
}

TEST(GdbStub, PutsTheCodeBackMeetsABreakpointAndTakesItOut)
{
    GdbStub stub;
    Machine machine(stub, answers(5, ""));
    EXPECT_TRUE(stub.hold_at(0x80a123, code, 5s));
    EXPECT_EQ(machine.heard(), "\x03+" + gdb_packet("M80a123,2:488d") + "+" + gdb_packet("Z0,80a123,1") + "+" + gdb_packet("c") + "+" +
                                   gdb_packet("z0,80a123,1"));
}

TEST(GdbStub, TellsAMachineThatTakesNoBreakpoint)
{
    GdbStub stub;
    Machine machine(stub, answers(2, "+$E22#a9"));
    EXPECT_FALSE(stub.hold_at(0x1000, code, 5s));
}

TEST(GdbStub, TellsAMachineThatRunsPastIt)
{
    GdbStub stub;
    Machine machine(stub, answers(3, "+"));
    EXPECT_FALSE(stub.hold_at(0x1000, code, 200ms));
}

TEST(GdbStub, IsNotHeldUpByAMachineThatHasEnded)
{
    GdbStub stub;
    stub.close_machines_end();
    EXPECT_FALSE(stub.hold_at(0x1000, code, 60s));
}

TEST(GdbStub, DoesNotTakeEndlessTextForAnAnswer)
{
    GdbStub stub;
    Machine machine(stub, answers(0, "$" + std::string(10'000, 'x')));
    EXPECT_FALSE(stub.hold_at(0x1000, code, 60s));
}

TEST(Debugger, TellsTheEndInGdbsNumbers)
{
    EXPECT_EQ(end_packet(0, 0), "$W00#b7");
    EXPECT_EQ(end_packet(125, 0), "$W7d#f2");
    EXPECT_EQ(end_packet(0, SIGSEGV), "$X0b#ea");
    EXPECT_EQ(end_packet(0, SIGBUS), gdb_packet("X0a"));
    EXPECT_EQ(end_packet(0, SIGUSR1), gdb_packet("X1e"));
}

constexpr const char* table =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 0100007F:04D2 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 30217 1 0000000000000000 100 0 0 10 0\n"
    "   1: 0100007F:9C4A 0100007F:04D2 01 00000000:00000000 00:00000000 00000000  1001        0 30219 1 0000000000000000 20 4 31 10 -1\n"
    "   2: 0100007F:04D2 0100007F:9C4A 01 00000000:00000000 00:00000000 00000000  1000        0 30218 2 0000000000000000 20 4 30 10 -1\n";

TEST(GdbListener, FindsTheOwnerOfTheOtherEnd)
{
    TcpAddress client{htonl(INADDR_LOOPBACK), htons(0x9c4a)}, server{htonl(INADDR_LOOPBACK), htons(1234)};
    EXPECT_EQ(owner_of(client, server, table), 1001);
    EXPECT_EQ(owner_of(server, client, table), 1000);
    EXPECT_EQ(owner_of({client.address, htons(0x9c4b)}, server, table), -1);
    EXPECT_EQ(owner_of({htonl(0x7f000002), client.port}, server, table), -1);
    EXPECT_EQ(owner_of(client, server, ""), -1);
}

TEST(GdbListener, TakesAnyFreePortAndOnlyOnce)
{
    GdbListener listener(0);
    EXPECT_NE(listener.port(), 0u);
    EXPECT_THROW(GdbListener{listener.port()}, Failure);
}

TEST(GdbListener, AcceptsThisUser)
{
    GdbListener listener(0);
    Descriptor client(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{AF_INET, htons(static_cast<std::uint16_t>(listener.port())), {htonl(INADDR_LOOPBACK)}, {}};
    ASSERT_EQ(::connect(client.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_TRUE(listener.accept());
}

TEST(Debugger, IsNotThereForLentCores)
{
    Settings settings;
    EXPECT_FALSE(debugger_for(settings));
    settings.qemu.debug = true;
    settings.qemu.debug_port = 0;
    settings.engine = Engine::metal;
    EXPECT_THROW(debugger_for(settings), Failure);
    settings.engine = Engine::qemu;
    EXPECT_TRUE(debugger_for(settings));
}

}
}
