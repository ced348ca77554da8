// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading and unloading. What is lent holds references to the module, so unloading finds an empty
 * pool.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cc_platform.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <asm/apic.h>

#include "apic.h"
#include "clock.h"
#include "device.h"
#include "doorbell.h"
#include "lifecycle.h"
#include "memory.h"
#include "reserve.h"
#include "scrub.h"
#include "test.h"
#include "veto.h"

static const struct {
	int (*open)(void);
	void (*close)(void);
} parts[] = {
	{ skl_apic_open, skl_apic_close },	     { skl_scrub_open, skl_scrub_close },
	{ skl_veto_open, skl_veto_close },	     { skl_hotplug_open, skl_hotplug_close },
	{ skl_lifecycle_open, skl_lifecycle_close }, { skl_doorbell_open, skl_doorbell_close },
	{ skl_device_open, skl_device_close }, /* last: from here on there are users */
};

static void close_parts(unsigned int count)
{
	while (count--)
		parts[count].close();
}

static int __init skellig_init(void)
{
	unsigned int i;
	int err;

	if (cc_platform_has(CC_ATTR_MEM_ENCRYPT)) {
		pr_err("memory encryption is on: lent CPUs would not read what Linux writes\n");
		return -EOPNOTSUPP;
	}
	skl_clock_open();
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		err = parts[i].open();
		if (err) {
			close_parts(i);
			return err;
		}
	}
	skl_test_open();
	return 0;
}

static void __exit skellig_exit(void)
{
	skl_test_close();
	close_parts(ARRAY_SIZE(parts));
	skl_clock_close();
	mmu_notifier_synchronize();
	skl_pool_close();
}

module_init(skellig_init);
module_exit(skellig_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("CPUs and memory of this node for isles");
MODULE_AUTHOR("The Skellig authors");
