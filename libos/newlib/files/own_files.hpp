// SPDX-License-Identifier: MIT
// Files of /proc and /sys that would tell of the node where they should tell of the isle.
#pragma once

namespace libos {

// Opens ours instead, if the path names one of them and it is only to be read. False: open Linux's.
bool open_own_file(const char* path, int flags, int& descriptor);

}
