// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to lent CPUs when the node sleeps or goes down.
 *
 * A kexec'ed kernel takes all memory for its own: no CPU may run on in it. So whatever way Linux
 * goes down, lent CPUs are stopped.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/panic_notifier.h>
#include <linux/reboot.h>
#include <linux/suspend.h>

#include "enclave.h"
#include "lifecycle.h"
#include "veto.h"

static bool anything_lent(void)
{
	bool answer;

	mutex_lock(&skl_pool.lock);
	answer = !list_empty(&skl_pool.cpus) || !list_empty(&skl_pool.memory);
	mutex_unlock(&skl_pool.lock);
	return answer;
}

static int sleeping(struct notifier_block *notifier, unsigned long action, void *data)
{
	if (action != PM_SUSPEND_PREPARE && action != PM_HIBERNATION_PREPARE)
		return NOTIFY_DONE;
	if (!anything_lent())
		return NOTIFY_OK;
	pr_notice("CPUs or memory are lent: the node cannot sleep\n");
	return notifier_from_errno(-EBUSY);
}

static int going_down(struct notifier_block *notifier, unsigned long action, void *data)
{
	atomic_set(&skl_pool.down, 1);
	skl_enclaves_end();
	skl_halt_lent();
	return NOTIFY_OK;
}

static int panicking(struct notifier_block *notifier, unsigned long action, void *data)
{
	atomic_set(&skl_pool.down, 1);
	skl_halt_lent();
	return NOTIFY_OK;
}

static struct notifier_block sleep_notifier = { .notifier_call = sleeping };
static struct notifier_block reboot_notifier = { .notifier_call = going_down };
static struct notifier_block panic_notifier = { .notifier_call = panicking };

int skl_lifecycle_open(void)
{
	int err;

	err = register_pm_notifier(&sleep_notifier);
	if (err)
		return err;
	err = register_reboot_notifier(&reboot_notifier);
	if (err)
		goto err_sleep;
	err = atomic_notifier_chain_register(&panic_notifier_list, &panic_notifier);
	if (err)
		goto err_reboot;
	return 0;

err_reboot:
	unregister_reboot_notifier(&reboot_notifier);
err_sleep:
	unregister_pm_notifier(&sleep_notifier);
	return err;
}

void skl_lifecycle_close(void)
{
	atomic_notifier_chain_unregister(&panic_notifier_list, &panic_notifier);
	unregister_reboot_notifier(&reboot_notifier);
	unregister_pm_notifier(&sleep_notifier);
}
