// SPDX-License-Identifier: MIT
// Reading directories: one buffer of Linux's entries at a time, which look like newlib's struct dirent already.
#include "call.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

struct __skellig_directory {
    int descriptor;
    unsigned next; // offset of the next entry in buffer
    unsigned end;  // bytes in buffer
    long position; // of the next entry, as telldir() answers
    alignas(dirent) char buffer[32768]; // its end stays unused, so that copying a last, short entry as a whole is safe
};

// struct linux_dirent64: inode, offset of the next, record length, type, name.
static_assert(offsetof(dirent, d_ino) == 0 && offsetof(dirent, d_off) == 8 && offsetof(dirent, d_reclen) == 16);
static_assert(offsetof(dirent, d_type) == 18 && offsetof(dirent, d_name) == 19);

namespace {

void forget_buffer(DIR& directory, long position)
{
    directory.next = directory.end = 0;
    directory.position = position;
}

// False at the end, or with errno set.
bool refill(DIR& directory)
{
    int64_t size = call(LinuxCall::getdents64, directory.descriptor, directory.buffer, sizeof directory.buffer - sizeof(dirent));
    if (size <= 0)
        return false;
    directory.next = 0;
    directory.end = static_cast<unsigned>(size);
    return true;
}

}

extern "C" {

DIR* fdopendir(int descriptor)
{
    auto* directory = static_cast<DIR*>(malloc(sizeof(DIR)));
    if (!directory)
        return nullptr;
    directory->descriptor = descriptor;
    forget_buffer(*directory, 0);
    return directory;
}

DIR* opendir(const char* path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return nullptr;
    DIR* directory = fdopendir(descriptor);
    if (!directory)
        close(descriptor);
    return directory;
}

int closedir(DIR* directory)
{
    int descriptor = directory->descriptor;
    free(directory);
    return close(descriptor);
}

int dirfd(DIR* directory)
{
    return directory->descriptor;
}

dirent* readdir(DIR* directory)
{
    if (directory->next >= directory->end && !refill(*directory))
        return nullptr;
    auto* entry = reinterpret_cast<dirent*>(directory->buffer + directory->next);
    directory->next += entry->d_reclen;
    directory->position = entry->d_off;
    return entry;
}

int readdir_r(DIR* __restrict directory, dirent* __restrict entry, dirent** __restrict result)
{
    int before = errno;
    errno = 0;
    dirent* found = readdir(directory);
    int error = errno;
    errno = before;
    *result = nullptr;
    if (!found)
        return error;
    memcpy(entry, found, found->d_reclen < sizeof *entry ? found->d_reclen : sizeof *entry);
    *result = entry;
    return 0;
}

long telldir(DIR* directory)
{
    return directory->position;
}

void seekdir(DIR* directory, long position)
{
    lseek(directory->descriptor, position, SEEK_SET);
    forget_buffer(*directory, position);
}

void rewinddir(DIR* directory)
{
    seekdir(directory, 0);
}

int alphasort(const dirent** left, const dirent** right)
{
    return strcoll((*left)->d_name, (*right)->d_name);
}

}
