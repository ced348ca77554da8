// SPDX-License-Identifier: MIT
// A small C11 memory model: runs code on atomics through every stale value that its memory orders allow.
//
// x86 keeps most stores in order and ThreadSanitizer knows no fences, so neither sees a release that became relaxed where the
// payload is atomic too, nor a missing full fence. Here each location keeps the history of its values and each thread a view: the
// oldest value of each location that it may still read. Release stores carry their writer's view, acquire loads take it over, fences
// do so for the relaxed accesses around them, and seq_cst fences meet in one common view (release/acquire with views, as in Kang et
// al., "A promising semantics for relaxed-memory concurrency", without its promises). A load that may return several values is a
// choice; explore() runs its body once for each combination of choices.
//
// What it is good for: threads that run one after the other (act_as), which covers message passing and "arm, fence, look again", since
// there the only question is what the later thread may miss. What it leaves out: loads that take values from a thread's future, and
// two threads that overwrite each other's values of one location. seq_cst accesses count as acquire and release only.
//
// Include it last before the code under test: from here on the builtins mean the model.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <vector>

namespace model {

using View = std::map<const void*, std::size_t>; // location -> oldest readable entry of its history

inline void join(View& view, const View& other)
{
    for (auto [location, index] : other)
        if (view[location] < index)
            view[location] = index;
}

struct Message {
    std::uint64_t value;
    View released;
};

struct Thread {
    View current;
    View seen;     // by relaxed loads: current after an acquire fence
    View released; // at the last release fence: what relaxed stores carry
};

struct Choice {
    std::size_t taken;
    std::size_t count;
};

struct World {
    std::map<const void*, std::vector<Message>> history;
    std::map<int, Thread> threads;
    View common; // of seq_cst fences
    int running = 0;
    std::vector<Choice> choices; // of all runs: the run follows them, then adds the first of each new one
    std::size_t step = 0;

    Thread& thread() { return threads[running]; }

    std::size_t choose(std::size_t count)
    {
        if (step == choices.size())
            choices.push_back({0, count});
        return choices[step++].taken;
    }

    void start_run()
    {
        history.clear();
        threads.clear();
        common.clear();
        running = 0;
        step = 0;
    }

    // The next combination; false when all have been run.
    bool advance()
    {
        while (!choices.empty() && choices.back().taken + 1 == choices.back().count)
            choices.pop_back();
        if (choices.empty())
            return false;
        ++choices.back().taken;
        return true;
    }
};

inline World& world()
{
    static World only;
    return only;
}

// Thrown by a body to give up a run that shows nothing, for example one that only waits.
struct Pruned {
};

// Runs body for every combination of values its loads may return; how often it ran. The body sets its memory up itself.
inline std::size_t explore(const std::function<void()>& body)
{
    std::size_t runs = 0;
    world().choices.clear();
    do {
        world().start_run();
        try {
            body();
        } catch (const Pruned&) {
        }
        ++runs;
    } while (world().advance());
    return runs;
}

inline void act_as(int thread) { world().running = thread; }

// What an interrupt does beside waking: its receiver sees all that its sender has seen.
inline void interrupt(int from, int to) { join(world().threads[to].current, world().threads[from].current); }

inline bool acquires(int order) { return order == __ATOMIC_ACQUIRE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST; }
inline bool releases(int order) { return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST; }

template <typename T>
std::vector<Message>& history_of(const T* location)
{
    auto& history = world().history[location];
    if (history.empty()) {
        std::uint64_t value = 0;
        std::memcpy(&value, location, sizeof(T));
        history.push_back({value, {}});
    }
    return history;
}

template <typename T>
T read(const T* location, std::size_t index, int order)
{
    Thread& thread = world().thread();
    const Message& message = history_of(location)[index];
    thread.current[location] = index;
    join(acquires(order) ? thread.current : thread.seen, message.released);
    return static_cast<T>(message.value);
}

template <typename T>
T load(const T* location, int order)
{
    auto& history = history_of(location);
    std::size_t oldest = world().thread().current[location];
    std::size_t choices = history.size() - oldest;
    return read(location, oldest + (choices > 1 ? world().choose(choices) : 0), order);
}

// carried: the view of the value that a read-modify-write replaces.
template <typename T>
void write(T* location, T value, int order, const View& carried = {})
{
    Thread& thread = world().thread();
    auto& history = history_of(location);
    thread.current[location] = history.size();
    Message message{static_cast<std::uint64_t>(value), releases(order) ? thread.current : thread.released};
    message.released[location] = history.size();
    join(message.released, carried);
    history.push_back(message);
    std::memcpy(location, &value, sizeof(T)); // for plain accesses
}

template <typename T, typename V>
void store(T* location, V value, int order)
{
    write<T>(location, static_cast<T>(value), order);
}

// A read-modify-write reads the newest value.
template <typename T, typename Change>
T update(T* location, int order, Change change)
{
    auto& history = history_of(location);
    View carried = history.back().released;
    T before = read(location, history.size() - 1, order);
    write<T>(location, change(before), order, carried);
    return before;
}

template <typename T, typename V>
bool compare_exchange(T* location, T* expected, V desired, int success, int failure)
{
    auto& history = history_of(location);
    if (static_cast<T>(history.back().value) != *expected) {
        *expected = load(location, failure);
        return false;
    }
    update(location, success, [&](T) { return static_cast<T>(desired); });
    return true;
}

inline void fence(int order)
{
    Thread& thread = world().thread();
    if (acquires(order))
        join(thread.current, thread.seen);
    if (order == __ATOMIC_SEQ_CST) {
        join(world().common, thread.current);
        thread.current = world().common;
    }
    if (releases(order))
        thread.released = thread.current;
}

} // namespace model

#define __atomic_load_n(location, order) ::model::load(location, order)
#define __atomic_store_n(location, value, order) ::model::store(location, value, order)
#define __atomic_exchange_n(location, value, order) \
    ::model::update(location, order, [&](auto old) { return static_cast<decltype(old)>(value); })
#define __atomic_fetch_or(location, bits, order) \
    ::model::update(location, order, [&](auto old) { return static_cast<decltype(old)>(old | (bits)); })
#define __atomic_compare_exchange_n(location, expected, desired, weak, success, failure) \
    ::model::compare_exchange(location, expected, desired, success, failure)
#define __atomic_thread_fence(order) ::model::fence(order)
