# SPDX-License-Identifier: MIT
# HermitCore's helpers for projects of programs.
include_guard()

macro(set_default name)
  if(NOT ${name})
    set(${name} ${ARGN})
  endif()
endmacro()

# install_local_targets(PATH [TARGET...]): all targets of this folder but those named, to PREFIX/x86_64-hermit/PATH.
function(install_local_targets path)
  get_property(targets DIRECTORY . PROPERTY BUILDSYSTEM_TARGETS)
  if(ARGN)
    list(REMOVE_ITEM targets ${ARGN})
  endif()
  install(TARGETS ${targets} DESTINATION ${TARGET_ARCH}/${path})
endfunction()
