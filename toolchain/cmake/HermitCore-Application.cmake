# SPDX-License-Identifier: MIT
# For projects written for HermitCore: include(PREFIX/cmake/HermitCore-Application.cmake) before project(), and its programs are isles.
include_guard()
include("${CMAKE_CURRENT_LIST_DIR}/HermitCore-Utils.cmake")

get_filename_component(HERMIT_PREFIX "${CMAKE_CURRENT_LIST_FILE}" REALPATH) # a tree may have linked cmake/ into itself
get_filename_component(HERMIT_PREFIX "${HERMIT_PREFIX}/../.." ABSOLUTE)
set_default(HERMIT_ARCH x86_64)
set(TARGET_ARCH x86_64-hermit)
set_default(HERMIT_APP_FLAGS -m64 -mtls-direct-seg-refs -O3 -ftree-vectorize)
if(MTUNE)
  list(APPEND HERMIT_APP_FLAGS -mtune=${MTUNE})
endif()

if(NOT CMAKE_TOOLCHAIN_FILE)
  set(CMAKE_TOOLCHAIN_FILE "${HERMIT_PREFIX}/cmake/HermitCore-Toolchain-${HERMIT_ARCH}.cmake")
endif()
set(CMAKE_INSTALL_PREFIX "${HERMIT_PREFIX}" CACHE PATH "where install_local_targets() puts programs, below ${TARGET_ARCH}")
add_compile_options(${HERMIT_APP_FLAGS})
