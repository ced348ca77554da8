// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds the page tables of parked CPUs: the monitor image, the local APIC, and the window onto
 * what the pool has taken.
 *
 * Only what the pool takes is ever seen through the window, not all RAM: a monitor gone wrong while
 * parked reaches no page of Linux. Entries are only added, never changed, so no parked CPU has to
 * flush anything.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <asm/apicdef.h>
#include <asm/io.h>
#include <asm/msr.h>
#include <skellig/address.h>
#include <skellig/mailbox.h>

#include "image.h"
#include "tables.h"

#define PRESENT BIT_ULL(0)
#define WRITABLE BIT_ULL(1)
#define UNCACHED (BIT_ULL(3) | BIT_ULL(4)) /* with Linux's PAT, which survives INIT: strong UC */
#define HUGE BIT_ULL(7)
#define NO_EXECUTE BIT_ULL(63)
#define ADDRESS 0x000ffffffffff000ULL
#define DATA (PRESENT | WRITABLE | NO_EXECUTE)

static DEFINE_MUTEX(lock);
static u64 *root; /* guarded by lock */

static u64 *entry_of(u64 *table, u64 va, unsigned int level)
{
	return &table[va >> (12 + 9 * (level - 1)) & 511];
}

static u64 *table_below(u64 *entry)
{
	unsigned long page;

	if (!(*entry & PRESENT)) {
		page = get_zeroed_page(GFP_KERNEL);
		if (!page)
			return NULL;
		/* Parked CPUs walk these tables: the empty table is there before its link. */
		smp_store_release(entry, virt_to_phys((void *)page) | PRESENT | WRITABLE);
	}
	return phys_to_virt(*entry & ADDRESS);
}

/* Puts one leaf in; the answer is how far it reaches, or a negative errno. */
static s64 map_leaf(u64 va, u64 pa, u64 size, u64 flags)
{
	bool huge = size >= PMD_SIZE && IS_ALIGNED(va | pa, PMD_SIZE);
	u64 *table = root, *entry;
	unsigned int level;

	for (level = 4; level > 2; level--) {
		table = table_below(entry_of(table, va, level));
		if (!table)
			return -ENOMEM;
	}
	entry = entry_of(table, va, 2);
	if (*entry & HUGE)
		return min_t(u64, size, PMD_SIZE - (va & (PMD_SIZE - 1)));
	if (huge && !*entry) {
		/* Parked CPUs walk these tables: a leaf is whole or not there. */
		smp_store_release(entry, pa | flags | HUGE);
		return PMD_SIZE;
	}
	table = table_below(entry);
	if (!table)
		return -ENOMEM;
	/* As above. */
	smp_store_release(entry_of(table, va, 1), pa | flags);
	return PAGE_SIZE;
}

static int map(u64 va, u64 pa, u64 size, u64 flags)
{
	s64 done;

	while (size) {
		done = map_leaf(va, pa, size, flags);
		if (done < 0)
			return done;
		va += done;
		pa += done;
		size -= done;
	}
	return 0;
}

static int map_image(void)
{
	const struct skl_image_header *image = skl_image();
	u64 pa = skl_image_pa();
	int err;

	err = map(SKL_MONITOR_BASE, pa, image->text_offset, PRESENT | NO_EXECUTE);
	if (!err)
		err = map(SKL_MONITOR_BASE + image->text_offset, pa + image->text_offset,
			  image->text_end - image->text_offset, PRESENT);
	if (!err)
		err = map(SKL_MONITOR_BASE + image->text_end, pa + image->text_end,
			  image->size - image->text_end, PRESENT | NO_EXECUTE);
	return err;
}

static u64 apic_pa(void)
{
	u64 base;

	rdmsrl(MSR_IA32_APICBASE, base);
	return base & MSR_IA32_APICBASE_BASE;
}

static void free_below(u64 *table, unsigned int level)
{
	unsigned int i;

	for (i = 0; level > 1 && i < 512; i++)
		if ((table[i] & PRESENT) && !(level == 2 && (table[i] & HUGE)))
			free_below(phys_to_virt(table[i] & ADDRESS), level - 1);
	free_page((unsigned long)table);
}

/**
 * skl_tables_open() - Build the tables, without any memory in the window yet.
 * @trampoline_pa: the page that start code runs in, mapped one to one
 * Return: 0 or -ENOMEM.
 */
int skl_tables_open(u32 trampoline_pa)
{
	int err;

	mutex_lock(&lock);
	/* Start code loads CR3 with 32 bits. */
	root = (u64 *)__get_free_page(GFP_KERNEL | GFP_DMA32 | __GFP_ZERO);
	err = root ? map_image() : -ENOMEM;
	if (!err)
		err = map(trampoline_pa, trampoline_pa, PAGE_SIZE, PRESENT | WRITABLE);
	if (!err)
		err = map(SKL_WINDOW_BASE + apic_pa(), apic_pa(), PAGE_SIZE, DATA | UNCACHED);
	if (!err)
		/* To be copied from: the monitor's slot goes into each enclave's root. */
		err = map(SKL_WINDOW_BASE + virt_to_phys(root), virt_to_phys(root), PAGE_SIZE,
			  PRESENT | NO_EXECUTE);
	mutex_unlock(&lock);
	if (err)
		skl_tables_close();
	return err;
}

void skl_tables_close(void)
{
	mutex_lock(&lock);
	if (root)
		free_below(root, 4);
	root = NULL;
	mutex_unlock(&lock);
}

bool skl_tables_ready(void)
{
	return root;
}

u32 skl_tables_root_pa(void)
{
	return virt_to_phys(root);
}

int skl_tables_cover(u64 pa, u64 size)
{
	int err;

	mutex_lock(&lock);
	err = map(SKL_WINDOW_BASE + pa, pa, size, DATA);
	mutex_unlock(&lock);
	return err;
}

/* A CPU block, without the page that guards its stack. */
int skl_tables_cover_block(u64 pa)
{
	int err = skl_tables_cover(pa, SKL_CPU_BLOCK_GUARD);

	return err   ?:
		       skl_tables_cover(pa + SKL_CPU_BLOCK_STACK,
					SKL_CPU_BLOCK_SIZE - SKL_CPU_BLOCK_STACK);
}
