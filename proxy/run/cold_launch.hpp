// SPDX-License-Identifier: MIT
// A launch by root on an empty pool: what the isle needs is taken from Linux first and goes back when the isle has ended.
#pragma once

#include "image/image.hpp"
#include "launch/launch.hpp"
#include "node/reservation.hpp"

#include <optional>

namespace skl {

// Reserves for this request if the pool is empty and we may. Throws Failure (125).
std::optional<Taken> reserve_if_cold(Request& request, const Image& image);

// After a failed launch, with no enclave of ours left.
void give_back_now(const Taken& taken);

// After the isle's end: starts the proxy anew without the enclave, which dies with this address space; that one gives back and ends
// with `status` or by `signal`.
[[noreturn]] void end_and_give_back(const Taken& taken, int status, int signal);

// In the new proxy: does so if it was started for that.
void give_back_if_told();

}
