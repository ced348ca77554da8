/* SPDX-License-Identifier: GPL-2.0-only */
/* /dev/skellig. */
#ifndef SKL_KMOD_DEVICE_H
#define SKL_KMOD_DEVICE_H

#include <linux/mutex.h>

struct skl_enclave;

/*
 * One open file: at most one enclave, once; and the announcements of memory blocks made through it.
 */
struct skl_file {
	struct mutex creating; /* guards enclave while it is made */
	struct skl_enclave *enclave; /* set once, with creating */
};

int skl_device_open(void);
void skl_device_close(void);

#endif
