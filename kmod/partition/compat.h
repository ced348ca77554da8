/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels this module builds on (6.1, 6.12, and their PREEMPT_RT); the
 * Makefile probes the headers.
 */
#ifndef SKL_COMPAT_H
#define SKL_COMPAT_H

#include <linux/huge_mm.h>
#include <linux/mm.h>
#ifdef SKL_HAVE_PFN_T
#include <linux/pfn_t.h>
#endif

static inline void skl_vma_set_flags(struct vm_area_struct *vma, vm_flags_t flags)
{
#ifdef SKL_HAVE_VM_FLAGS_SET
	vm_flags_set(vma, flags);
#else
	vma->vm_flags |= flags;
#endif
}

static inline void skl_vma_clear_flags(struct vm_area_struct *vma, vm_flags_t flags)
{
#ifdef SKL_HAVE_VM_FLAGS_SET
	vm_flags_clear(vma, flags);
#else
	vma->vm_flags &= ~flags;
#endif
}

/* Maps the 2 MiB around the faulting address; PREEMPT_RT kernels have no such pages. */
static inline vm_fault_t skl_insert_pmd(struct vm_fault *vmf, u64 pa, bool write)
{
#ifndef CONFIG_TRANSPARENT_HUGEPAGE
	return VM_FAULT_FALLBACK;
#elif defined(SKL_HAVE_PFN_T)
	return vmf_insert_pfn_pmd(vmf, phys_to_pfn_t(pa, PFN_DEV), write);
#else
	return vmf_insert_pfn_pmd(vmf, PHYS_PFN(pa), write);
#endif
}

#endif
