// SPDX-License-Identifier: MIT
// What the isle says instead of Linux is written into a file without a name, so that it can be read, mapped and copied like any other.
#include "own_files/own_files.hpp"

#include "call.hpp"

#include <fcntl.h>
#include <kernel/clock.h>
#include <kernel/process.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace libos {
namespace {

constexpr int memfd_cloexec = 1; // Linux's MFD_CLOEXEC

bool write_all(int file, const char* text, size_t length)
{
    while (length > 0) {
        ssize_t done = write(file, text, length);
        if (done <= 0)
            return false;
        text += done;
        length -= static_cast<size_t>(done);
    }
    return true;
}

// Relative to the root folder, as programs do that have it open to look at another machine's files.
bool is_root(int folder)
{
    char link[40] = "/proc/self/cwd", name[2];
    if (folder != AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    return forward(LinuxCall::readlinkat, linux_at_descriptor(AT_FDCWD), link, name, sizeof name) == 1 && *name == '/';
}

bool begins_below(const char* path, const char* folder)
{
    return below(path, folder) && path[strlen(folder)] == '/';
}

// Behind /proc/self, /proc/thread-self, /proc/PID, or the task folder of the main thread there; null: another process's, or none.
const char* of_this_process(const char* name)
{
    char folder[40];
    const char* rest = below(name, "/proc/self");
    if (!rest)
        rest = below(name, "/proc/thread-self");
    if (!rest) {
        snprintf(folder, sizeof folder, "/proc/%d", skl_identity().pid);
        rest = below(name, folder);
    }
    if (!rest)
        return nullptr;
    snprintf(folder, sizeof folder, "/task/%d", skl_identity().pid);
    const char* of_task = below(rest, folder);
    return of_task ? of_task : rest;
}

const OwnContents* find_contents(const OwnContents* list, const char* name)
{
    for (; list->name; list++)
        if (strcmp(list->name, name) == 0)
            return list;
    return nullptr;
}

const char* last_part(const char* pattern)
{
    return strrchr(pattern, '/') + 1;
}

}

void OwnName::find(int folder, const char* path)
{
    char absolute[longest_own_name];
    bool relative = begins_below(path, "proc") || begins_below(path, "sys");
    if (relative && strlen(path) + 2 <= sizeof absolute && is_root(folder)) {
        *absolute = '/';
        strcpy(absolute + 1, path);
        path = absolute;
    }
    if (plain_name(path, name_))
        find_plain();
}

void OwnName::find_plain()
{
    const OwnContents* found = find_contents(machine_contents, name_);
    const char* rest = found ? nullptr : of_this_process(name_);
    if (rest && strcmp(rest, "/exe") == 0 && *skl_program_path())
        kind_ = program;
    else if (rest)
        found = find_contents(process_files, rest);
    else if (!found)
        find_file();
    if (found) {
        kind_ = contents;
        write_contents_ = found->write;
    }
}

void OwnName::find_file()
{
    for (const OwnFile* one = machine_files; one->name; one++) {
        if (matches(one->name, strlen(one->name), name_, skl_cpu_count(), number_)) {
            kind_ = one->write ? file : folder;
            write_ = one->write;
            return;
        }
    }
    for (const char* const* beginning = numbered_folders; *beginning; beginning++)
        if (numbered(name_, *beginning))
            kind_ = absent;
}

const char* OwnName::target()
{
    return skl_program_path();
}

int OwnName::open(bool close_on_exec) const
{
    Text text;
    if (write_)
        write_(text, number_);
    else if (!write_contents_(text))
        return -1;
    if (!text.complete())
        return -1;
    int file = call_int(LinuxCall::memfd_create, static_cast<const char*>(name_), close_on_exec ? memfd_cloexec : 0);
    if (file >= 0 && write_all(file, text.begin(), text.size()) && lseek(file, 0, SEEK_SET) == 0)
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

int OwnName::open_folder(int64_t linux_flags, bool& linux_has) const
{
    int64_t here = linux_at_descriptor(AT_FDCWD);
    int64_t descriptor = forward(LinuxCall::openat, here, static_cast<const char*>(name_), linux_flags, 0);
    linux_has = descriptor >= 0;
    return static_cast<int>(linux_has ? descriptor : call(LinuxCall::openat, here, "/sys/devices/system", linux_flags, 0));
}

// As Linux shows such files; a number for each name, so that walkers do not take two for one.
int OwnName::status(struct stat& status) const
{
    constexpr uint64_t fnv_offset = 14695981039346656037u, fnv_prime = 1099511628211u; // FNV-1a
    if (kind_ == absent)
        return static_cast<int>(fail(ENOENT));
    uint64_t inode = fnv_offset;
    for (const char* letter = name_; *letter; letter++)
        inode = (inode ^ static_cast<unsigned char>(*letter)) * fnv_prime;
    status = {};
    status.st_ino = static_cast<ino_t>(inode);
    status.st_mode = kind_ == folder ? S_IFDIR | 0755 : S_IFREG | 0444;
    status.st_nlink = kind_ == folder ? 2 : 1;
    status.st_size = kind_ == folder ? 0 : 4096;
    status.st_blksize = 4096;
    clock_gettime(CLOCK_REALTIME, &status.st_mtim);
    status.st_atim = status.st_ctim = status.st_mtim;
    return 0;
}

int OwnName::check_access(int mode) const
{
    if (kind_ == absent)
        return static_cast<int>(fail(ENOENT));
    bool refused = (mode & W_OK) || (kind_ == file && (mode & X_OK));
    return refused ? static_cast<int>(fail(EACCES)) : 0;
}

int OwnName::refuse_link() const
{
    return static_cast<int>(fail(kind_ == absent ? ENOENT : EINVAL));
}

// Each row of the table, and within a row that ends with a number each number.
const char* next_own_entry(const char* folder, unsigned& index, char (&name)[longest_own_name], bool& is_folder)
{
    unsigned seen = 0;
    for (const OwnFile* one = machine_files; one->name; one++) {
        const char* last = last_part(one->name);
        uint32_t number;
        if (!matches(one->name, static_cast<size_t>(last - 1 - one->name), folder, skl_cpu_count(), number))
            continue;
        const char* mark = strchr(last, '#');
        unsigned rows = mark ? skl_cpu_count() : 1;
        if (index < seen + rows) {
            if (mark)
                snprintf(name, sizeof name, "%.*s%u", static_cast<int>(mark - last), last, index - seen);
            else
                strlcpy(name, last, sizeof name);
            is_folder = !one->write;
            index++;
            return name;
        }
        seen += rows;
    }
    return nullptr;
}

}
