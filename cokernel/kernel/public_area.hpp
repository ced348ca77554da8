// SPDX-License-Identifier: MIT
// Where boot page, clock page, rings and slots are (public.h); the CPU count comes from the boot page once it has been checked.
#pragma once

#include "machine.hpp"

#include <skellig/public.h>
#include <skellig/ring.h>

namespace skl {

template <typename T>
T& public_object(std::uint64_t offset)
{
    return *reinterpret_cast<T*>(machine::public_base() + offset);
}

inline const skl_boot& boot_page()
{
    return public_object<const skl_boot>(SKL_BOOT_OFFSET);
}

inline const skl_clock& clock_page()
{
    return public_object<const skl_clock>(SKL_CLOCK_OFFSET);
}

inline skl_ring& ring_of(std::uint32_t cpu)
{
    return public_object<skl_ring>(SKL_RING_OFFSET(boot_page().cpus, cpu));
}

inline skl_slot* slots()
{
    return &public_object<skl_slot>(SKL_SLOT_OFFSET(boot_page().cpus));
}

}
