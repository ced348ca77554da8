// SPDX-License-Identifier: MIT
// A command of the shell, waited for. [posix] system()
#include "process/children.hpp"
#include "pthread.hpp"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace libos;

namespace {

// The two signals of the keyboard are for the command alone, for as long as any thread waits for one.
struct {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    unsigned waiting = 0; // guarded by mutex, as all that follows
    struct sigaction interrupt {}, quit{};
} keyboard;

// What the caller had is back when the command has ended, or the caller is cancelled.
class Command {
public:
    Command();
    void run(const char* text);
    void kill_and_restore();
    void restore();
    int status = -1;
    int error = 0;

private:
    int start(const char* text);

    sigset_t mask_;
    pid_t pid_ = 0;
};

Command::Command()
{
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    pthread_mutex_lock(&keyboard.mutex);
    if (keyboard.waiting++ == 0) {
        sigaction(SIGINT, &ignore, &keyboard.interrupt);
        sigaction(SIGQUIT, &ignore, &keyboard.quit);
    }
    pthread_mutex_unlock(&keyboard.mutex);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    pthread_sigmask(SIG_BLOCK, &child, &mask_);
}

void Command::restore()
{
    pthread_mutex_lock(&keyboard.mutex);
    if (--keyboard.waiting == 0) {
        sigaction(SIGINT, &keyboard.interrupt, nullptr);
        sigaction(SIGQUIT, &keyboard.quit, nullptr);
    }
    pthread_mutex_unlock(&keyboard.mutex);
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
}

void Command::kill_and_restore()
{
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        wait_for_end(pid_, nullptr);
    }
    restore();
}

int Command::start(const char* text)
{
    sigset_t standard;
    sigemptyset(&standard);
    pthread_mutex_lock(&keyboard.mutex);
    if (keyboard.interrupt.sa_handler != SIG_IGN)
        sigaddset(&standard, SIGINT);
    if (keyboard.quit.sa_handler != SIG_IGN)
        sigaddset(&standard, SIGQUIT);
    pthread_mutex_unlock(&keyboard.mutex);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setsigmask(&attributes, &mask_);
    return start_shell(pid_, text, nullptr, &attributes);
}

void Command::run(const char* text)
{
    error = start(text);
    if (error) {
        status = W_EXITCODE(127, 0); // as if the shell had said so
        return;
    }
    if (!wait_for_end(pid_, &status)) {
        status = -1;
        error = errno;
    }
}

void cancelled(void* command)
{
    static_cast<Command*>(command)->kill_and_restore();
}

}

extern "C" int system(const char* text)
{
    if (!text)
        return access("/bin/sh", X_OK) == 0;
    if (skl_threaded)
        pthread_testcancel();
    Command command;
    __skl_cleanup cleanup{cancelled, &command, nullptr};
    __skl_cleanup_push(&cleanup);
    command.run(text);
    __skl_cleanup_pop(&cleanup, 0);
    command.restore();
    if (command.error)
        errno = command.error;
    return command.status;
}
