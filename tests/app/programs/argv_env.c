// SPDX-License-Identifier: MIT
// Arguments and environment arrive as they were given, and the environment can be changed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		printf("argv[%d]=<%s>\n", i, argv[i]);
	printf("argv[argc] is %s\n", argv[argc] ? "not null" : "null");
	for (char **variable = environ; *variable; variable++)
		if (strncmp(*variable, "APP_", 4) == 0)
			printf("%s\n", *variable);
	setenv("APP_SECOND", "changed", 1);
	unsetenv("APP_FIRST");
	printf("%s %s\n", getenv("APP_SECOND"), getenv("APP_FIRST") ? "still there" : "gone");
	return 0;
}
