/* SPDX-License-Identifier: MIT */
/* Seeded nonsense for every enclave request of the device, from an ordinary user: whatever is answered, the node must live. */
#include "enclave.h"

static unsigned long long state;

static unsigned long long draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* Values near the edges that checks are about. */
static unsigned long long nasty(void)
{
	static const unsigned long long edges[] = {
		0, 1, 2, 4095, 4096, 0x1fffff, 0x200000, IMAGE_BASE, SKL_OWN_BASE, SKL_OWN_END, SKL_PUBLIC_BASE, SKL_CALL_PAGE,
		0x7fffffffffffULL, 0x800000000000ULL, 0xffff800000000000ULL, ~0ULL, ~0ULL - 4095, 0xffffffff, 0x80000000,
	};

	return draw() % 4 ? edges[draw() % (sizeof(edges) / sizeof(edges[0]))] + draw() % 3 - 1 : draw();
}

int main(int argc, char **argv)
{
	static const unsigned long requests[] = {
		SKL_IOC_VERSION, SKL_IOC_STATUS, SKL_IOC_CREATE, SKL_IOC_START, SKL_IOC_KICK, SKL_IOC_PAUSE, SKL_IOC_RESUME,
		SKL_IOC_STOP, SKL_IOC_RECORD, SKL_IOC_LOG, SKL_IOC_RESERVE_CPUS, SKL_IOC_RELEASE_CPUS, SKL_IOC_MEMORY,
	};
	static unsigned long long argument[4096];
	static struct skl_ioc_create create;
	int device = open_device();
	int rounds = argc > 2 ? atoi(argv[2]) : 1000;

	state = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
	for (int round = 0; round < rounds; round++) {
		if (round % 50 == 0) {
			/* A fresh descriptor, every other time with an enclave that got as far as it can. */
			close(device);
			device = open_device();
			memset(&create, 0, sizeof(create));
			create.cpu_count = 1;
			create.node = SKL_NODE_ANY;
			create.image_base = IMAGE_BASE;
			create.image_size = IMAGE_SIZE;
			if (round % 100 == 0)
				ioctl(device, SKL_IOC_CREATE, &create);
		}
		for (int i = 0; i < 64; i++)
			argument[i] = draw() % 3 ? 0 : nasty();
		ioctl(device, requests[draw() % (sizeof(requests) / sizeof(requests[0]))], draw() % 16 ? (unsigned long)argument : nasty());
	}
	return 0;
}
