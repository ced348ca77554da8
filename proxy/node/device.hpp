// SPDX-License-Identifier: MIT
// /dev/skellig opened, its revision checked, its refusals in words.
#pragma once

#include "base/descriptor.hpp"

#include <skellig/device.h>

#include <string>

namespace skl {

// Pure: "CPU 5 is in use by process 123" and what to do about it.
struct RefusalText {
    std::string cause;
    std::string hint;
};
RefusalText describe(const skl_refusal& refusal, int error);

class Device {
public:
    // Throws Failure (125) on no module, no permission, another revision.
    static Device open();

    int number() const { return descriptor_.number(); }
    [[noreturn]] void refuse(const std::string& what, const skl_refusal& refusal, int error) const;

private:
    explicit Device(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}
    void check_revision() const;

    Descriptor descriptor_;
};

// Why the device cannot be opened by us now; empty if it can.
std::string device_obstacle();

}
