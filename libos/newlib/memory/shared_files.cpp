// SPDX-License-Identifier: MIT
// Which files are mapped where, and how often each of their pages is in use.
#include "memory/shared_files.hpp"

#include "memory/shared_file.hpp"
#include "signal/state.hpp"

#include <errno.h>
#include <kernel/memory.h>
#include <kernel/thread.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

namespace libos {

uint32_t shared_file_count = 0;

namespace {

SharedFile* files = nullptr;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
skl_thread* holder = nullptr;

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
            for (uint64_t from = run.begin; from < run.end; from += copied_at_once)
                if (int error = function(Part{from, from + copied_at_once < run.end ? from + copied_at_once : run.end}))
                    first = first ? first : error;
        at = run.end;
    }
    return first;
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

void remove_unused()
{
    for (SharedFile** link = &files; *link;) {
        SharedFile& file = **link;
        if (file.uses_at(file.address) != 0 || run_at(file, file.address, file.end()).end != file.end()) {
            link = &file.next;
            continue;
        }
        *link = file.next;
        close_mapped(file);
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
    if (!can_copy())
        return ENOMEM;
    uint64_t own = skl_pages_allocate(counts + size, page_size);
    if (own == SKL_NO_ADDRESS)
        return ENOMEM;
    int descriptor = open_for_mapping(request.file, status);
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
    return for_each_in(range, [](SharedFile& file, const Part&) { return flush_mapped(file); });
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

}
