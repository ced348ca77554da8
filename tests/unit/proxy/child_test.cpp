// SPDX-License-Identifier: MIT
// What the proxy starts for itself: nobody's wait meets it, no signal tells of it, and it ends when it should.
#include "launch/child.hpp"

#include "base/failure.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skl {
namespace {

bool ends(const Child& child)
{
    pollfd poll{child.process_descriptor(), POLLIN, 0};
    return ::poll(&poll, 1, 60'000) == 1;
}

TEST(Child, IsNotAmongThoseThatOneWaitsFor)
{
    Child child({"sleep", "1000"}, {});
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
    child.signal(SIGKILL);
    ASSERT_TRUE(ends(child));
    EXPECT_EQ(::waitpid(-1, nullptr, 0), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST(Child, ItsEndRaisesNoSignal)
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGCHLD);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    {
        Child child({"true"}, {});
        ASSERT_TRUE(ends(child));
    }
    timespec now{};
    EXPECT_EQ(::sigtimedwait(&set, nullptr, &now), -1);
    EXPECT_EQ(errno, EAGAIN);
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

TEST(Child, EndsAndIsReapedWhenToldTo)
{
    Child child({"sleep", "1000"}, {});
    EXPECT_FALSE(child.ended());
    child.end();
    EXPECT_EQ(::waitpid(-1, nullptr, __WALL), -1);
    EXPECT_EQ(errno, ECHILD);
    child.end();
}

TEST(Child, KeepsNoDescriptorOfTheProxyOpen)
{
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    Child child({"sleep", "1000"}, {});
    ::close(ends[1]);
    pollfd poll{ends[0], POLLIN, 0};
    EXPECT_EQ(::poll(&poll, 1, 20'000), 1);
    EXPECT_TRUE(poll.revents & POLLHUP); // nobody has the other end
    ::close(ends[0]);
}

TEST(Child, SaysWhatIsWrongWithItsProgram)
{
    Child child({"/nowhere/program"}, {});
    ASSERT_TRUE(ends(child));
    EXPECT_EQ(child.messages(), "/nowhere/program: No such file or directory\n");
}

}
}
