// SPDX-License-Identifier: GPL-2.0-only
/* Starts a CPU in the monitor by INIT and SIPI. */
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/ktime.h>

#include "apic.h"
#include "mailbox.h"
#include "start.h"
#include "test.h"
#include "trampoline.h"

#define START_NS (5ULL * NSEC_PER_SEC)
#define SIPI_NS (NSEC_PER_MSEC / 2)

void skl_halt_cpu(u32 apic_id)
{
	skl_send_init(apic_id);
	skl_send_init_end(apic_id);
}

/**
 * skl_start_cpu() - Bring a CPU into the monitor, from whatever it is doing.
 * @cpu: not in use by anybody
 * Context: Process context. No Linux CPU comes up meanwhile.
 * Return: 0, or -ETIMEDOUT with the CPU halted.
 */
int skl_start_cpu(struct skl_cpu *cpu)
{
	u8 page = skl_trampoline_pa() >> PAGE_SHIFT;
	bool alive;

	cpus_read_lock();
	skl_trampoline_fill(cpu->block_pa);
	skl_send_init(cpu->apic_id);
	usleep_range(200, 300);
	skl_send_init_end(cpu->apic_id);
	usleep_range(200, 300);
	skl_mailbox_reset(cpu);
	skl_send_startup(cpu->apic_id, page);
	alive = skl_alive_wait(cpu, SIPI_NS);
	if (!alive) {
		/* The second SIPI of the manual; a CPU that took the first one ignores it. */
		skl_send_startup(cpu->apic_id, page);
		alive = skl_alive_wait(cpu, START_NS);
	}
	if (!alive || skl_test_no_restart(cpu)) {
		skl_halt_cpu(cpu->apic_id);
		alive = false;
	}
	skl_trampoline_restore();
	cpus_read_unlock();
	return alive ? 0 : -ETIMEDOUT;
}
