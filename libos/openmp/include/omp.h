/* SPDX-License-Identifier: MIT */
/*
 * OpenMP's functions: LLVM's header, since the runtime is LLVM's. gcc itself knows omp_depend_t, which it fills, as a structure of two
 * words, and takes constant traits; for gcc those declarations are replaced.
 */
#ifndef SKELLIG_OMP_H
#define SKELLIG_OMP_H

#ifdef __clang__
#include <llvm/omp.h>
#else
#define omp_depend_t skl_replaced_depend_t
#define omp_init_allocator skl_replaced_init_allocator
#define omp_target_memcpy_async skl_replaced_memcpy_async
#define omp_target_memcpy_rect_async skl_replaced_memcpy_rect_async
#define omp_target_memset_async skl_replaced_memset_async
#include <llvm/omp.h>
#undef omp_depend_t
#undef omp_init_allocator
#undef omp_target_memcpy_async
#undef omp_target_memcpy_rect_async
#undef omp_target_memset_async

typedef struct omp_depend_t {
	void *__words[2];
} omp_depend_t;

#ifdef __cplusplus
extern "C" {
#endif
omp_allocator_handle_t omp_init_allocator(omp_memspace_handle_t, int, const omp_alloctrait_t[]);
int omp_target_memcpy_async(void *, const void *, size_t, size_t, size_t, int, int, int, omp_depend_t *);
int omp_target_memcpy_rect_async(void *, const void *, size_t, int, const size_t *, const size_t *, const size_t *, const size_t *,
				 const size_t *, int, int, int, omp_depend_t *);
void *omp_target_memset_async(void *, int, size_t, int, int, omp_depend_t *);
#ifdef __cplusplus
}
#endif
#endif

#endif
