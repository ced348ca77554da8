// SPDX-License-Identifier: MIT
// Signals from outside: the word in the boot page that the proxy fills.
#include "public_area.hpp"

#include <kernel/signal.h>

namespace {

std::uint64_t& arrived()
{
    return skl::public_object<skl_boot>(SKL_BOOT_OFFSET).signals;
}

}

extern "C" std::uint64_t skl_signals_take()
{
    return skl_signals_arrived() ? __atomic_exchange_n(&arrived(), 0, __ATOMIC_ACQ_REL) : 0;
}

extern "C" int skl_signals_arrived()
{
    return __atomic_load_n(&arrived(), __ATOMIC_RELAXED) != 0;
}
