// SPDX-License-Identifier: MIT
// syslog(): to the socket where Linux's own programs send their messages.
#include "call.hpp"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

namespace {

// [linux] include/uapi/linux/un.h, include/linux/socket.h
constexpr uint16_t af_unix = 1;
constexpr int sock_dgram_cloexec = 2 | 02000000;
struct UnixAddress {
    uint16_t family = af_unix;
    char path[108] = "/dev/log";
};

struct Log {
    const char* name = nullptr; // null: the program's
    int options = 0;
    int facility = LOG_USER;
    int mask = 0xff;
    int socket = -1;
} settings;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; // guards it

void connect_log()
{
    if (settings.socket >= 0)
        return;
    settings.socket = static_cast<int>(forward(LinuxCall::socket, int{af_unix}, sock_dgram_cloexec, 0));
    UnixAddress address;
    if (settings.socket >= 0 && forward(LinuxCall::connect, settings.socket, &address, static_cast<uint64_t>(sizeof address)) < 0) {
        close(settings.socket);
        settings.socket = -1;
    }
}

void disconnect_log()
{
    if (settings.socket >= 0)
        close(settings.socket);
    settings.socket = -1;
}

bool send(const char* text, size_t length)
{
    connect_log();
    if (settings.socket < 0)
        return false;
    if (forward(LinuxCall::write, settings.socket, text, static_cast<uint64_t>(length)) >= 0)
        return true;
    disconnect_log(); // whoever reads there may have been started again
    connect_log();
    return settings.socket >= 0 && forward(LinuxCall::write, settings.socket, text, static_cast<uint64_t>(length)) >= 0;
}

void to_console(const char* text)
{
    int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (console < 0)
        return;
    dprintf(console, "%s\r\n", text);
    close(console);
}

void write_message(int priority, const char* message)
{
    char stamp[32], process[16] = "", *whole = nullptr;
    time_t now = time(nullptr);
    tm local;
    strftime(stamp, sizeof stamp, "%b %e %H:%M:%S", localtime_r(&now, &local));
    if (settings.options & LOG_PID)
        snprintf(process, sizeof process, "[%d]", static_cast<int>(getpid()));
    int head = 0;
    const char* name = settings.name ? settings.name : program_invocation_short_name;
    int length = asprintf(&whole, "<%d>%s %n%s%s: %s", priority, stamp, &head, name, process, message);
    if (length < 0)
        return;
    while (length > head && whole[length - 1] == '\n')
        whole[--length] = '\0';
    if (settings.options & LOG_PERROR)
        dprintf(STDERR_FILENO, "%s\n", whole + head);
    if (!send(whole, static_cast<size_t>(length)) && (settings.options & LOG_CONS))
        to_console(whole + head);
    free(whole);
}

}

extern "C" {

void openlog(const char* name, int options, int facility)
{
    pthread_mutex_lock(&mutex);
    settings.name = name;
    settings.options = options;
    if (facility != 0)
        settings.facility = facility & LOG_FACMASK;
    if (options & LOG_NDELAY)
        connect_log();
    pthread_mutex_unlock(&mutex);
}

void closelog()
{
    pthread_mutex_lock(&mutex);
    disconnect_log();
    settings.name = nullptr;
    pthread_mutex_unlock(&mutex);
}

int setlogmask(int mask)
{
    pthread_mutex_lock(&mutex);
    int before = settings.mask;
    if (mask != 0)
        settings.mask = mask;
    pthread_mutex_unlock(&mutex);
    return before;
}

void vsyslog(int priority, const char* format, va_list arguments)
{
    int error = errno; // %m
    priority &= LOG_PRIMASK | LOG_FACMASK;
    char* message = nullptr;
    if (vasprintf(&message, format, arguments) < 0)
        return;
    pthread_mutex_lock(&mutex);
    if (settings.mask & LOG_MASK(LOG_PRI(priority)))
        write_message(priority & LOG_FACMASK ? priority : priority | settings.facility, message);
    pthread_mutex_unlock(&mutex);
    free(message);
    errno = error;
}

void syslog(int priority, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsyslog(priority, format, arguments);
    va_end(arguments);
}

}
