# SPDX-License-Identifier: MIT
# HermitCore's name for the toolchain file.
set(TARGET_ARCH x86_64-hermit)
include("${CMAKE_CURRENT_LIST_DIR}/../lib/hermit/cmake/hermit.cmake")
