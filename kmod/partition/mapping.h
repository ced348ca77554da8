/* SPDX-License-Identifier: GPL-2.0-only */
/* The proxy's mappings of its enclave. */
#ifndef SKL_MAPPING_H
#define SKL_MAPPING_H

struct skl_enclave;
struct vm_area_struct;

int skl_enclave_mmap(struct skl_enclave *enclave, struct vm_area_struct *vma);

#endif
