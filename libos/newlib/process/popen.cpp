// SPDX-License-Identifier: MIT
// A stream from or to a command of the shell. Both ends of the pipe are closed in every other program that is started.
#include "call.hpp"
#include "process/children.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

using namespace libos;

namespace {

struct Stream {
    FILE* file;
    pid_t pid;
    Stream* next;
};

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
Stream* streams = nullptr; // guarded by mutex; the last one first

// 'r' or 'w'; 0: neither, or both, or more than an 'e' beside it.
char direction_of(const char* mode)
{
    char direction = 0;
    for (; *mode; mode++) {
        if (*mode == 'e')
            continue;
        if ((*mode != 'r' && *mode != 'w') || (direction && direction != *mode))
            return 0;
        direction = *mode;
    }
    return direction;
}

// The error.
int start(const char* command, int end, int target, pid_t& pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    int error = posix_spawn_file_actions_adddup2(&actions, end, target);
    if (!error)
        error = start_shell(pid, command, &actions, nullptr);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

FILE* give_up(Stream* stream, int error)
{
    if (stream->file)
        fclose(stream->file);
    free(stream);
    errno = error;
    return nullptr;
}

Stream* remove(FILE* file)
{
    pthread_mutex_lock(&mutex);
    Stream** link = &streams;
    while (*link && (*link)->file != file)
        link = &(*link)->next;
    Stream* found = *link;
    if (found)
        *link = found->next;
    pthread_mutex_unlock(&mutex);
    return found;
}

}

extern "C" {

FILE* popen(const char* command, const char* mode)
{
    char direction = direction_of(mode);
    if (!direction) {
        errno = EINVAL;
        return nullptr;
    }
    bool reads = direction == 'r';
    int ends[2];
    auto* stream = static_cast<Stream*>(calloc(1, sizeof(Stream)));
    if (!stream)
        return nullptr;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return give_up(stream, errno);
    int mine = ends[reads ? 0 : 1], theirs = ends[reads ? 1 : 0];
    stream->file = fdopen(mine, reads ? "r" : "w");
    int error = stream->file ? start(command, theirs, reads ? STDOUT_FILENO : STDIN_FILENO, stream->pid) : errno;
    close(theirs);
    if (!stream->file)
        close(mine);
    if (error)
        return give_up(stream, error);
    pthread_mutex_lock(&mutex);
    stream->next = streams;
    streams = stream;
    pthread_mutex_unlock(&mutex);
    return stream->file;
}

int pclose(FILE* file)
{
    Stream* stream = remove(file);
    if (!stream)
        return static_cast<int>(fail(EINVAL));
    pid_t pid = stream->pid;
    free(stream);
    fclose(file);
    int status, state;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    bool ended = wait_for_end(pid, &status);
    pthread_setcancelstate(state, nullptr);
    return ended ? status : -1;
}

}
