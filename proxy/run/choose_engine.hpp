// SPDX-License-Identifier: MIT
// Metal or QEMU, KVM or TCG: by what the user asked for and what is there, and always said when it is not what was asked for.
#pragma once

#include "image/image_file.hpp"
#include "run/settings.hpp"

#include <memory>

namespace skl {

struct Cargo {
    const ImageFile& image;
    const std::vector<std::string>& arguments;
    const std::vector<std::string>& environment;
};

// A started isle. Throws Failure (125).
std::unique_ptr<Launch> launch_isle(const Settings& settings, const Cargo& cargo);

}
