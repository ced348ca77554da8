// SPDX-License-Identifier: MIT
// The canonical name of a file, as Linux itself resolves it; and names taken apart.
#include "call.hpp"
#include "own_files/own_files.hpp"

#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr size_t longest = 4096; // Linux's PATH_MAX

char dot[] = ".";
char root[] = "/";

// Without slashes at its end; the root keeps its one.
size_t trimmed_length(const char* path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return length;
}

ssize_t name_of(int descriptor, char* name)
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    return readlink(link, name, longest - 1);
}

}

extern "C" {

char* realpath(const char* __restrict path, char* __restrict resolved)
{
    if (!path) {
        errno = EINVAL;
        return nullptr;
    }
    OwnName own(AT_FDCWD, path);
    if (own.kind() == OwnName::file || own.kind() == OwnName::folder)
        return resolved ? strcpy(resolved, own.name()) : strdup(own.name());
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0)
        return nullptr;
    char name[longest];
    ssize_t length = name_of(descriptor, name);
    int error = errno;
    close(descriptor);
    errno = error;
    if (length < 0)
        return nullptr;
    name[length] = '\0';
    return resolved ? strcpy(resolved, name) : strdup(name);
}

char* canonicalize_file_name(const char* path)
{
    return realpath(path, nullptr);
}

// These two may change what they are given, as POSIX says.
char* basename(char* path)
{
    if (!path || !*path)
        return dot;
    path[trimmed_length(path)] = '\0';
    char* slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : slash ? root : path;
}

char* dirname(char* path)
{
    if (!path || !*path)
        return dot;
    path[trimmed_length(path)] = '\0';
    char* slash = strrchr(path, '/');
    if (!slash)
        return dot;
    if (slash == path)
        return root;
    *slash = '\0';
    path[trimmed_length(path)] = '\0';
    return path;
}

}
