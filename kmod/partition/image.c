// SPDX-License-Identifier: GPL-2.0-only
/* Checks the embedded monitor image and copies it to contiguous pages, which lent CPUs map. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "image.h"

extern const char skl_monitor_begin[], skl_monitor_end[];

static struct page *copy;

const struct skl_image_header *skl_image(void)
{
	return (const struct skl_image_header *)skl_monitor_begin;
}

u64 skl_image_pa(void)
{
	return page_to_phys(copy);
}

static bool inside(u32 offset, u32 size, u32 limit)
{
	return offset <= limit && size <= limit - offset;
}

static bool valid(const struct skl_image_header *image)
{
	size_t size = skl_monitor_end - skl_monitor_begin;

	return size >= sizeof(*image) && image->magic == SKL_ABI_MAGIC &&
	       image->revision == SKL_ABI_REVISION && image->size &&
	       IS_ALIGNED(image->size, PAGE_SIZE) && size <= image->size &&
	       IS_ALIGNED(image->text_offset | image->text_end, PAGE_SIZE) &&
	       image->text_offset < image->text_end && image->text_end <= image->size &&
	       image->trampoline_size <= PAGE_SIZE &&
	       inside(image->trampoline_offset, image->trampoline_size, size) &&
	       inside(image->trampoline_data, sizeof(struct skl_trampoline),
		      image->trampoline_size);
}

/**
 * skl_image_open() - Make the copy that lent CPUs run.
 * Return: 0, -ENOEXEC (not an image of this revision) or -ENOMEM.
 */
int skl_image_open(void)
{
	const struct skl_image_header *image = skl_image();

	if (!valid(image)) {
		pr_err("the embedded monitor image is not of ABI revision %u\n", SKL_ABI_REVISION);
		return -ENOEXEC;
	}
	copy = alloc_pages(GFP_KERNEL | __GFP_ZERO, get_order(image->size));
	if (!copy)
		return -ENOMEM;
	memcpy(page_address(copy), image, skl_monitor_end - skl_monitor_begin);
	return 0;
}

void skl_image_close(void)
{
	if (copy)
		__free_pages(copy, get_order(skl_image()->size));
	copy = NULL;
}
