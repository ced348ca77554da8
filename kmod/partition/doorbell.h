/* SPDX-License-Identifier: GPL-2.0-only */
/* The interrupt by which isles ring Linux. */
#ifndef SKL_DOORBELL_H
#define SKL_DOORBELL_H

struct skl_enclave;

int skl_doorbell_open(void);
void skl_doorbell_close(void);

/* Between these two the enclave knows where to ring, and is looked at when it rings. */
void skl_doorbell_introduce(struct skl_enclave *enclave);
void skl_doorbell_forget(struct skl_enclave *enclave);

int skl_doorbell_irq(void);

#endif
