/* SPDX-License-Identifier: MIT */
/* Says y until nobody listens. */
#include <stdio.h>

int main(void)
{
	while (puts("y") >= 0)
		;
	return 1;
}
