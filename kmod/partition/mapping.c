// SPDX-License-Identifier: GPL-2.0-only
/*
 * Maps an enclave's memory in its proxy, at the isle's own addresses and on demand.
 *
 * The mappings have no struct pages that Linux may pin: no DMA outlives an enclave. The control
 * area is in no extent, so there is no address at which it could be mapped.
 */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <skellig/address.h>

#include "compat.h"
#include "enclave.h"
#include "mapping.h"

struct place {
	u64 pa;
	u64 left; /* bytes from there on that are contiguous in both */
};

static bool find(const struct skl_enclave *enclave, u64 va, struct place *place)
{
	const struct skl_extent *extent;
	unsigned int i;

	if (va >= SKL_PUBLIC_BASE && va - SKL_PUBLIC_BASE < enclave->public_size) {
		place->pa = enclave->public_pa + (va - SKL_PUBLIC_BASE);
		place->left = enclave->public_size - (va - SKL_PUBLIC_BASE);
		return true;
	}
	for (i = 0; i < enclave->extents; i++) {
		extent = &enclave->extent[i];
		if (va < extent->va || va - extent->va >= extent->size)
			continue;
		place->pa = extent->pa + (va - extent->va);
		place->left = extent->size - (va - extent->va);
		return true;
	}
	return false;
}

static bool covered(const struct skl_enclave *enclave, u64 va, u64 end)
{
	struct place place;

	while (va < end && find(enclave, va, &place))
		va += place.left;
	return va >= end;
}

static bool whole_pmd(const struct vm_fault *vmf, u64 address, const struct place *place)
{
	u64 start = address & PMD_MASK;

	return pmd_none(*vmf->pmd) && start >= vmf->vma->vm_start &&
	       start + PMD_SIZE <= vmf->vma->vm_end &&
	       IS_ALIGNED(place->pa - (address - start), PMD_SIZE) &&
	       place->left + (address - start) >= PMD_SIZE;
}

static vm_fault_t fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	u64 address = vmf->address & PAGE_MASK;
	vm_fault_t answer = VM_FAULT_FALLBACK;
	struct place place;

	if (!find(vma->vm_private_data, address, &place))
		return VM_FAULT_SIGBUS;
	/* The public area is small and 4 KiB aligned; extents are 2 MiB units. */
	if (whole_pmd(vmf, address, &place))
		answer = skl_insert_pmd(vmf, (place.pa & PMD_MASK), vma->vm_flags & VM_WRITE);
	if (answer == VM_FAULT_FALLBACK)
		answer = vmf_insert_pfn(vma, address, PHYS_PFN(place.pa));
	return answer;
}

/* For gdb and /proc/PID/mem, which find no pages here. */
static int access(struct vm_area_struct *vma, unsigned long address, void *buffer, int length,
		  int write)
{
	struct place place;
	void *memory;

	if (length <= 0 || !find(vma->vm_private_data, address, &place))
		return -EFAULT;
	length = min_t(u64, length, place.left);
	memory = phys_to_virt(place.pa);
	if (write)
		memcpy(memory, buffer, length);
	else
		memcpy(buffer, memory, length);
	return length;
}

static void opened(struct vm_area_struct *vma)
{
	skl_enclave_mapped(vma->vm_private_data);
}

static void closed(struct vm_area_struct *vma)
{
	skl_enclave_unmapped(vma->vm_private_data);
}

/* Addresses are the isle's; there is no other place for this memory. */
static int moved(struct vm_area_struct *vma)
{
	return -EINVAL;
}

static const struct vm_operations_struct operations = {
	.open = opened,
	.close = closed,
	.fault = fault,
	.access = access,
	.mremap = moved,
};

/**
 * skl_enclave_mmap() - Map part of an enclave.
 * @enclave: of the caller
 * @vma: what is asked for
 * Return: 0; -EINVAL (not shared, or not at its own address); -ENXIO (not the enclave's); -EPERM
 * (not its process, or to execute).
 */
int skl_enclave_mmap(struct skl_enclave *enclave, struct vm_area_struct *vma)
{
	if (vma->vm_mm != enclave->mm || (vma->vm_flags & VM_EXEC))
		return -EPERM;
	if (!(vma->vm_flags & VM_SHARED) || vma->vm_pgoff != vma->vm_start >> PAGE_SHIFT)
		return -EINVAL;
	if (!covered(enclave, vma->vm_start, vma->vm_end))
		return -ENXIO;
	skl_vma_set_flags(vma, VM_PFNMAP | VM_IO | VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP);
	skl_vma_clear_flags(vma, VM_MAYEXEC);
	vma->vm_ops = &operations;
	vma->vm_private_data = enclave;
	skl_enclave_mapped(enclave);
	return 0;
}
