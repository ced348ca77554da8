// SPDX-License-Identifier: MIT
// From the monitor's record to what the shell sees: exit status or signal, and what is said about it.
#pragma once

#include "delegate/ranges.hpp"
#include "image/image_file.hpp"

#include <skellig/record.h>

#include <string>

namespace skl {

struct Ending {
    int status = 0;      // of the process, if no signal
    int signal = 0;      // the process dies of it
    bool report = false; // registers and backtrace are worth printing
    std::string cause;   // one line; may be empty
};

Ending ending_of(const skl_record& record);

// The signal Linux sends for an exception of ring 3.
int signal_of_exception(std::uint32_t vector);

// What ended it, registers and a symbolised backtrace on standard error.
void print_report(const skl_record& record, const std::string& cause, const ImageFile& image, const Ranges& ranges);

}
