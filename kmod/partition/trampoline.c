// SPDX-License-Identifier: GPL-2.0-only
/* Borrows one unused page below 1 MiB for start code and gives its content back each time. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/e820/api.h>
#include <asm/pgtable.h>
#include <skellig/address.h>

#include "image.h"
#include "tables.h"
#include "trampoline.h"

static DEFINE_MUTEX(in_use);
static unsigned long pfn;
static char saved[PAGE_SIZE]; /* guarded by in_use */

/*
 * Linux keeps the first MiB for itself but leaves most of it alone; its own start code there is
 * read-only.
 */
static bool usable(unsigned long pfn)
{
	unsigned long va = (unsigned long)pfn_to_kaddr(pfn);
	unsigned int level;
	pte_t *pte;

	if (!page_is_ram(pfn) || !e820__mapped_any(PFN_PHYS(pfn), PFN_PHYS(pfn + 1), E820_TYPE_RAM))
		return false;
	if (!pfn_valid(pfn) || !PageReserved(pfn_to_page(pfn)))
		return false;
	pte = lookup_address(va, &level);
	return pte && (pte_flags(*pte) & _PAGE_RW) && !memchr_inv((void *)va, 0, PAGE_SIZE);
}

/**
 * skl_trampoline_open() - Choose the page.
 * Return: 0, or -ENOMEM if no page below 640 KiB is unused.
 */
int skl_trampoline_open(void)
{
	for (pfn = 0x9f; pfn > 0; pfn--)
		if (usable(pfn))
			return 0;
	pr_err("no unused page below 640 KiB to start CPUs from\n");
	return -ENOMEM;
}

u32 skl_trampoline_pa(void)
{
	return PFN_PHYS(pfn);
}

void skl_trampoline_fill(u64 block_pa)
{
	const struct skl_image_header *image = skl_image();
	char *page = pfn_to_kaddr(pfn);
	struct skl_trampoline *data = (struct skl_trampoline *)(page + image->trampoline_data);

	mutex_lock(&in_use);
	memcpy(saved, page, PAGE_SIZE);
	memcpy(page, (const char *)image + image->trampoline_offset, image->trampoline_size);
	data->page = skl_trampoline_pa();
	data->root_pa = skl_tables_root_pa();
	data->entry = image->entry;
	data->block = SKL_WINDOW_BASE + block_pa;
	/* The CPU that comes reads this after SIPI, which is sent after these stores. */
	mb();
}

void skl_trampoline_restore(void)
{
	memcpy(pfn_to_kaddr(pfn), saved, PAGE_SIZE);
	mutex_unlock(&in_use);
}
