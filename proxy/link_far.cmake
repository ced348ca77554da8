# SPDX-License-Identifier: MIT
# skellig_link_far(TARGET ADDRESS): a static, non-PIE program more than 2 GiB away from address 0.
#
# Debian's static libraries are position independent, so they may stand anywhere; what is left are references to symbols that do not
# exist. crtbeginT.o holds 32-bit addresses: crtbeginS.o takes its place. The transaction clones in libstdc++.a are never called.
function(skellig_file_name result name)
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${name} OUTPUT_VARIABLE path OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${result} "${path}" PARENT_SCOPE)
endfunction()

function(skellig_link_far target address)
  foreach(object crt1.o crti.o crtbeginS.o crtendS.o crtn.o)
    skellig_file_name(${object} ${object})
  endforeach()
  set(absent _ITM_RU1 _ITM_RU8 _ITM_addUserCommitAction _ITM_memcpyRnWt _ITM_memcpyRtWn _ZGTtdlPv _ZGTtnam)
  list(TRANSFORM absent REPLACE "(.+)" "-Wl,--defsym=\\1=abort")
  target_link_options(${target} PRIVATE -static -no-pie -nostartfiles "${crt1.o}" "${crti.o}" "${crtbeginS.o}"
    -Wl,-Ttext-segment=${address} -Wl,--no-relax -Wl,--eh-frame-hdr -Wl,-u,__call_tls_dtors -Wl,-u,__cxa_finalize ${absent})
  target_link_libraries(${target} PRIVATE "${crtendS.o}" "${crtn.o}")
  # CMake must not add -pie.
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
endfunction()
