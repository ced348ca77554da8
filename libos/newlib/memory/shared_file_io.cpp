// SPDX-License-Identifier: MIT
// What a shared mapping asks of Linux: a descriptor of its own, and the file's bytes.
#include "call.hpp"
#include "memory/shared_file.hpp"
#include "memory/shared_files.hpp"

#include <fcntl.h>
#include <stdio.h>

namespace libos {

namespace {

constexpr int first_own_descriptor = 512; // out of the way of programs that count theirs

// Descriptors of files that are mapped no more. Linux takes a process's record locks from a file when it closes any descriptor of it.
struct Kept {
    dev_t device;
    ino_t inode;
    int descriptor; // 0: none
};
Kept kept[64];
unsigned next_kept = 0;
bool record_locks = false; // there have been some

template <typename... Arguments>
int64_t uninterrupted(LinuxCall number, Arguments... arguments)
{
    constexpr int64_t interrupted = -4; // Linux's EINTR
    int64_t result;
    while ((result = forward(number, arguments...)) == interrupted) {
    }
    return result;
}

int kept_descriptor(const struct stat& file)
{
    for (Kept& one : kept)
        if (one.descriptor > 0 && one.device == file.st_dev && one.inode == file.st_ino) {
            int again = one.descriptor;
            one.descriptor = 0;
            return again;
        }
    return -1;
}

int own_descriptor(int descriptor)
{
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, first_own_descriptor);
    return own >= 0 ? own : fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
}

// An open file of our own: with O_APPEND, which the program may set at any time, Linux writes at the end, wherever it is told to.
int descriptor_for_writing(int descriptor)
{
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor); // the proxy's: libos's own open() has another /proc/self
    int64_t opened = uninterrupted(LinuxCall::openat, AT_FDCWD, name, linux_open_flags(O_RDWR | O_CLOEXEC), 0);
    if (opened < 0)
        return own_descriptor(descriptor);
    int high = own_descriptor(static_cast<int>(opened));
    if (high < 0)
        return static_cast<int>(opened);
    uninterrupted(LinuxCall::close, opened);
    return high;
}

int64_t of_newlib(int64_t result)
{
    return result < 0 ? -newlib_errno(static_cast<int>(-result)) : result;
}

}

int open_for_mapping(int descriptor, const struct stat& file)
{
    int again = kept_descriptor(file);
    return again >= 0 ? again : descriptor_for_writing(descriptor);
}

void close_mapped(const SharedFile& file)
{
    int unused = file.descriptor;
    if (__atomic_load_n(&record_locks, __ATOMIC_RELAXED)) {
        Kept& place = kept[next_kept++ % (sizeof kept / sizeof *kept)];
        unused = place.descriptor;
        place = {file.device, file.inode, file.descriptor};
    }
    if (unused > 0)
        uninterrupted(LinuxCall::close, unused);
}

int64_t read_mapped(const SharedFile& file, off_t offset, char* to, size_t size)
{
    size_t done = 0;
    while (done < size) {
        int64_t got = uninterrupted(LinuxCall::pread64, file.descriptor, to + done, size - done, offset + static_cast<off_t>(done));
        if (got < 0)
            return of_newlib(got);
        if (got == 0)
            break;
        done += static_cast<size_t>(got);
    }
    return static_cast<int64_t>(done);
}

int64_t write_mapped(const SharedFile& file, off_t offset, const char* from, size_t size)
{
    size_t done = 0;
    while (done < size) {
        int64_t put = uninterrupted(LinuxCall::pwrite64, file.descriptor, from + done, size - done, offset + static_cast<off_t>(done));
        if (put < 0)
            return of_newlib(put);
        done += static_cast<size_t>(put);
    }
    return static_cast<int64_t>(done);
}

int flush_mapped(const SharedFile& file)
{
    return static_cast<int>(-of_newlib(uninterrupted(LinuxCall::fdatasync, file.descriptor)));
}

void have_record_locks()
{
    __atomic_store_n(&record_locks, true, __ATOMIC_RELAXED);
}

}
