// SPDX-License-Identifier: MIT
// Programs started for an isle, whose memory buffers of this process stand for: what they inherit, and what is never started.
#include "base/private_descriptors.hpp"
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <skellig/spawn.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skl {
namespace {

constexpr std::uint64_t page = 4096;

class Spawning : public testing::Test {
protected:
    static constexpr std::size_t size = 8 << 20;
    static inline char* memory = new (std::align_val_t(page)) char[size];
    static constexpr char marker[] = "started";

    void SetUp() override
    {
        std::memset(memory, 0, size);
        ranges.add(at(memory), size);
        request = take<skl_spawn>();
        ::unlink(marker);
    }
    void TearDown() override { ::unlink(marker); }

    template <typename T> static std::uint64_t at(const T* pointer) { return reinterpret_cast<std::uint64_t>(pointer); }
    template <typename T> T* take(std::size_t count = 1)
    {
        T* result = reinterpret_cast<T*>(memory + used);
        used += (count * sizeof(T) + 15) / 16 * 16;
        return result;
    }
    std::uint64_t text(const std::string& value) { return at(std::strcpy(take<char>(value.size() + 1), value.c_str())); }
    std::uint64_t list(const std::vector<std::string>& values)
    {
        auto* array = take<std::uint64_t>(values.size() + 1);
        std::transform(values.begin(), values.end(), array, [this](const std::string& value) { return text(value); });
        return at(array);
    }
    // What would be seen if it were started, whatever else the request says.
    void shell(const std::string& command)
    {
        request->path = text("/bin/sh");
        request->arguments = list({"sh", "-c", command});
    }
    void actions(std::initializer_list<skl_spawn_action> wanted)
    {
        auto* array = take<skl_spawn_action>(wanted.size());
        std::copy(wanted.begin(), wanted.end(), array);
        request->actions = at(array);
        request->action_count = static_cast<std::uint32_t>(wanted.size());
    }
    std::int64_t call(std::uint32_t number, const std::vector<std::uint64_t>& arguments)
    {
        std::uint64_t list[6] = {};
        std::copy(arguments.begin(), arguments.end(), list);
        return Invocation(context, *find_call(number), list).execute();
    }
    std::int64_t spawn() { return call(SKL_FORWARD_SPAWN, {at(request)}); }
    int wait_for(std::int64_t pid)
    {
        int* status = take<int>();
        EXPECT_EQ(call(SYS_wait4, {static_cast<std::uint64_t>(pid), at(status), 0, 0}), pid);
        return *status;
    }
    int status_of_spawned()
    {
        std::int64_t pid = spawn();
        EXPECT_GT(pid, 0);
        return pid > 0 ? wait_for(pid) : -1;
    }
    void expect_refused(std::int64_t error)
    {
        EXPECT_EQ(spawn(), error);
        EXPECT_EQ(::waitpid(-1, nullptr, 0), -1); // no child
        EXPECT_NE(::access(marker, F_OK), 0);
    }

    std::size_t used = 0;
    Ranges ranges;
    Dispositions dispositions;
    Context context{ranges, dispositions};
    skl_spawn* request = nullptr;
};

using Hostile = Spawning;

TEST_F(Spawning, AnswersWithAChildToWaitFor)
{
    shell("exit 7");
    EXPECT_EQ(status_of_spawned(), 7 << 8);
    EXPECT_EQ(call(SYS_wait4, {~0ULL, 0, 0, 0}), -ECHILD);
}

TEST_F(Spawning, GivesArgumentsAndEnvironmentOn)
{
    shell("test \"$1|$2|$WHO\" = 'a b||me'");
    request->arguments = list({"sh", "-c", "test \"$1|$2|$WHO\" = 'a b||me'", "x", "a b", ""});
    request->environment = list({"WHO=me"});
    EXPECT_EQ(status_of_spawned(), 0);
}

TEST_F(Spawning, LooksThroughFoldersAsExecvpDoes)
{
    request->path = text("sh");
    request->arguments = list({"sh", "-c", "exit 3"});
    expect_refused(-ENOENT); // here there is none
    request->search = text("/nowhere:/etc/passwd:/bin");
    EXPECT_EQ(status_of_spawned(), 3 << 8);
    request->search = text("/nowhere:/proc");
    expect_refused(-ENOENT);
    request->path = text("passwd");
    request->search = text("/nowhere:/etc:/also/nowhere");
    expect_refused(-EACCES);
}

TEST_F(Spawning, DoesFileActionsInOrder)
{
    shell("read word; test \"$word\" = hello && test \"$(pwd -P)\" = /proc && ! test -e /proc/self/fd/9");
    std::string file = "/tmp/skellig-spawn-" + std::to_string(::getpid());
    int made = ::open(file.c_str(), O_CREAT | O_WRONLY, 0600);
    ASSERT_EQ(::write(made, "hello\n", 6), 6);
    ::close(made);
    actions({{SKL_SPAWN_OPEN, 9, 0, O_RDONLY, 0, 0, text(file)},
             {SKL_SPAWN_DUP2, 9, 0, 0, 0, 0, 0},
             {SKL_SPAWN_CLOSE, 9, 0, 0, 0, 0, 0},
             {SKL_SPAWN_CHDIR, 0, 0, 0, 0, 0, text("/proc")}});
    EXPECT_EQ(status_of_spawned(), 0);
    ::unlink(file.c_str());
}

TEST_F(Spawning, ErrorsOfTheChildAreTheAnswer)
{
    shell(": >started");
    actions({{SKL_SPAWN_OPEN, 5, 0, O_RDONLY, 0, 0, text("/nowhere/file")}});
    expect_refused(-ENOENT);
    request->action_count = 0;
    request->path = text("/etc/passwd");
    expect_refused(-EACCES);
    request->path = text("");
    expect_refused(-ENOENT);
}

TEST_F(Spawning, TheChildBlocksWhatItIsToldAndIgnoresWhatTheIsleIgnores)
{
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before); // as threads of the proxy do
    auto* action = take<std::uint64_t>(4);
    *action = reinterpret_cast<std::uint64_t>(SIG_IGN);
    EXPECT_EQ(call(SYS_rt_sigaction, {SIGHUP, at(action), 0, 8}), 0);
    EXPECT_EQ(call(SYS_rt_sigaction, {SIGQUIT, at(action), 0, 8}), 0);
    *action = 0x801000; // a handler of the isle's
    EXPECT_EQ(call(SYS_rt_sigaction, {SIGTERM, at(action), 0, 8}), 0);
    request->signal_mask = 1 << (SIGUSR1 - 1);
    request->flags = SKL_SPAWN_SETSIGDEF;
    request->signal_default = 1 << (SIGQUIT - 1);
    shell("while read name value; do case $name in SigBlk:) b=$value;; SigIgn:) i=$value;; esac; done </proc/$$/status;"
          "case $b.$i in 0000000000000200.*0001);; *) echo $b $i; exit 1;; esac"); // glibc ignores two signals of its own
    int status = status_of_spawned();
    for (int signal : {SIGHUP, SIGQUIT})
        ::signal(signal, SIG_DFL);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    EXPECT_EQ(status, 0);
}

TEST_F(Spawning, LeavesTheProxysTimerSlackAndDescriptorsToTheProxy)
{
    Descriptor hidden = make_private(Descriptor(::open("/dev/null", O_RDWR)));
    int slack = ::prctl(PR_GET_TIMERSLACK);
    ::prctl(PR_SET_TIMERSLACK, 1);
    shell("test $(cat /proc/$$/timerslack_ns) = " + std::to_string(slack) + " && ! test -e /proc/$$/fd/" + std::to_string(hidden.number()));
    EXPECT_EQ(status_of_spawned(), 0);
    EXPECT_EQ(::prctl(PR_GET_TIMERSLACK), 1);
    ::prctl(PR_SET_TIMERSLACK, slack);
}

TEST_F(Spawning, WaitsTakeNoFlagsThatWouldMeetTheProxysChildren)
{
    for (std::uint64_t flag : std::initializer_list<std::uint64_t>{__WALL, __WCLONE, __WNOTHREAD}) {
        EXPECT_EQ(call(SYS_wait4, {~0ULL, 0, flag, 0}), -EINVAL);
        EXPECT_EQ(call(SYS_waitid, {P_ALL, 0, 0, WEXITED | flag, 0}), -EINVAL);
    }
    EXPECT_EQ(call(SYS_waitid, {P_ALL, 0, 0, WEXITED, 0}), -ECHILD);
    Descriptor hidden = make_private(Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0))));
    EXPECT_EQ(call(SYS_waitid, {P_PIDFD, static_cast<std::uint64_t>(hidden.number()), 0, WEXITED, 0}), -EBADF);
}

TEST_F(Spawning, ASignalOfAChildIsToldBeforeItsEnd)
{
    int told = 0;
    context.tell_of_children = [&told] { told++; };
    shell("exit 0");
    EXPECT_EQ(status_of_spawned(), 0);
    EXPECT_EQ(told, 1);
    EXPECT_EQ(call(SYS_wait4, {~0ULL, 0, 0, 0}), -ECHILD);
    EXPECT_EQ(told, 1);
}

TEST_F(Hostile, PointersOutside)
{
    static char outside[page] = "/bin/sh";
    memory[size - 1] = 'x';
    shell(": >started");
    const skl_spawn good = *request;
    EXPECT_EQ(call(SKL_FORWARD_SPAWN, {at(outside)}), -EFAULT);
    EXPECT_EQ(call(SKL_FORWARD_SPAWN, {0}), -EFAULT);
    EXPECT_EQ(call(SKL_FORWARD_SPAWN, {at(memory) + size - sizeof(skl_spawn) + 1}), -EFAULT);
    for (auto field : {&skl_spawn::path, &skl_spawn::arguments, &skl_spawn::environment, &skl_spawn::actions}) {
        for (std::uint64_t address : {at(outside), std::uint64_t{1}, ~std::uint64_t{7}, at(memory) + size - 1}) {
            *request = good;
            request->action_count = 1;
            request->*field = address;
            expect_refused(-EFAULT);
        }
    }
    *request = good;
    request->path = 0;
    expect_refused(-EFAULT);
    *request = good;
    request->action_count = 1;
    expect_refused(-EFAULT);
}

TEST_F(Hostile, StringsOutsideOfAnArrayInside)
{
    static char outside[page] = "text";
    shell(": >started");
    auto* array = take<std::uint64_t>(4);
    array[0] = text("sh");
    array[1] = at(outside);
    for (auto field : {&skl_spawn::arguments, &skl_spawn::environment}) {
        const skl_spawn good = *request;
        request->*field = at(array);
        expect_refused(-EFAULT);
        *request = good;
    }
    actions({{SKL_SPAWN_CHDIR, 0, 0, 0, 0, 0, at(outside)}});
    expect_refused(-EFAULT);
}

TEST_F(Hostile, StringsAndArraysWithoutAnEnd)
{
    shell(": >started");
    const skl_spawn good = *request;
    std::memset(memory + size - 100, 'x', 100);
    request->path = at(memory) + size - 100;
    expect_refused(-EFAULT);
    *request = good;
    auto* last = reinterpret_cast<std::uint64_t*>(memory + size - 8);
    *last = text("an argument");
    request->arguments = at(last);
    expect_refused(-EFAULT);
    std::memset(memory + size / 2, 'x', size / 2);
    request->arguments = good.arguments;
    request->path = at(memory) + size / 2;
    expect_refused(-ENAMETOOLONG);
    auto* one = take<std::uint64_t>(2);
    one[0] = at(memory) + size / 2;
    *request = good;
    request->environment = at(one);
    expect_refused(-E2BIG);
}

TEST_F(Hostile, MoreThanAnyLinuxTakes)
{
    shell(": >started");
    request->path = text("/nowhere/program"); // Linux would look for it first
    std::uint64_t word = text("an argument of some length");
    auto* array = take<std::uint64_t>(size / 16);
    std::fill_n(array, size / 16, word);
    request->environment = at(array);
    expect_refused(-E2BIG);
}

TEST_F(Hostile, CountsKindsAndFlagsThatAreNone)
{
    shell(": >started");
    actions({{SKL_SPAWN_CLOSE, 9, 0, 0, 0, 0, 0}});
    const skl_spawn good = *request;
    for (std::uint32_t count : {SKL_SPAWN_MAX_ACTIONS + 1, 0x80000000u, 0xffffffffu}) {
        request->action_count = count;
        expect_refused(-E2BIG);
    }
    *request = good;
    auto* action = reinterpret_cast<skl_spawn_action*>(good.actions);
    for (std::uint32_t kind : {0u, SKL_SPAWN_TCSETPGRP + 1, 0xffffffffu}) {
        action->kind = kind;
        expect_refused(-EINVAL);
    }
    action->kind = SKL_SPAWN_CLOSE;
    for (std::uint32_t flag : {0x08u, 0x40u, 0x100u, 0x10000u, 0x80000000u}) {
        request->flags = flag;
        expect_refused(-EINVAL);
    }
    *request = good;
    request->reserved = 1;
    expect_refused(-EINVAL);
}

TEST_F(Hostile, DescriptorsOfTheProxysOwn)
{
    Descriptor hidden = make_private(Descriptor(::open("/", O_RDONLY | O_DIRECTORY)));
    shell(": >started");
    for (std::uint32_t kind : {SKL_SPAWN_DUP2, SKL_SPAWN_FCHDIR, SKL_SPAWN_TCSETPGRP}) {
        actions({{kind, hidden.number(), 5, 0, 0, 0, 0}});
        expect_refused(-EBADF);
    }
}

}
}
