/* SPDX-License-Identifier: GPL-2.0-only */
/* Suspend, reboot, kexec and panic. */
#ifndef SKL_LIFECYCLE_H
#define SKL_LIFECYCLE_H

int skl_lifecycle_open(void);
void skl_lifecycle_close(void);

#endif
