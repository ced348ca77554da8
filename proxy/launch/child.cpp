// SPDX-License-Identifier: MIT
// A process between proxy and child that nobody waits for by accident; tied to the parent's life, descriptors dropped, exec.
#include "launch/child.hpp"

#include "base/failure.hpp"
#include "base/private_descriptors.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skl {
namespace {

constexpr int exec_failed = 127;

void reset_signals()
{
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
}

// Only what exec needs: everything else of the user's stays with the proxy, so that a closed pipe is seen as closed.
void keep_descriptors(const std::vector<int>& kept, int messages)
{
    int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDIN_FILENO);
    ::dup2(messages, STDOUT_FILENO);
    ::dup2(messages, STDERR_FILENO);
    ::syscall(SYS_close_range, 3u, UINT_MAX, CLOSE_RANGE_CLOEXEC);
    for (int number : kept)
        ::fcntl(number, F_SETFD, 0);
}

void die_with(pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(exec_failed); // it died before the line above
}

struct Command {
    std::vector<char*> words; // and a null
    const std::vector<int>& kept;
    int messages;
};

// In what may be a copy of a process with threads: nothing here allocates.
[[noreturn]] void become(const Command& command, pid_t parent)
{
    die_with(parent);
    reset_signals();
    keep_descriptors(command.kept, command.messages);
    ::execvp(command.words[0], command.words.data());
    const char* parts[] = {command.words[0], ": ", ::strerrordesc_np(errno), "\n"};
    for (const char* part : parts)
        if (::write(STDERR_FILENO, part, std::strlen(part)) < 0)
            break;
    ::_exit(exec_failed);
}

struct Birth {
    pid_t pid;
    int error;
};

void close_all_but(int kept)
{
    ::syscall(SYS_close_range, 0u, static_cast<unsigned>(kept - 1), 0);
    ::syscall(SYS_close_range, static_cast<unsigned>(kept + 1), UINT_MAX, 0);
}

// The process between: it has the child as its own, says so, and reaps it once the proxy has a descriptor of it.
[[noreturn]] void keep(const Command& command, pid_t parent, int channel)
{
    die_with(parent);
    ::setsid(); // signals of the terminal are for the proxy
    ::prctl(PR_SET_NAME, "keeper");
    pid_t self = ::getpid();
    pid_t pid = ::_Fork();
    if (pid == 0)
        become(command, self);
    Birth birth{pid, errno};
    close_all_but(channel);
    char end;
    if (::write(channel, &birth, sizeof birth) != sizeof birth || ::read(channel, &end, 1) != 0 || pid < 0)
        ::_exit(exec_failed);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    ::_exit(0);
}

// A copy of this process whose end raises no signal. Linux leaves it out of every wait that does not ask for its kind; a program started
// by exec would be an ordinary child again, hence the process between.
pid_t fork_unseen()
{
    return static_cast<pid_t>(::syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr));
}

Failure cannot_start(const std::string& program, int error)
{
    return Failure(exit_launcher_failed, fmt::format("cannot start {}: {}", program, errno_text(error)),
                   "check the limit on processes: ulimit -u");
}

}

Child::Child(const std::vector<std::string>& command, const std::vector<int>& kept)
    : messages_(make_private(Descriptor(::memfd_create("messages", MFD_CLOEXEC))))
{
    Command copy{{}, kept, messages_.number()};
    for (const std::string& word : command)
        copy.words.push_back(const_cast<char*>(word.c_str()));
    copy.words.push_back(nullptr);
    int channel[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0)
        throw cannot_start(command[0], errno);
    Descriptor ours(channel[0]), theirs(channel[1]);
    pid_t parent = ::getpid();
    keeper_ = fork_unseen();
    if (keeper_ == 0)
        keep(copy, parent, theirs.number());
    if (keeper_ < 0)
        throw cannot_start(command[0], errno);
    theirs.close();
    Birth birth{-1, ECHILD};
    while (::read(ours.number(), &birth, sizeof birth) < 0 && errno == EINTR) {
    }
    if (birth.pid < 0) {
        ours.close();
        end();
        throw cannot_start(command[0], birth.error);
    }
    pid_ = birth.pid;
    pidfd_ = make_private(Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0))));
}

Child::~Child()
{
    end();
}

void Child::end()
{
    if (keeper_ <= 0)
        return;
    if (pidfd_)
        signal(SIGKILL);
    while (::waitpid(keeper_, nullptr, __WCLONE) < 0 && errno == EINTR) {
    }
    keeper_ = 0;
}

bool Child::ended() const
{
    pollfd poll{pidfd_.number(), POLLIN, 0};
    return ::poll(&poll, 1, 0) > 0;
}

std::chrono::nanoseconds Child::processor_time() const
{
    clockid_t clock;
    timespec used{};
    if (::clock_getcpuclockid(pid_, &clock) == 0)
        ::clock_gettime(clock, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

void Child::signal(int number) const
{
    ::syscall(SYS_pidfd_send_signal, pidfd_.number(), number, nullptr, 0);
}

std::string Child::messages() const
{
    char text[4096];
    ssize_t size = ::pread(messages_.number(), text, sizeof text, 0);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

}
