// SPDX-License-Identifier: MIT
// Reading directories: one buffer of Linux's entries at a time, which look like newlib's struct dirent already. In a folder that has files
// of our own (own_files.hpp) these come first.
#include "call.hpp"
#include "own_files/own_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

struct __skellig_directory {
    int descriptor;
    unsigned next; // offset of the next entry in buffer
    unsigned end;  // bytes in buffer
    long position; // of the next entry, as telldir() answers
    bool linux_has;                // whatever the descriptor is, its entries are this folder's
    unsigned next_own;             // index of the next entry of our own
    char folder[longest_own_name]; // empty: it has none
    dirent own;
    alignas(dirent) char buffer[32768]; // its end stays unused, so that copying a last, short entry as a whole is safe
};

// struct linux_dirent64: inode, offset of the next, record length, type, name.
static_assert(offsetof(dirent, d_ino) == 0 && offsetof(dirent, d_off) == 8 && offsetof(dirent, d_reclen) == 16);
static_assert(offsetof(dirent, d_type) == 18 && offsetof(dirent, d_name) == 19);

namespace {

// Our own entries are at positions that Linux does not use.
constexpr long first_own = LONG_MIN;
constexpr unsigned no_more_own = UINT_MAX;

void go_to(DIR& directory, long position)
{
    directory.next = directory.end = 0;
    directory.position = position;
    directory.next_own = position > 0 ? no_more_own : position < 0 ? static_cast<unsigned>(position - first_own) : 0;
}

DIR* make(int descriptor, const OwnName& own, bool linux_has)
{
    auto* directory = static_cast<DIR*>(malloc(sizeof(DIR)));
    if (!directory)
        return nullptr;
    directory->descriptor = descriptor;
    directory->linux_has = linux_has;
    strcpy(directory->folder, own.kind() == OwnName::folder ? own.name() : "");
    go_to(*directory, 0);
    return directory;
}

dirent* next_own(DIR& directory)
{
    char name[longest_own_name];
    bool is_folder;
    if (!*directory.folder || !next_own_entry(directory.folder, directory.next_own, name, is_folder))
        return nullptr;
    directory.own = {};
    directory.own.d_ino = 1; // any but 0
    directory.own.d_off = directory.position = first_own + directory.next_own;
    directory.own.d_reclen = sizeof directory.own;
    directory.own.d_type = is_folder ? DT_DIR : DT_REG;
    strcpy(directory.own.d_name, name);
    return &directory.own;
}

// Of Linux's entries, those that are ours, and those that are not there.
bool hidden(const DIR& directory, const char* name)
{
    if (!*directory.folder || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    char path[2 * longest_own_name];
    snprintf(path, sizeof path, "%s/%s", directory.folder, name);
    return !directory.linux_has || OwnName(AT_FDCWD, path).kind() != OwnName::none;
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
    char link[40], name[longest_own_name];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    int error = errno;
    ssize_t length = readlink(link, name, sizeof name - 1);
    errno = error;
    name[length > 0 ? length : 0] = '\0';
    return make(descriptor, OwnName(AT_FDCWD, name), true);
}

DIR* opendir(const char* path)
{
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    OwnName own(AT_FDCWD, path);
    bool linux_has = true;
    int descriptor = own.kind() == OwnName::folder ? own.open_folder(linux_open_flags(flags), linux_has) : open(path, flags);
    if (descriptor < 0)
        return nullptr;
    DIR* directory = make(descriptor, own, linux_has);
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
    if (dirent* own = next_own(*directory))
        return own;
    for (;;) {
        if (directory->next >= directory->end && !refill(*directory))
            return nullptr;
        auto* entry = reinterpret_cast<dirent*>(directory->buffer + directory->next);
        directory->next += entry->d_reclen;
        directory->position = entry->d_off;
        if (!hidden(*directory, entry->d_name))
            return entry;
    }
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
    lseek(directory->descriptor, position < 0 ? 0 : position, SEEK_SET);
    go_to(*directory, position);
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
