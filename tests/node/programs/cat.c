/* SPDX-License-Identifier: MIT */
/* Copies files, or standard input, to standard output, in pieces of an odd size. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int copy(int from)
{
	static char buffer[40961];
	ssize_t got;

	while ((got = read(from, buffer, sizeof(buffer))) > 0)
		for (ssize_t done = 0, put; done < got; done += put)
			if ((put = write(1, buffer + done, got - done)) < 0)
				return -1;
	return got;
}

int main(int argc, char **argv)
{
	if (argc == 1 && copy(0)) {
		perror("cat");
		return 1;
	}
	for (int i = 1; i < argc; i++) {
		int from = open(argv[i], O_RDONLY);

		if (from < 0 || copy(from)) {
			perror(argv[i]);
			return 1;
		}
		close(from);
	}
	return 0;
}
