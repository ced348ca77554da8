// SPDX-License-Identifier: MIT
// One piece of memory for each thread: guard page, stack, thread-local storage, the thread itself.
#include "lifetime.hpp"

#include "cpu.hpp"
#include "memory/page_ranges.hpp"
#include "public_area.hpp"
#include "sync/spinlock.hpp"
#include "thread/placement.hpp"
#include "thread/scheduler.hpp"
#include "thread/pieces.hpp"
#include "thread/start_cpu.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/futex.h>
#include <kernel/thread.h>

#include <cstring>
#include <new>

namespace skl {
namespace {

constexpr int not_enough_memory = -12, no_more_threads = -11, invalid = -22; // Linux's ENOMEM, EAGAIN, EINVAL

struct Numbers {
    Spinlock lock;
    std::uint64_t taken[SKL_SLOTS / 64]{1}; // guarded by lock
};
constinit Numbers numbers;

}

const TlsImage& tls_image()
{
    static TlsImage image = TlsImage::of(machine::image());
    return image;
}

std::uint32_t take_id()
{
    Guard guard(numbers.lock);
    for (std::uint32_t i = 0; i < SKL_SLOTS / 64; i++) {
        if (~numbers.taken[i]) {
            auto bit = static_cast<std::uint32_t>(__builtin_ctzll(~numbers.taken[i]));
            numbers.taken[i] |= std::uint64_t{1} << bit;
            return i * 64 + bit;
        }
    }
    return no_id;
}

void give_back_id(std::uint32_t id)
{
    Guard guard(numbers.lock);
    numbers.taken[id / 64] &= ~(std::uint64_t{1} << id % 64);
}

std::size_t thread_footprint()
{
    return tls_image().footprint(sizeof(Thread)) + tls_image().block_alignment();
}

Thread* place_thread(std::uint64_t memory_end, std::uint32_t id)
{
    const TlsImage& image = tls_image();
    std::uint64_t block = (memory_end - image.footprint(sizeof(Thread))) & ~(image.block_alignment() - 1);
    auto* thread = new (image.place(reinterpret_cast<void*>(block))) Thread{};
    thread->self = thread;
    thread->stack_guard = machine::ticks();
    thread->id = id;
    thread->stack.size = block; // the end, until the caller knows the beginning
    return thread;
}

void release(Thread& thread)
{
    Piece piece{thread.memory, thread.memory_size, thread.memory ? thread.stack.base - thread.memory : 0};
    std::uint32_t id = thread.id;
    if (piece.size)
        give_back_piece(piece);
    give_back_id(id); // last: as many threads as there are numbers
}

void bury(Thread& thread)
{
    const auto* word = reinterpret_cast<const std::uint32_t*>(&thread.remains);
    if (thread.remains.exchange(gone, std::memory_order_acq_rel) == detached) // partners: skl_thread_join, skl_thread_detach
        release(thread);
    else
        skl_futex_wake(word, UINT32_MAX);
}

}

using namespace skl;

namespace {

// What a thread that is switched to for the first time does.
void first_steps()
{
    arrived();
    settle();
    Thread& self = this_thread();
    unmask_upcalls();
    self.function(self.argument);
    skl_thread_exit();
}

struct Room {
    std::uint64_t memory, size;    // to be given back
    std::uint64_t stack_base, end; // where the thread may live
};

// The room must hold a stack of the size asked for, or be the caller's own, of which thread and TLS take their share.
int find_room(const skl_thread_plan& plan, Room& room)
{
    std::uint64_t need = thread_footprint();
    if (plan.stack_base) {
        if (plan.stack_size < need + page_size)
            return invalid;
        room = {0, 0, plan.stack_base, plan.stack_base + plan.stack_size};
        return 0;
    }
    if (plan.stack_size > SKL_OWN_END || plan.guard_size > SKL_OWN_END)
        return not_enough_memory;
    Piece piece;
    piece.guard = round_up(plan.guard_size, page_size);
    piece.size = piece.guard + round_up(plan.stack_size + need, page_size);
    if (!take_piece(piece))
        return not_enough_memory;
    room = {piece.base, piece.size, piece.base + piece.guard, piece.base + piece.size};
    return 0;
}

}

extern "C" int skl_thread_create(const struct skl_thread_plan* plan, struct skl_thread** made)
{
    std::uint32_t cpu = choose_cpu(plan->cpus);
    if (cpu == no_cpu)
        return invalid;
    if (!start_cpu(cpu))
        return not_enough_memory;
    std::uint32_t id = take_id();
    if (id == no_id)
        return no_more_threads;
    Room room;
    if (int error = find_room(*plan, room)) {
        give_back_id(id);
        return error;
    }
    std::memset(reinterpret_cast<void*>(room.end - thread_footprint()), 0, thread_footprint());
    Thread* thread = place_thread(room.end, id);
    thread->stack = {room.stack_base, thread->stack.size - room.stack_base};
    thread->memory = room.memory;
    thread->memory_size = room.size;
    thread->cpu = thread->wanted_cpu = cpu;
    set_mask(thread->cpus, plan->cpus);
    *made = reinterpret_cast<struct skl_thread*>(thread);
    if (!skl_threaded) // written while there is one thread, only read ever after
        skl_threaded = 1;
    return 0;
}

extern "C" void skl_thread_launch(struct skl_thread* handle, void (*function)(void*), void* argument)
{
    auto& thread = *reinterpret_cast<Thread*>(handle);
    thread.function = function;
    thread.argument = argument;
    thread.context = machine::new_context(thread.stack.base, thread.stack.size, first_steps);
    UpcallsMasked masked;
    make_ready(thread);
}

extern "C" void skl_thread_exit()
{
    UpcallsMasked masked;
    end_thread();
}

extern "C" enum skl_futex_answer skl_thread_join(struct skl_thread* handle, std::uint64_t deadline)
{
    auto& thread = *reinterpret_cast<Thread*>(handle);
    const auto* word = reinterpret_cast<const std::uint32_t*>(&thread.remains);
    while (thread.remains.load(std::memory_order_acquire) != gone) { // partner: bury
        skl_futex_answer answer = skl_futex_wait(word, joinable, deadline);
        if (answer == SKL_FUTEX_TIMEOUT || answer == SKL_FUTEX_INTERRUPTED)
            return answer;
    }
    return SKL_FUTEX_WOKEN;
}

extern "C" void skl_thread_release(struct skl_thread* handle)
{
    release(*reinterpret_cast<Thread*>(handle));
}

extern "C" void skl_thread_detach(struct skl_thread* handle)
{
    auto& thread = *reinterpret_cast<Thread*>(handle);
    if (thread.remains.exchange(detached, std::memory_order_acq_rel) == gone) // partner: bury
        release(thread);
}
