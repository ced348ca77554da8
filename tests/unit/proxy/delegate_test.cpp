// SPDX-License-Identifier: MIT
// Forwarded calls checked and executed against this very process, whose buffers stand for the isle's memory.
#include "base/private_descriptors.hpp"
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"
#include "delegate/trace.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace skl {
namespace {

constexpr std::uint64_t page = 4096;

class Delegate : public testing::Test {
protected:
    alignas(page) static inline char memory[4 * page];
    Ranges ranges;
    Dispositions dispositions;
    Context context{ranges, dispositions};

    void SetUp() override
    {
        std::memset(memory, 0, sizeof memory);
        ranges.add(at(memory), sizeof memory);
    }
    template <typename T> static std::uint64_t at(const T* pointer) { return reinterpret_cast<std::uint64_t>(pointer); }

    template <typename... T> std::int64_t call(std::uint32_t number, T... arguments)
    {
        const std::uint64_t list[6] = {static_cast<std::uint64_t>(arguments)...};
        const Call* row = find_call(number);
        return row ? Invocation(context, *row, list).execute() : -ENOSYS;
    }
    char* text(const char* value, std::size_t offset = 0) { return std::strcpy(memory + offset, value); }
};

TEST_F(Delegate, ServesWhatProgramsUse)
{
    for (int number : {SYS_read, SYS_write, SYS_open, SYS_openat, SYS_close, SYS_newfstatat, SYS_getdents64, SYS_poll, SYS_ppoll, SYS_ioctl,
                       SYS_fcntl, SYS_socket, SYS_recvmsg, SYS_epoll_wait, SYS_uname, SYS_getrandom, SYS_kill, SYS_utimensat})
        EXPECT_NE(find_call(static_cast<std::uint32_t>(number)), nullptr) << number;
}

TEST_F(Delegate, NeverForwardsMemoryThreadsAndCredentials)
{
    for (int number : {SYS_mmap, SYS_munmap, SYS_mprotect, SYS_brk, SYS_mremap, SYS_clone, SYS_clone3, SYS_fork, SYS_vfork, SYS_execve,
                       SYS_futex, SYS_exit, SYS_exit_group, SYS_setuid, SYS_setgid, SYS_setgroups, SYS_capset, SYS_prctl,
                       SYS_arch_prctl, SYS_ptrace, SYS_rt_sigprocmask, SYS_sched_setaffinity, SYS_process_vm_writev, SYS_io_uring_setup,
                       SYS_shmat, SYS_seccomp, SYS_personality, SYS_set_tid_address})
        EXPECT_EQ(find_call(static_cast<std::uint32_t>(number)), nullptr) << number;
    EXPECT_EQ(find_call(511), nullptr);
    EXPECT_EQ(find_call(~0u), nullptr);
}

TEST_F(Delegate, HasOneRowForEachNumber)
{
    std::set<std::uint32_t> numbers;
    std::size_t rows = 0;
    for (auto family : {file_calls(), name_calls(), event_calls(), socket_calls(), process_calls(), child_calls()})
        for (const Call& row : family) {
            numbers.insert(row.number);
            rows++;
            for (const Argument& argument : row.argument)
                EXPECT_TRUE(argument.times == Argument::once || argument.times < 6) << row.name;
        }
    EXPECT_EQ(numbers.size(), rows);
    EXPECT_GE(rows, 120u);
}

TEST_F(Delegate, PassesResultsAndErrorsOn)
{
    text("/dev/null");
    std::int64_t file = call(SYS_open, at(memory), O_RDWR, 0);
    ASSERT_GE(file, 0);
    EXPECT_EQ(call(SYS_write, file, at(memory), 9), 9);
    EXPECT_EQ(call(SYS_close, file), 0);
    EXPECT_EQ(call(SYS_close, file), -EBADF);
    text("/nonexistent");
    EXPECT_EQ(call(SYS_open, at(memory), O_RDONLY, 0), -ENOENT);
}

TEST_F(Delegate, RefusesPointersOutside)
{
    char outside[16] = {};
    EXPECT_EQ(call(SYS_read, 0, at(outside), sizeof outside), -EFAULT);
    EXPECT_EQ(call(SYS_write, 1, at(memory) + sizeof memory - 4, 5), -EFAULT);
    EXPECT_EQ(call(SYS_write, 1, at(memory), ~0ULL), -EFAULT);
    EXPECT_EQ(call(SYS_fstat, 0, at(memory) + sizeof memory - sizeof(struct stat) + 1), -EFAULT);
    EXPECT_EQ(call(SYS_open, at(outside), 0, 0), -EFAULT);
    EXPECT_EQ(call(SYS_poll, at(memory), ~0ULL / 8 + 2, 0), -EFAULT);
    EXPECT_EQ(call(SYS_uname, at(outside)), -EFAULT);
}

TEST_F(Delegate, LetsNullAndEmptyBuffersThrough)
{
    EXPECT_EQ(call(SYS_stat, 0, at(memory)), -EFAULT); // Linux's own answer
    int zero = ::open("/dev/zero", O_RDONLY);
    EXPECT_EQ(call(SYS_read, zero, 0x1234, 0), 0);
    ::close(zero);
}

TEST_F(Delegate, PathsEndInsideAndFitPathMax)
{
    std::memset(memory, 'x', sizeof memory);
    EXPECT_EQ(call(SYS_access, at(memory), 0), -ENAMETOOLONG);
    EXPECT_EQ(call(SYS_access, at(memory) + sizeof memory - 8, 0), -EFAULT);
}

TEST_F(Delegate, NothingBehindTheRangeCountsAsPath)
{
    Ranges narrow;
    narrow.add(at(memory), page);
    Context inside{narrow, dispositions};
    std::memset(memory, 'x', page + 8); // and a zero behind that, where the path must not be looked for
    const std::uint64_t arguments[6] = {at(memory) + page - 8, 0};
    EXPECT_EQ(Invocation(inside, *find_call(SYS_access), arguments).execute(), -EFAULT);
}

TEST_F(Delegate, ChecksEachElementOfAVector)
{
    int sink = ::open("/dev/null", O_WRONLY);
    auto* vectors = reinterpret_cast<iovec*>(memory);
    vectors[0] = {memory + page, 100};
    vectors[1] = {memory + 2 * page, 100};
    EXPECT_EQ(call(SYS_writev, sink, at(memory), 2), 200);
    vectors[1].iov_len = 3 * page;
    EXPECT_EQ(call(SYS_writev, sink, at(memory), 2), -EFAULT);
    EXPECT_EQ(call(SYS_writev, sink, at(memory), 1025), -EINVAL);
    EXPECT_EQ(call(SYS_writev, sink, at(memory), ~0ULL), -EINVAL);
    EXPECT_EQ(call(SYS_writev, sink, 0x1000, 1), -EFAULT);
    EXPECT_EQ(call(SYS_writev, sink, 0, 0), 0);
    ::close(sink);
}

TEST_F(Delegate, SelectSetsAreAsLongAsTheirBits)
{
    EXPECT_EQ(call(SYS_select, 1, at(memory) + sizeof memory - 8, 0, 0, at(memory)), 0);
    EXPECT_EQ(call(SYS_select, 65, at(memory) + sizeof memory - 8, 0, 0, at(memory)), -EFAULT);
}

TEST_F(Delegate, AddressLengthsAreReadThroughTheirPointer)
{
    int pair[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    auto* length = reinterpret_cast<std::uint32_t*>(memory);
    *length = 64;
    EXPECT_EQ(call(SYS_getsockname, pair[0], at(memory) + page, at(length)), 0);
    *length = 2 * page;
    EXPECT_EQ(call(SYS_getsockname, pair[0], at(memory) + 3 * page, at(length)), -EFAULT);
    EXPECT_EQ(call(SYS_getsockname, pair[0], at(memory), 0x1000), -EFAULT);
    ::close(pair[0]);
    ::close(pair[1]);
}

TEST_F(Delegate, MessagesAreCopiedAndChecked)
{
    int pair[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    auto* header = reinterpret_cast<msghdr*>(memory);
    auto* vector = reinterpret_cast<iovec*>(memory + 512);
    *vector = {memory + page, 5};
    header->msg_iov = vector;
    header->msg_iovlen = 1;
    EXPECT_EQ(call(SYS_sendmsg, pair[0], at(header), 0), 5);
    EXPECT_EQ(call(SYS_recvmsg, pair[1], at(header), 0), 5);
    EXPECT_EQ(header->msg_iov, vector);
    vector->iov_base = reinterpret_cast<void*>(0x1000);
    EXPECT_EQ(call(SYS_sendmsg, pair[0], at(header), 0), -EFAULT);
    *vector = {memory + page, 5};
    header->msg_control = reinterpret_cast<void*>(0x1000);
    header->msg_controllen = 64;
    EXPECT_EQ(call(SYS_recvmsg, pair[1], at(header), 0), -EFAULT);
    EXPECT_EQ(call(SYS_recvmsg, pair[1], 0, 0), -EFAULT);
    ::close(pair[0]);
    ::close(pair[1]);
}

TEST_F(Delegate, OnlyKnownRequestsReachDevices)
{
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    EXPECT_EQ(call(SYS_ioctl, pipe[0], FIONREAD, at(memory)), 0);
    EXPECT_EQ(call(SYS_ioctl, pipe[0], FIONREAD, 0x1000), -EFAULT);
    EXPECT_EQ(call(SYS_ioctl, pipe[0], 0xabcd, at(memory)), -ENOTTY);
    EXPECT_EQ(call(SYS_fcntl, pipe[0], F_GETFL, 0), O_RDONLY);
    EXPECT_EQ(call(SYS_fcntl, pipe[0], F_SETLK, 0x1000), -EFAULT);
    EXPECT_EQ(call(SYS_fcntl, pipe[0], 4711, 0), -EINVAL);
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST_F(Delegate, HidesTheProxysOwnDescriptors)
{
    Descriptor hidden = make_private(Descriptor(::open("/dev/null", O_RDWR)));
    EXPECT_EQ(call(SYS_write, hidden.number(), at(memory), 1), -EBADF);
    EXPECT_EQ(call(SYS_close, hidden.number()), -EBADF);
    EXPECT_EQ(call(SYS_dup2, 0, hidden.number()), -EBADF);
    EXPECT_EQ(::fcntl(hidden.number(), F_GETFD), FD_CLOEXEC);
}

TEST_F(Delegate, RemembersDispositionsAndIgnoresWhatTheIsleIgnores)
{
    auto* handler = reinterpret_cast<std::uint64_t*>(memory);
    *handler = reinterpret_cast<std::uint64_t>(SIG_IGN);
    EXPECT_EQ(call(SYS_rt_sigaction, SIGPIPE, at(memory), 0, 8), 0);
    EXPECT_EQ(dispositions.of(SIGPIPE), Disposition::ignored);
    *handler = 0x801000;
    EXPECT_EQ(call(SYS_rt_sigaction, SIGTERM, at(memory), 0, 8), 0);
    EXPECT_EQ(dispositions.of(SIGTERM), Disposition::handled);
    EXPECT_EQ(call(SYS_rt_sigaction, 65, at(memory), 0, 8), -EINVAL);
    EXPECT_EQ(call(SYS_rt_sigaction, SIGKILL, at(memory), 0, 8), -EINVAL);
    EXPECT_EQ(call(SYS_rt_sigaction, SIGINT, 0x1000, 0, 8), -EFAULT);
    struct sigaction ours{};
    ::sigaction(SIGPIPE, nullptr, &ours);
    EXPECT_EQ(ours.sa_handler, SIG_IGN);
    ::sigaction(SIGTERM, nullptr, &ours);
    EXPECT_EQ(ours.sa_handler, SIG_DFL);
    *handler = 0;
    EXPECT_EQ(call(SYS_rt_sigaction, SIGPIPE, at(memory), 0, 8), 0);
    ::sigaction(SIGPIPE, nullptr, &ours);
    EXPECT_EQ(ours.sa_handler, SIG_DFL);
}

TEST_F(Delegate, ForgetsWhatHasComeWhileItWasIgnored)
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    dispositions.change(SIGINT, Disposition::ignored, 0);
    ::raise(SIGINT);
    dispositions.change(SIGINT, Disposition::standard, 0);
    timespec now{};
    EXPECT_EQ(::sigtimedwait(&set, nullptr, &now), -1);
    EXPECT_EQ(errno, EAGAIN);
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

TEST_F(Delegate, GivesItsOwnHandlersBackAfterIgnoring)
{
    auto handler = [](int) {};
    struct sigaction action{}, now{};
    action.sa_handler = handler;
    ::sigaction(SIGTTIN, &action, nullptr);
    for (Disposition disposition : {Disposition::ignored, Disposition::ignored, Disposition::handled, Disposition::standard}) {
        dispositions.change(SIGTTIN, disposition, 0);
        ::sigaction(SIGTTIN, nullptr, &now);
        EXPECT_EQ(now.sa_handler, disposition == Disposition::ignored ? SIG_IGN : action.sa_handler);
    }
    dispositions.change(SIGCHLD, Disposition::standard, SA_NOCLDWAIT | SA_RESTART);
    ::sigaction(SIGCHLD, nullptr, &now);
    EXPECT_EQ(now.sa_flags & (SA_NOCLDWAIT | SA_NOCLDSTOP | SA_RESTART), SA_NOCLDWAIT);
    ::signal(SIGTTIN, SIG_DFL);
    ::signal(SIGCHLD, SIG_DFL);
}

// The kernel's clock page can be read, but not pinned: as the memory of an isle on metal.
TEST_F(Delegate, WritesUnpinnableMemoryThroughItsOwn)
{
    unsigned long begin = 0, end = 0;
    std::FILE* maps = std::fopen("/proc/self/maps", "r");
    for (char line[512]; std::fgets(line, sizeof line, maps);)
        if (std::strstr(line, "[vvar]"))
            std::sscanf(line, "%lx-%lx", &begin, &end);
    std::fclose(maps);
    char name[] = "direct-XXXXXX";
    int file = ::mkostemp(name, O_DIRECT);
    if (file < 0 || begin == 0)
        GTEST_SKIP() << "no clock page, or no direct files here";
    ::unlink(name);
    const std::uint64_t direct[6] = {static_cast<std::uint64_t>(file), begin, page};
    if (raw_call(SYS_write, direct) != -EFAULT)
        GTEST_SKIP() << "this kernel pins its clock page";
    ranges.add(begin, page);
    EXPECT_EQ(call(SYS_write, file, begin, page), static_cast<std::int64_t>(page));
    ::close(file);
}

TEST_F(Delegate, LimitsOfOthersAreNotOurBusiness)
{
    EXPECT_EQ(call(SYS_prlimit64, 0, 7, 0, at(memory)), 0);
    EXPECT_EQ(call(SYS_prlimit64, 1, 7, 0, at(memory)), -EPERM);
}

TEST(Trace, ReadsLikeStrace)
{
    skl_slot request{};
    request.number = SYS_write;
    request.argument[0] = 1;
    request.argument[1] = 0x20000400000;
    request.argument[2] = 5;
    EXPECT_EQ(trace_line(find_call(SYS_write), request, 0, 5), "[cpu 0] write(1, 0x20000400000, 5) = 5");
    EXPECT_EQ(trace_line(find_call(SYS_write), request, 2, -EBADF), "[cpu 2] write(1, 0x20000400000, 5) = -9 (Bad file descriptor)");
    request.number = 9999;
    EXPECT_EQ(trace_line(nullptr, request, 0, -ENOSYS), "[cpu 0] call_9999() = -38 (Function not implemented)");
}

}
}
