// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends interrupts by the command register itself, in xAPIC or x2APIC mode: Linux's own calls know
 * only its own CPUs.
 */
#include <linux/io.h>
#include <linux/irqflags.h>
#include <asm/apic.h>
#include <asm/apicdef.h>
#include <asm/msr.h>

#include "apic.h"

#define ASSERT_VECTOR (APIC_DM_FIXED | APIC_INT_ASSERT)
#define ASSERT_NMI (APIC_DM_NMI | APIC_INT_ASSERT)
#define ASSERT_INIT (APIC_DM_INIT | APIC_INT_ASSERT | APIC_INT_LEVELTRIG)
#define END_INIT (APIC_DM_INIT | APIC_INT_LEVELTRIG)

static void __iomem *registers; /* NULL in x2APIC mode */

int skl_apic_open(void)
{
	u64 base;

	if (x2apic_mode)
		return 0;
	rdmsrl(MSR_IA32_APICBASE, base);
	registers = ioremap(base & MSR_IA32_APICBASE_BASE, PAGE_SIZE);
	return registers ? 0 : -ENOMEM;
}

void skl_apic_close(void)
{
	if (registers)
		iounmap(registers);
}

static void send(u32 apic_id, u32 command)
{
	unsigned long flags;

	if (!registers) {
		asm volatile("mfence; lfence" : : : "memory");
		wrmsrl(APIC_BASE_MSR + (APIC_ICR >> 4), (u64)apic_id << 32 | command);
		return;
	}
	local_irq_save(flags);
	writel(SET_XAPIC_DEST_FIELD(apic_id), registers + APIC_ICR2);
	writel(command, registers + APIC_ICR);
	while (readl(registers + APIC_ICR) & APIC_ICR_BUSY)
		cpu_relax();
	local_irq_restore(flags);
}

void skl_send_vector(u32 apic_id, u8 vector)
{
	send(apic_id, ASSERT_VECTOR | vector);
}

void skl_send_nmi(u32 apic_id)
{
	send(apic_id, ASSERT_NMI);
}

void skl_send_init(u32 apic_id)
{
	send(apic_id, ASSERT_INIT);
}

void skl_send_init_end(u32 apic_id)
{
	send(apic_id, END_INIT);
}

void skl_send_startup(u32 apic_id, u8 page)
{
	send(apic_id, APIC_DM_STARTUP | page);
}
