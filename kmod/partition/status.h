/* SPDX-License-Identifier: GPL-2.0-only */
/* What the pool holds, for SKL_IOC_STATUS. */
#ifndef SKL_STATUS_H
#define SKL_STATUS_H

#include <skellig/device.h>

int skl_status(struct skl_ioc_status *request);

#endif
