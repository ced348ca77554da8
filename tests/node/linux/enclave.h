/* SPDX-License-Identifier: MIT */
/* What the test programs that drive /dev/skellig by hand share. */
#ifndef TESTS_NODE_ENCLAVE_H
#define TESTS_NODE_ENCLAVE_H

#include <errno.h>
#include <fcntl.h>
#include <skellig/address.h>
#include <skellig/device.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define IMAGE_BASE 0x800000ULL
#define IMAGE_SIZE 0x200000ULL

static inline void must(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static inline int open_device(void)
{
	int device = open(SKL_DEVICE, O_RDWR | O_CLOEXEC);

	must(device >= 0, SKL_DEVICE);
	return device;
}

static inline void create_enclave(int device, struct skl_ioc_create *create)
{
	memset(create, 0, sizeof(*create));
	create->cpu_count = 1;
	create->node = SKL_NODE_ANY;
	create->image_base = IMAGE_BASE;
	create->image_size = IMAGE_SIZE;
	must(ioctl(device, SKL_IOC_CREATE, create) == 0, "create");
}

/* The enclave's memory has to be mapped where the isle has it: the offset is the address. */
static inline void *map_enclave(int device, unsigned long long address, unsigned long long size)
{
	return mmap((void *)(unsigned long)address, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE, device, (off_t)address);
}

#endif
