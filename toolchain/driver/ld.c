// SPDX-License-Identifier: MIT
// Runs the distribution's linker of the same name, then does to the executable it made what no linker option does: brands it with
// EI_OSABI 0x42, and makes its stacks executable if an object has code there (gcc says so by a flag of .note.GNU-stack).
//
// gcc finds it through -B under the names ld, ld.bfd, ld.gold, ld.lld. A relocatable result (-r) stays unbranded, as from any compiler.
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OSABI_HERMIT 0x42 // SKL_ELFOSABI_HERMIT of note.h
#define RESPONSE_MAX (1 << 24)

struct request {
	const char *output;
	bool relocatable;
	const char *stack; // "execstack", "noexecstack", or null: as the objects say
	const char *pending; // option still waiting for its value
};

static void take_keyword(struct request *request, const char *keyword)
{
	if (!strcmp(keyword, "execstack") || !strcmp(keyword, "noexecstack"))
		request->stack = keyword;
}

static void take(struct request *request, const char *argument)
{
	if (request->pending) {
		if (!strcmp(request->pending, "-o"))
			request->output = argument;
		if (!strcmp(request->pending, "-z"))
			take_keyword(request, argument);
		request->pending = NULL;
	} else if (!strcmp(argument, "-o") || !strcmp(argument, "--output")) {
		request->pending = "-o";
	} else if (!strcmp(argument, "-z") || !strcmp(argument, "-T") || !strcmp(argument, "-L") || !strcmp(argument, "-l") ||
		   !strcmp(argument, "-m") || !strcmp(argument, "-e") || !strcmp(argument, "-u")) {
		request->pending = argument;
	} else if (!strncmp(argument, "-z", 2)) {
		take_keyword(request, argument + 2);
	} else if (!strncmp(argument, "--output=", 9)) {
		request->output = argument + 9;
	} else if (!strncmp(argument, "-o", 2) && strncmp(argument, "-omagic", 7)) {
		request->output = argument + 2;
	} else if (!strcmp(argument, "-r") || !strcmp(argument, "-i") || !strcmp(argument, "--relocatable")) {
		request->relocatable = true;
	}
}

// Cuts the next word off a response file, by the rules of libiberty: blanks separate, quotes group, backslash quotes one character.
static char *next_word(char **rest)
{
	char *in = *rest + strspn(*rest, " \t\r\n\f\v"), *out = in, *word = in;
	char quote = 0;

	if (!*in)
		return NULL;
	for (; *in && (quote || !strchr(" \t\r\n\f\v", *in)); in++) {
		if (*in == '\\' && in[1])
			*out++ = *++in;
		else if (quote && *in == quote)
			quote = 0;
		else if (!quote && (*in == '\'' || *in == '"'))
			quote = *in;
		else
			*out++ = *in;
	}
	*rest = *in ? in + 1 : in;
	*out = 0;
	return word;
}

static void take_all(struct request *request, const char *argument, int depth)
{
	FILE *file = argument[0] == '@' && depth < 8 ? fopen(argument + 1, "r") : NULL;
	char *text, *rest, *word;

	if (!file) {
		take(request, argument);
		return;
	}
	text = calloc(1, RESPONSE_MAX + 1); // words stay referenced until we end
	if (text && fread(text, 1, RESPONSE_MAX, file) > 0)
		for (rest = text; (word = next_word(&rest));)
			take_all(request, word, depth + 1);
	fclose(file);
}

static int run(const char *linker, char **argv)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		execv(linker, argv);
		fprintf(stderr, "ld: cannot run %s: %s\nhint: install the package it belongs to (binutils, lld)\n", linker,
			strerror(errno));
		_exit(127);
	}
	while (child < 0 || waitpid(child, &status, 0) < 0) {
		if (child < 0 || errno != EINTR) {
			perror("ld: cannot start the linker");
			return 1;
		}
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// A table of the file, or null: none, or it cannot be read.
static void *table(int file, Elf64_Off offset, size_t size)
{
	void *made = size ? malloc(size) : NULL;

	if (made && pread(file, made, size, (off_t)offset) == (ssize_t)size)
		return made;
	free(made);
	return NULL;
}

// The script (hermit.ld) keeps .note.GNU-stack, whose flags are those of all objects together.
static bool objects_want_code_on_stacks(int file, const Elf64_Ehdr *header)
{
	Elf64_Shdr *section = table(file, header->e_shoff, header->e_shnum * sizeof(*section));
	char *names = NULL;
	bool found = false;

	if (section && header->e_shstrndx < header->e_shnum)
		names = table(file, section[header->e_shstrndx].sh_offset, section[header->e_shstrndx].sh_size);
	for (int i = 0; names && i < header->e_shnum; i++)
		found |= (section[i].sh_flags & SHF_EXECINSTR) && section[i].sh_name < section[header->e_shstrndx].sh_size &&
			 !strcmp(names + section[i].sh_name, ".note.GNU-stack");
	free(names);
	free(section);
	return found;
}

static int set_rights_of_stacks(int file, const Elf64_Ehdr *header, bool executable)
{
	const Elf64_Word rights = PF_R | PF_W | (executable ? PF_X : 0);
	Elf64_Phdr *segment = table(file, header->e_phoff, header->e_phnum * sizeof(*segment));
	int result = 0;

	for (int i = 0; segment && i < header->e_phnum && !result; i++) {
		off_t place = (off_t)(header->e_phoff + (size_t)i * sizeof(*segment) + offsetof(Elf64_Phdr, p_flags));
		if (segment[i].p_type == PT_GNU_STACK && pwrite(file, &rights, sizeof(rights), place) != sizeof(rights))
			result = -1;
	}
	free(segment);
	return result;
}

static int finish(const struct request *request)
{
	const unsigned char osabi = OSABI_HERMIT;
	Elf64_Ehdr header;
	int file = open(request->output, O_RDWR | O_CLOEXEC);
	int result = 0;

	if (file < 0)
		return errno == ENOENT ? 0 : -1; // --version and the like write nothing
	if (pread(file, &header, sizeof(header), 0) == sizeof(header) && !memcmp(header.e_ident, ELFMAG, SELFMAG) && header.e_type == ET_EXEC) {
		bool executable = request->stack ? !strcmp(request->stack, "execstack") : objects_want_code_on_stacks(file, &header);
		result = pwrite(file, &osabi, 1, EI_OSABI) == 1 ? 0 : -1;
		if (!result && (request->stack || executable))
			result = set_rights_of_stacks(file, &header, executable);
	}
	close(file);
	return result;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	const char *name = slash ? slash + 1 : argv[0];
	struct request request = { .output = "a.out" };
	char linker[64];
	int status;

	for (int i = 1; i < argc; i++)
		take_all(&request, argv[i], 0);
	snprintf(linker, sizeof(linker), "/usr/bin/%s", name);
	status = run(linker, argv);
	if (status == 0 && !request.relocatable && finish(&request) != 0) {
		fprintf(stderr, "ld: cannot finish %s: %s\nhint: it was linked; is it on a read-only place?\n", request.output,
			strerror(errno));
		return 1;
	}
	return status;
}
