/* SPDX-License-Identifier: MIT */
/* Page tables of the virtual machine as the 32-bit entry builds them; they then serve as the pool's. */
#ifndef SKELLIG_MONITOR_PVH_H
#define SKELLIG_MONITOR_PVH_H

#define BOOT_ROOT 0x200000
#define BOOT_LOW 0x201000	/* 1 GiB entries of the low 4 GiB: one to one and in the window */
#define BOOT_MEGABYTES 0x202000 /* their 2 MiB entries, four tables */
#define BOOT_HIGH 0x206000
#define BOOT_HIGH_2M 0x207000
#define BOOT_IMAGE 0x208000 /* 4 KiB entries of the monitor image */
#define BOOT_TABLES_SIZE 0x9000

#endif
