// SPDX-License-Identifier: MIT
// Making room for the isle's windows, whatever address layout the shell has left to us.
#pragma once

namespace skl {

// Reserves the windows, starting the proxy again with the ordinary layout if something of the kernel's sits in them. Answers whether
// binfmt_misc has preserved argv[0]. First thing in main(). Throws Failure.
bool settle_address_layout(char** argv);

}
