// SPDX-License-Identifier: MIT
// Shared mappings of files that can be written. Their pages are the isle's own, so what is stored there reaches the file only when the
// program says so or hands the file on: by msync(), munmap(), fsync(), giving a file lock back, starting another program, or its end. What
// others have changed is seen after msync(MS_INVALIDATE), or when a file lock has been taken. [posix] mmap(), msync()
#pragma once

#include "memory/request.hpp"

#include <stdint.h>
#include <sys/stat.h>

namespace libos {

extern uint32_t shared_file_count; // mappings; changed while the lock below is held

inline bool shared_files_mapped()
{
    return __atomic_load_n(&shared_file_count, __ATOMIC_RELAXED) != 0;
}

enum class Direction { to_file, both };

// Over all mappings here; signals and cancellation are held off. Held by the calling thread already: one of these calls is inside another,
// or a fault ends the program in the midst of one.
class SharedFilesLock {
public:
    SharedFilesLock();
    ~SharedFilesLock();
    bool was_held() const { return was_held_; }
    SharedFilesLock(const SharedFilesLock&) = delete;
    SharedFilesLock& operator=(const SharedFilesLock&) = delete;

private:
    bool was_held_;
    int cancel_state_ = 0;
    unsigned long blocked_ = 0; // sigset_t
};

// All that follow: the lock is held. Errors are errno's values, 0 for none.

// A mapping of the file that covers the request: its pages are used once more, and `address` is set. `conflict`: one has a part of it.
struct SharedMatch {
    uint64_t address = 0;
    bool conflict = false;
};
SharedMatch use_once_more(const MapRequest& request, const struct stat& file);
// Pages that have been mapped for the request, read in and still writable, belong to the file from now on.
int add_shared_file(const MapRequest& request, const struct stat& file, uint64_t address);

// To the file and back, where the range, or the file's mappings, are.
int synchronise(const Range& range, Direction direction);
int synchronise(const struct stat& file, Direction direction);
// Flushes the files themselves to their disk, too.
int make_durable(const Range& range);

bool any_shared_file(const Range& range);
// One use of each page less. `end` is called for what nobody uses any more and for what is no shared mapping; its first answer that is not 0
// is the answer.
int give_up(const Range& range, int (*end)(uint64_t address, uint64_t size));
// Something else has taken the place of these pages.
void forget_shared_files(const Range& range);

// For those who do not hold the lock.
// Maps something else over the range: shared files that give way get their changes first. `map` answers with the address or a negative errno.
template <typename Map>
int64_t map_over_shared_files(const Range& range, const Map& map)
{
    if (!shared_files_mapped())
        return map();
    SharedFilesLock lock;
    synchronise(range, Direction::to_file);
    int64_t address = map();
    if (address >= 0)
        forget_shared_files(range);
    return address;
}
void write_back_all();
void synchronise_file(int descriptor, Direction direction);
// From now on the program may have locks that it would lose if a descriptor of the file were closed here.
void have_record_locks();

}
