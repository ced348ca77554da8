// SPDX-License-Identifier: MIT
// Entry points that gcc's OpenMP programs call, as gcc 12's libgomp has them [gcc/12 libgomp/libgomp_g.h]. The linker's --wrap
// (toolchain/libgomp.spec) leads some of them here; __real_ names are LLVM's runtime.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace libos::openmp {

using Outlined = void (*)(void*);

}

extern "C" {

void* GOMP_single_copy_start();
void GOMP_single_copy_end(void* data);
void GOMP_taskwait();
void GOMP_taskwait_depend(void** depend);

int omp_get_initial_device();
int omp_get_level();
int omp_get_max_threads();
int omp_get_num_threads();
void omp_set_num_threads(int count);

}
