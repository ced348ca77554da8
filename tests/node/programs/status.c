/* SPDX-License-Identifier: MIT */
/* Ends with the exit status it is told. */
#include <stdlib.h>

int main(int argc, char **argv)
{
	return argc > 1 ? atoi(argv[1]) : 0;
}
