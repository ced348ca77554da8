// SPDX-License-Identifier: MIT
// Arguments and environment. Of the environment, what begins with APP_.
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv, char **envp)
{
	const char *slash = strrchr(argv[0], '/');

	printf("argc = %d\n", argc);
	printf("argv[0] = \"%s\"\n", slash ? slash + 1 : argv[0]);
	for (int i = 1; i < argc; i++)
		printf("argv[%d] = \"%s\"\n", i, argv[i]);
	printf("argv[argc] is null: %s\n", argv[argc] ? "no" : "yes");
	for (; *envp; envp++)
		if (strncmp(*envp, "APP_", 4) == 0)
			puts(*envp);
	return 0;
}
