// SPDX-License-Identifier: MIT
// HPC Challenge's kernels of one process, one by one: hpcc_kernels KERNEL BYTES. It stands in for HPCC's main(), which wants all of MPI.
#include <hpcc.h>

static const struct kernel {
	const char *name;
	int (*run)(HPCC_Params *);
} kernels[] = {
	{"DGEMM", HPCC_SingleDGEMM},
	{"STREAM", HPCC_SingleStream},
	{"FFT", HPCC_SingleFFT},
	{"RandomAccess", HPCC_SingleRandomAccess},
	{"RandomAccess_LCG", HPCC_SingleRandomAccess_LCG},
};

int main(int argc, char **argv)
{
	static HPCC_Params params;

	if (argc != 3)
		return 2;
	params.HPLMaxProcMem = strtoul(argv[2], NULL, 0);
	params.test.thrsh = 16; /* as in _hpccinf.txt */
	strcpy(params.outFname, "/dev/stdout");
	for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
		if (strcmp(kernels[i].name, argv[1]) == 0) {
			int failed = kernels[i].run(&params) || params.Failure;
			printf("%s %s\n", argv[1], failed ? "FAILED" : "is right");
			return failed;
		}
	}
	return 2;
}
