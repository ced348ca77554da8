/* SPDX-License-Identifier: GPL-2.0-only */
/* Interrupts to CPUs that Linux no longer knows. */
#ifndef SKL_APIC_H
#define SKL_APIC_H

#include <linux/types.h>

int skl_apic_open(void);
void skl_apic_close(void);

void skl_send_vector(u32 apic_id, u8 vector);
void skl_send_nmi(u32 apic_id);
void skl_send_init(u32 apic_id);
void skl_send_init_end(u32 apic_id);
void skl_send_startup(u32 apic_id, u8 page);

#endif
