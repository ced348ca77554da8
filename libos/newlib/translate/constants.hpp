// SPDX-License-Identifier: MIT
// Numbers that differ between newlib and Linux: errors, open flags, fcntl commands, AT_ flags. Plain integers on both
// sides, so that this compiles, and is tested, on the build machine too.
#pragma once

#include <stdint.h>

namespace libos {

// Linux error number (positive) to newlib's; what newlib has no word for becomes EIO.
int newlib_errno(int linux_errno);

// newlib's open flags to Linux's, or -1 for a bit that has no meaning there.
int64_t linux_open_flags(int newlib_flags);
int newlib_open_flags(int64_t linux_flags);

// -1 for what the other side does not have.
int linux_fcntl_command(int newlib_command);
int linux_lock_type(int newlib_type);
int newlib_lock_type(int linux_type);

// Which AT_ flags a call takes decides what bit 1 (AT_EACCESS) and bit 8 (AT_REMOVEDIR) may be; Linux gives both the same value.
int64_t linux_at_flags(int newlib_flags);
int linux_at_descriptor(int newlib_descriptor);

}
