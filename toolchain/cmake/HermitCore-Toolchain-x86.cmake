# SPDX-License-Identifier: MIT
# The name of HermitCore's later versions.
include("${CMAKE_CURRENT_LIST_DIR}/HermitCore-Toolchain-x86_64.cmake")
