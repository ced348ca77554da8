/* SPDX-License-Identifier: GPL-2.0-only */
/* The monitor image that is part of this module, and the copy of it that lent CPUs run. */
#ifndef SKL_IMAGE_H
#define SKL_IMAGE_H

#include <skellig/mailbox.h>

/* The image as it was linked in: only its own header says what it is. */
const struct skl_image_header *skl_image(void);
u64 skl_image_pa(void);

int skl_image_open(void);
void skl_image_close(void);

#endif
