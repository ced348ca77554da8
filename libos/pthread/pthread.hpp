// SPDX-License-Identifier: MIT
// One POSIX thread. It lies in the thread's own thread-local storage, and its address is its pthread_t.
#pragma once

#include "signal/state.hpp"

#include <kernel/thread.h>
#include <pthread.h>

namespace libos {

struct KeyValue {
    uint32_t generation; // of the key that the value belongs to
    void* value;
};

constexpr unsigned first_keys = 32; // values of the rest are allocated when the first of them is set
constexpr unsigned name_size = 16;  // Linux's TASK_COMM_LEN

enum class Joining : uint32_t { possible, claimed, detached };

struct Pthread {
    skl_thread* thread = nullptr; // null: the main thread, as long as nobody has asked for it
    void* (*start)(void*) = nullptr;
    void* argument = nullptr;
    void* result = nullptr;
    Joining joining = Joining::possible;
    ThreadSignals* signals = nullptr;
    __skl_cleanup* cleanups = nullptr; // the innermost first
    int cancel_disabled = 0;           // PTHREAD_CANCEL_*
    int cancel_type = 0;
    bool exiting = false;
    size_t guard_size = 0;
    char name[name_size]{};
    KeyValue keys[first_keys]{};
    KeyValue* more_keys = nullptr;
};

extern thread_local constinit Pthread self;

// Whoever has a handle has it from pthread_self() or pthread_create(), which have filled the thread in.
inline Pthread& thread_of(pthread_t thread)
{
    return *reinterpret_cast<Pthread*>(thread);
}

inline pthread_t handle_of(Pthread& thread)
{
    return reinterpret_cast<pthread_t>(&thread);
}

// The same variable in another thread's storage: all threads have one layout.
template <typename T>
T& in_thread(skl_thread* thread, T& mine)
{
    auto offset = reinterpret_cast<char*>(&mine) - reinterpret_cast<char*>(skl_thread_self());
    return *reinterpret_cast<T*>(reinterpret_cast<char*>(thread) + offset);
}

// Of the calling thread; fills in what the main thread does not have yet.
Pthread& current();

// Runs what is left to run in the calling thread and ends it; the last thread ends the process.
[[noreturn]] void finish_thread();
void destroy_keys();

// After a change of what it depends on: state, type, or that the thread is about to end.
void update_cancel_mask();

// While one of these lives, the calling thread may be cancelled; whatever is pending takes effect at once.
class CancellationPoint {
public:
    CancellationPoint();
    ~CancellationPoint();
    CancellationPoint(const CancellationPoint&) = delete;
    CancellationPoint& operator=(const CancellationPoint&) = delete;

private:
    sigset_t before_;
};

}
