// SPDX-License-Identifier: MIT
// Metal or QEMU, KVM or TCG: by what the user asked for and what is there, and always said when it is not what was asked for.
#pragma once

#include "image/image_file.hpp"
#include "node/reservation.hpp"
#include "run/settings.hpp"

#include <memory>
#include <optional>

namespace skl {

struct Cargo {
    const ImageFile& image;
    const std::vector<std::string>& arguments;
    const std::vector<std::string>& environment;
};

struct Launched {
    std::unique_ptr<Launch> launch;
    std::optional<Taken> cold; // taken from Linux for this launch alone
};

// A started isle. Throws Failure (125).
Launched launch_isle(const Settings& settings, const Cargo& cargo);

}
