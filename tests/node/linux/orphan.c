/* SPDX-License-Identifier: MIT */
/* Makes an enclave, leaves a child that keeps the descriptor for as long as it is told, and ends: the enclave must end with it. */
#include "enclave.h"

int main(int argc, char **argv)
{
	static struct skl_ioc_create create;
	int device = open_device();

	create_enclave(device, &create);
	if (fork() == 0) {
		sleep(argc > 1 ? atoi(argv[1]) : 10);
		_exit(0);
	}
	return 0;
}
