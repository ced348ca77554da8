// SPDX-License-Identifier: MIT
// A second copy of each mapping, its twin, holds what the file was known to hold: what differs from it has been stored since.
#include "memory/shared_files.hpp"

#include "call.hpp"
#include "memory/changes.hpp"
#include "signal/state.hpp"

#include <fcntl.h>
#include <kernel/memory.h>
#include <kernel/process.h>
#include <kernel/thread.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

namespace libos {

uint32_t shared_file_count = 0;

namespace {

constexpr size_t at_once = TakenBytes::most;
constexpr int first_own_descriptor = 512; // out of the way of programs that count theirs

// The pages behind it hold, in this order: itself, how often each page is in use, the twin.
struct SharedFile {
    SharedFile* next;
    dev_t device;
    ino_t inode;
    int descriptor;
    uint64_t address, size;
    off_t offset;
    uint64_t own_size; // of the pages behind it
    char* twin;
    uint32_t uses[];

    uint64_t end() const { return address + size; }
    bool is(const struct stat& file) const { return device == file.st_dev && inode == file.st_ino; }
    uint32_t& uses_at(uint64_t page) { return uses[(page - address) / page_size]; }
    char* twin_at(uint64_t at) const { return twin + (at - address); }
    off_t offset_at(uint64_t at) const { return offset + static_cast<off_t>(at - address); }
};

SharedFile* files = nullptr;
char* buffer = nullptr; // at_once bytes
TakenBytes taken;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
skl_thread* holder = nullptr;

// Descriptors of files that are mapped no more. Linux takes a process's record locks from a file when it closes any descriptor of it.
struct Kept {
    dev_t device;
    ino_t inode;
    int descriptor; // 0: none
};
Kept kept[64];
unsigned next_kept = 0;
bool record_locks = false; // there have been some

struct Part {
    uint64_t begin, end;
};

Part common(const SharedFile& file, const Range& range)
{
    uint64_t range_end = range.address + range.size;
    return {file.address > range.address ? file.address : range.address, file.end() < range_end ? file.end() : range_end};
}

// The next pages of the part, from `at` on, that are used, or are not.
Part run_at(SharedFile& file, uint64_t at, uint64_t end)
{
    bool used = file.uses_at(at) != 0;
    uint64_t to = at + page_size;
    while (to < end && (file.uses_at(to) != 0) == used)
        to += page_size;
    return {at, to};
}

template <typename Function>
int for_used(SharedFile& file, const Part& part, const Function& function)
{
    int first = 0;
    for (uint64_t at = part.begin; at < part.end;) {
        Part run = run_at(file, at, part.end);
        if (file.uses_at(at) != 0)
            for (uint64_t from = run.begin; from < run.end; from += at_once)
                if (int error = function(Part{from, from + at_once < run.end ? from + at_once : run.end}))
                    first = first ? first : error;
        at = run.end;
    }
    return first;
}

// What the program must not do with the pages at the moment, the copying must.
class Accessible {
public:
    Accessible(const Part& part, uint32_t needed) : part_(part)
    {
        for (uint64_t at = part.begin; at < part.end; at += page_size) {
            uint32_t kind;
            int rights = skl_map_rights(at, page_size, &kind);
            uint8_t& kept = kept_[(at - part.begin) / page_size];
            kept = unchanged;
            if (rights >= 0 && (static_cast<uint32_t>(rights) & needed) != needed && skl_map_protect(at, page_size, needed) == 0)
                kept = static_cast<uint8_t>(rights);
        }
    }
    ~Accessible()
    {
        for (uint64_t at = part_.begin; at < part_.end; at += page_size)
            if (uint8_t kept = kept_[(at - part_.begin) / page_size]; kept != unchanged)
                skl_map_protect(at, page_size, kept);
    }
    Accessible(const Accessible&) = delete;
    Accessible& operator=(const Accessible&) = delete;

private:
    static constexpr uint8_t unchanged = 0xff;
    Part part_;
    uint8_t kept_[at_once / page_size];
};

template <typename... Arguments>
int64_t uninterrupted(LinuxCall number, Arguments... arguments)
{
    constexpr int64_t interrupted = -4; // Linux's EINTR
    int64_t result;
    while ((result = forward(number, arguments...)) == interrupted) {
    }
    return result;
}

// Up to the file's end: what it has there, or a negative errno of Linux.
int64_t read_file(const SharedFile& file, off_t offset, char* to, size_t size)
{
    size_t done = 0;
    while (done < size) {
        int64_t got = uninterrupted(LinuxCall::pread64, file.descriptor, to + done, size - done, offset + static_cast<off_t>(done));
        if (got < 0)
            return got;
        if (got == 0)
            break;
        done += static_cast<size_t>(got);
    }
    return static_cast<int64_t>(done);
}

int64_t write_file(const SharedFile& file, off_t offset, const char* from, size_t size)
{
    size_t done = 0;
    while (done < size) {
        int64_t put = uninterrupted(LinuxCall::pwrite64, file.descriptor, from + done, size - done, offset + static_cast<off_t>(done));
        if (put < 0)
            return put;
        done += static_cast<size_t>(put);
    }
    return static_cast<int64_t>(done);
}

int error_of(int64_t result)
{
    return result < 0 ? newlib_errno(static_cast<int>(-result)) : 0;
}

// Bytes that have been changed, each run of them by itself.
int write_runs(SharedFile& file, uint64_t from, size_t size)
{
    const char* memory = reinterpret_cast<const char*>(from);
    char* twin = file.twin_at(from);
    for (Changes run = next_changes(memory, twin, 0, size); run.size; run = next_changes(memory, twin, run.begin + run.size, size)) {
        memcpy(buffer, memory + run.begin, run.size);
        int64_t result = write_file(file, file.offset_at(from + run.begin), buffer, run.size);
        if (result < 0)
            return error_of(result);
        memcpy(twin + run.begin, buffer, run.size); // not before: what is not in the file is still a change
    }
    return 0;
}

// All in one piece, with what lies between as the file has just been read.
int write_whole(SharedFile& file, uint64_t from, size_t size)
{
    int64_t result = read_file(file, file.offset_at(from), buffer, size);
    if (result < 0)
        return error_of(result);
    size = static_cast<size_t>(result);
    taken.take(buffer, reinterpret_cast<const char*>(from), file.twin_at(from), size);
    result = write_file(file, file.offset_at(from), buffer, size);
    if (result >= 0)
        taken.written(file.twin_at(from), buffer, size);
    return error_of(result);
}

// In how many pieces changes may lie before they are written in one: a call for each of very many would take seconds.
constexpr unsigned most_runs = 64;

bool has_many_runs(const char* memory, const char* twin, size_t size)
{
    unsigned runs = 0;
    for (Changes run = next_changes(memory, twin, 0, size); run.size && runs <= most_runs; runs++)
        run = next_changes(memory, twin, run.begin + run.size, size);
    return runs > most_runs;
}

// Beyond the file's end nothing is kept.
int write_back(SharedFile& file, const Part& part)
{
    Accessible accessible(part, PROT_READ);
    const char* memory = reinterpret_cast<const char*>(part.begin);
    size_t size = part.end - part.begin;
    if (next_changes(memory, file.twin_at(part.begin), 0, size).size == 0)
        return 0;
    struct stat status;
    if (fstat(file.descriptor, &status) != 0)
        return errno;
    off_t left = status.st_size - file.offset_at(part.begin);
    if (left <= 0)
        return 0;
    size = static_cast<size_t>(left) < size ? static_cast<size_t>(left) : size;
    bool many = has_many_runs(memory, file.twin_at(part.begin), size);
    return many ? write_whole(file, part.begin, size) : write_runs(file, part.begin, size);
}

int read_again(SharedFile& file, const Part& part)
{
    Accessible accessible(part, PROT_READ | PROT_WRITE);
    int64_t size = read_file(file, file.offset_at(part.begin), buffer, part.end - part.begin);
    if (size > 0)
        take_others(reinterpret_cast<char*>(part.begin), file.twin_at(part.begin), buffer, static_cast<size_t>(size));
    return error_of(size);
}

int synchronise(SharedFile& file, const Part& part, Direction direction)
{
    return for_used(file, part, [&](const Part& some) {
        int error = write_back(file, some);
        if (!error && direction == Direction::both)
            error = read_again(file, some);
        return error;
    });
}

template <typename Function>
int for_each_in(const Range& range, const Function& function)
{
    int first = 0;
    for (SharedFile* file = files; file; file = file->next)
        if (Part part = common(*file, range); part.begin < part.end)
            if (int error = function(*file, part))
                first = first ? first : error;
    return first;
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

void close_or_keep(const SharedFile& file)
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

void remove_unused()
{
    for (SharedFile** link = &files; *link;) {
        SharedFile& file = **link;
        if (file.uses_at(file.address) != 0 || run_at(file, file.address, file.end()).end != file.end()) {
            link = &file.next;
            continue;
        }
        *link = file.next;
        close_or_keep(file);
        skl_pages_release(reinterpret_cast<uint64_t>(&file), file.own_size);
        __atomic_sub_fetch(&shared_file_count, 1, __ATOMIC_RELAXED);
    }
}

void use(SharedFile& file, const Part& part)
{
    for (uint64_t at = part.begin; at < part.end; at += page_size)
        file.uses_at(at)++;
}

// Of a page: null if it is none of a shared file.
uint32_t* uses_of(uint64_t page)
{
    for (SharedFile* file = files; file; file = file->next)
        if (file->address <= page && page < file->end() && file->uses_at(page) != 0)
            return &file->uses_at(page);
    return nullptr;
}

bool used_more_than_once(const Range& range)
{
    return for_each_in(range, [](SharedFile& file, const Part& part) {
        for (uint64_t at = part.begin; at < part.end; at += page_size)
            if (file.uses_at(at) > 1)
                return 1;
        return 0;
    });
}

int end_page(uint64_t page, int (*end)(uint64_t address, uint64_t size))
{
    uint32_t* uses = uses_of(page);
    if (uses && --*uses > 0)
        return 0;
    return end(page, page_size);
}

bool have_buffer()
{
    if (!buffer) {
        uint64_t pages = skl_pages_allocate(at_once, page_size);
        buffer = pages == SKL_NO_ADDRESS ? nullptr : reinterpret_cast<char*>(pages);
    }
    return buffer;
}

int widen_rights(const MapRequest& request, uint64_t address)
{
    for (uint64_t at = address; at < address + request.range.size; at += page_size) {
        uint32_t kind;
        int rights = skl_map_rights(at, page_size, &kind);
        if (rights >= 0 && (request.protection & ~rights))
            if (int error = skl_map_protect(at, page_size, static_cast<uint32_t>(request.protection | rights)))
                return -error;
    }
    return 0;
}

}

SharedFilesLock::SharedFilesLock() : was_held_(__atomic_load_n(&holder, __ATOMIC_RELAXED) == skl_thread_self())
{
    if (was_held_)
        return;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state_);
    blocked_ = thread_signals.blocked;
    change_mask(~unblockable);
    pthread_mutex_lock(&mutex);
    __atomic_store_n(&holder, skl_thread_self(), __ATOMIC_RELAXED);
}

SharedFilesLock::~SharedFilesLock()
{
    if (was_held_)
        return;
    int error = errno;
    __atomic_store_n(&holder, nullptr, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&mutex);
    change_mask(blocked_);
    deliver_pending();
    pthread_setcancelstate(cancel_state_, nullptr);
    errno = error;
}

SharedMatch use_once_more(const MapRequest& request, const struct stat& file)
{
    SharedMatch match;
    off_t begin = request.offset, end = begin + static_cast<off_t>(request.range.size);
    for (SharedFile* one = files; one; one = one->next) {
        if (!one->is(file) || begin >= one->offset + static_cast<off_t>(one->size) || end <= one->offset)
            continue;
        Range all(reinterpret_cast<void*>(one->address), one->size);
        if (begin >= one->offset && end <= one->offset + static_cast<off_t>(one->size))
            all = Range(reinterpret_cast<void*>(one->address + static_cast<uint64_t>(begin - one->offset)), request.range.size);
        Part part = common(*one, all);
        Part run = run_at(*one, part.begin, part.end);
        bool used = one->uses_at(part.begin) != 0;
        if (!used && run.end == part.end)
            continue; // nothing of it is left
        bool covered = used && run.end == part.end && all.size == request.range.size && one->offset_at(all.address) == begin;
        if (covered && !request.fixed() && widen_rights(request, all.address) == 0) {
            use(*one, part);
            match.address = all.address;
            return match;
        }
        match.conflict = true;
    }
    return match;
}

int add_shared_file(const MapRequest& request, const struct stat& status, uint64_t address)
{
    uint64_t size = request.range.size, counts = pages_of(sizeof(SharedFile) + size / page_size * sizeof(uint32_t));
    if (!have_buffer())
        return ENOMEM;
    uint64_t own = skl_pages_allocate(counts + size, page_size);
    if (own == SKL_NO_ADDRESS)
        return ENOMEM;
    int descriptor = kept_descriptor(status);
    if (descriptor < 0)
        descriptor = descriptor_for_writing(request.file);
    if (descriptor < 0) {
        skl_pages_release(own, counts + size);
        return errno;
    }
    auto& file = *reinterpret_cast<SharedFile*>(own);
    file.device = status.st_dev;
    file.inode = status.st_ino;
    file.descriptor = descriptor;
    file.address = address;
    file.size = size;
    file.offset = request.offset;
    file.own_size = counts + size;
    file.twin = reinterpret_cast<char*>(own + counts);
    memcpy(file.twin, reinterpret_cast<const char*>(address), size);
    use(file, {address, address + size});
    file.next = files;
    files = &file;
    __atomic_add_fetch(&shared_file_count, 1, __ATOMIC_RELAXED);
    return 0;
}

int synchronise(const Range& range, Direction direction)
{
    return for_each_in(range, [=](SharedFile& file, const Part& part) { return synchronise(file, part, direction); });
}

int synchronise(const struct stat& status, Direction direction)
{
    int first = 0;
    for (SharedFile* file = files; file; file = file->next)
        if (file->is(status))
            if (int error = synchronise(*file, {file->address, file->end()}, direction))
                first = first ? first : error;
    return first;
}

int make_durable(const Range& range)
{
    return for_each_in(range, [](SharedFile& file, const Part&) { return error_of(uninterrupted(LinuxCall::fdatasync, file.descriptor)); });
}

bool any_shared_file(const Range& range)
{
    return for_each_in(range, [](SharedFile& file, const Part& part) {
        Part run = run_at(file, part.begin, part.end);
        return file.uses_at(part.begin) != 0 || run.end != part.end;
    });
}

int give_up(const Range& range, int (*end)(uint64_t address, uint64_t size))
{
    synchronise(range, Direction::to_file);
    int error = 0;
    if (used_more_than_once(range)) {
        for (uint64_t at = range.address; at < range.address + range.size && !error; at += page_size)
            error = end_page(at, end);
        remove_unused();
    } else {
        error = end(range.address, range.size);
        if (!error)
            forget_shared_files(range);
    }
    return error;
}

void forget_shared_files(const Range& range)
{
    for_each_in(range, [](SharedFile& file, const Part& part) {
        for (uint64_t at = part.begin; at < part.end; at += page_size)
            file.uses_at(at) = 0;
        return 0;
    });
    remove_unused();
}

void write_back_all()
{
    if (!shared_files_mapped())
        return;
    SharedFilesLock lock;
    if (lock.was_held())
        return;
    for (SharedFile* file = files; file; file = file->next)
        synchronise(*file, {file->address, file->end()}, Direction::to_file);
}

void synchronise_file(int descriptor, Direction direction)
{
    struct stat status;
    if (!shared_files_mapped() || fstat(descriptor, &status) != 0)
        return;
    SharedFilesLock lock;
    if (!lock.was_held())
        synchronise(status, direction);
}

void have_record_locks()
{
    __atomic_store_n(&record_locks, true, __ATOMIC_RELAXED);
}

}
