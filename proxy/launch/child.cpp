// SPDX-License-Identifier: MIT
// fork, tie to the parent's life, drop descriptors, exec.
#include "launch/child.hpp"

#include "base/failure.hpp"
#include "base/private_descriptors.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
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

[[noreturn]] void become(const std::vector<std::string>& command, const std::vector<int>& kept, int messages, pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(exec_failed); // it died before the line above
    ::setsid(); // signals of the terminal are for the proxy
    reset_signals();
    keep_descriptors(kept, messages);
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    std::string text = fmt::format("{}: {}\n", command[0], errno_text(errno));
    [[maybe_unused]] ssize_t done = ::write(STDERR_FILENO, text.data(), text.size());
    ::_exit(exec_failed);
}

}

Child::Child(const std::vector<std::string>& command, const std::vector<int>& kept)
    : messages_(make_private(Descriptor(::memfd_create("messages", MFD_CLOEXEC))))
{
    pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0)
        become(command, kept, messages_.number(), parent);
    if (pid_ < 0)
        throw Failure(exit_launcher_failed, fmt::format("cannot start {}: {}", command[0], errno_text(errno)),
                      "check the limit on processes: ulimit -u");
    pidfd_ = make_private(Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0))));
}

Child::~Child()
{
    end();
}

void Child::end()
{
    if (!pid_)
        return;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
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
