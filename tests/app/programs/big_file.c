// SPDX-License-Identifier: MIT
// Writes, reads back, seeks in and appends to a file of a few MiB by stdio, line by line and in blocks.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES 20000

static uint32_t checksum(const char *path)
{
	uint32_t sum = 1;
	char block[10000];
	size_t size;
	FILE *file = fopen(path, "rb");

	while ((size = fread(block, 1, sizeof block, file)) > 0)
		for (size_t i = 0; i < size; i++)
			sum = sum * 31 + (unsigned char)block[i];
	fclose(file);
	return sum;
}

int main(void)
{
	const char *path = "big_file.tmp";
	char line[128], expected[128];
	int wrong = 0, lines = 0;
	FILE *file = fopen(path, "w+");

	for (int i = 0; i < LINES; i++)
		fprintf(file, "line %d of %d: %08x %.3f\n", i, LINES, i * 2654435761u, i / 7.0);
	printf("size %ld\n", ftell(file));
	rewind(file);
	while (fgets(line, sizeof line, file)) {
		snprintf(expected, sizeof expected, "line %d of %d: %08x %.3f\n", lines, LINES, lines * 2654435761u, lines / 7.0);
		wrong += strcmp(line, expected) != 0;
		lines++;
	}
	printf("lines %d wrong %d eof %d\n", lines, wrong, feof(file) != 0);
	fseek(file, 500003, SEEK_SET);
	fgets(line, sizeof line, file);
	fgets(line, sizeof line, file);
	printf("at 500003: %s", line);
	fclose(file);
	printf("sum %08x\n", (unsigned)checksum(path));

	file = fopen(path, "a");
	fputs("appended\n", file);
	fclose(file);
	printf("sum %08x\n", (unsigned)checksum(path));

	char *block = malloc(4 << 20);
	memset(block, 'z', 4 << 20);
	file = fopen(path, "wb");
	setvbuf(file, NULL, _IONBF, 0);
	printf("written %zu\n", fwrite(block, 1, 4 << 20, file));
	fclose(file);
	printf("sum %08x\n", (unsigned)checksum(path));
	remove(path);
	free(block);
	return 0;
}
