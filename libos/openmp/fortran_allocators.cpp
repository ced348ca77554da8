// SPDX-License-Identifier: MIT
// gfortran gives allocators by reference; LLVM's entry points for Fortran take them as they are.
#include <stdint.h>

extern "C" {

void omp_destroy_allocator(uintptr_t allocator);
void omp_set_default_allocator(uintptr_t allocator);

void __wrap_omp_destroy_allocator_(const uintptr_t* allocator)
{
    omp_destroy_allocator(*allocator);
}

void __wrap_omp_set_default_allocator_(const uintptr_t* allocator)
{
    omp_set_default_allocator(*allocator);
}

}
