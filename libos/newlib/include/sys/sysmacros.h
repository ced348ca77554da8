/* SPDX-License-Identifier: MIT */
/* Device numbers as Linux packs them into a dev_t. */
#ifndef SKELLIG_SYS_SYSMACROS_H
#define SKELLIG_SYS_SYSMACROS_H

#define major(device) ((unsigned)((((device) >> 8) & 0xfff) | (((device) >> 32) & ~0xfffu)))
#define minor(device) ((unsigned)(((device) & 0xff) | (((device) >> 12) & ~0xffu)))
#define makedev(major, minor) \
	((((unsigned long)(major) & 0xfff) << 8) | (((unsigned long)(major) & ~0xffful) << 32) | ((minor) & 0xff) | \
	 (((unsigned long)(minor) & ~0xfful) << 12))

#endif
