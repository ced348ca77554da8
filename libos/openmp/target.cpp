// SPDX-License-Identifier: MIT
// `target` regions of programs made by gcc, on the only device that an isle has: itself. Mapped data is where it was; what is firstprivate
// is copied. As the host fall-back of gcc's runtime: a new initial thread executes the region.
#include "teams.hpp"

#include <alloca.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

using namespace libos::openmp;

namespace {

// [gcc/12 include/gomp-constants.h]
constexpr unsigned kind_mask = 0xff, kind_firstprivate = 0xc, kind_alignment_shift = 8;
constexpr intptr_t argument_device_mask = 0x7f, argument_next_word = 0x80, argument_id_mask = 0xff00, argument_thread_limit = 0x200;
constexpr int argument_value_shift = 16;

struct Mapped {
    size_t count;
    void** addresses;
    size_t* sizes;
    unsigned short* kinds;

    bool is_copied(size_t i) const { return (kinds[i] & kind_mask) == kind_firstprivate && addresses[i]; }
    size_t alignment(size_t i) const { return size_t{1} << (kinds[i] >> kind_alignment_shift); }
};

// Room for the copies, whatever the alignment of where they begin.
size_t room_for_copies(const Mapped& mapped)
{
    size_t room = 0;
    for (size_t i = 0; i < mapped.count; i++)
        if (mapped.is_copied(i))
            room += mapped.sizes[i] + mapped.alignment(i) - 1;
    return room;
}

void copy(const Mapped& mapped, char* room)
{
    auto next = reinterpret_cast<uintptr_t>(room);
    for (size_t i = 0; i < mapped.count; i++) {
        if (!mapped.is_copied(i))
            continue;
        next = (next + mapped.alignment(i) - 1) & ~(mapped.alignment(i) - 1);
        mapped.addresses[i] = memcpy(reinterpret_cast<void*>(next), mapped.addresses[i], mapped.sizes[i]);
        next += mapped.sizes[i];
    }
}

// 0: none.
int thread_limit(void** arguments)
{
    while (arguments && *arguments) {
        auto word = reinterpret_cast<intptr_t>(*arguments++);
        intptr_t value = word & argument_next_word ? reinterpret_cast<intptr_t>(*arguments++) : word >> argument_value_shift;
        if (!(word & argument_device_mask) && (word & argument_id_mask) == argument_thread_limit)
            return value > INT32_MAX ? 0 : static_cast<int>(value);
    }
    return 0;
}

struct Region {
    Outlined function;
    void* data;
    int thread_limit;
};

void* execute(void* argument)
{
    const auto& region = *static_cast<const Region*>(argument);
    int threads = omp_get_max_threads();
    with_surroundings({nullptr, region.thread_limit, region.thread_limit}, [&] { region.function(region.data); });
    omp_set_num_threads(threads); // whatever the region has made of it
    return nullptr;
}

// Inside a parallel region a thread of its own: the team of that region is none of the target region's business.
void execute_as_initial_thread(Region& region)
{
    pthread_t thread;
    if (omp_get_level() == 0) {
        execute(&region);
        return;
    }
    if (int error = pthread_create(&thread, nullptr, execute, &region)) {
        fprintf(stderr, "OpenMP: no thread for a target region: %s\n", strerror(error));
        abort();
    }
    pthread_join(thread, nullptr);
}

void wait_for(void** depend)
{
    if (depend)
        GOMP_taskwait_depend(depend);
}

}

extern "C" {

// With `nowait` it is over when this returns, too.
void GOMP_target_ext(int, Outlined function, size_t count, void** addresses, size_t* sizes, unsigned short* kinds, unsigned,
                     void** depend, void** arguments)
{
    Mapped mapped{count, addresses, sizes, kinds};
    if (size_t room = room_for_copies(mapped))
        copy(mapped, static_cast<char*>(alloca(room)));
    wait_for(depend);
    Region region{function, addresses, thread_limit(arguments)};
    execute_as_initial_thread(region);
}

void GOMP_target_data_ext(int, size_t, void**, size_t*, unsigned short*)
{
}

void GOMP_target_update_ext(int, size_t, void**, size_t*, unsigned short*, unsigned, void** depend)
{
    wait_for(depend);
}

void GOMP_target_enter_exit_data(int, size_t, void**, size_t*, unsigned short*, unsigned, void** depend)
{
    wait_for(depend);
}

// Code for other devices, which the linker may have put into the image.
void GOMP_offload_register_ver(unsigned, const void*, int, const void*)
{
}

void GOMP_offload_register(const void*, int, const void*)
{
}

void GOMP_offload_unregister_ver(unsigned, const void*, int, const void*)
{
}

void GOMP_offload_unregister(const void*, int, const void*)
{
}

}
