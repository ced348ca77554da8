// SPDX-License-Identifier: MIT
// Options of the command line: what getopt() and its long kin say, and in which order they leave the words.
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int flag;
static const struct option longs[] = {
	{"all", no_argument, NULL, 'a'},
	{"block", required_argument, NULL, 'b'},
	{"blocks", required_argument, NULL, 'B'},
	{"colour", optional_argument, NULL, 'c'},
	{"color", optional_argument, NULL, 'c'},
	{"flag", no_argument, &flag, 42},
	{"verbose", no_argument, NULL, 256},
	{"version", no_argument, NULL, 257},
	{"x", no_argument, NULL, 258},
	{"xy", no_argument, NULL, 259},
	{NULL, 0, NULL, 0},
};

enum kind { SHORT, LONG, LONG_ONLY };

static int next(enum kind kind, int count, char **words, const char *shorts, int *index)
{
	if (kind == SHORT)
		return getopt(count, words, shorts);
	return kind == LONG ? getopt_long(count, words, shorts, longs, index) : getopt_long_only(count, words, shorts, longs, index);
}

/* `line`: the words, apart by spaces; an empty one is written as '. */
static void run(enum kind kind, const char *shorts, const char *line)
{
	char text[256], *words[32] = {"program"};
	int count = 1, answer, index = -1;

	strcpy(text, line);
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		words[count++] = strcmp(word, "'") == 0 ? "" : word;
	words[count] = NULL;
	optind = 0;
	flag = 0;
	printf("[%s] %s\n", shorts, line);
	for (int i = 0; i < 20 && (answer = next(kind, count, words, shorts, &index)) != -1; i++) {
		printf("  %d optarg=%s optind=%d", answer, optarg ? optarg : "none", optind);
		if (answer == '?' || answer == ':')
			printf(" optopt=%d", optopt);
		if (index >= 0)
			printf(" index=%d", index);
		if (flag)
			printf(" flag=%d", flag);
		putchar('\n');
		index = -1;
		flag = 0;
	}
	printf("  end at %d:", optind);
	for (int i = 0; i < count; i++)
		printf(" %s", words[i]);
	putchar('\n');
}

static void short_options(enum kind kind)
{
	static const char *const lines[] = {
		"", "-a", "-ab", "-abc", "-bvalue", "-b value", "-b", "-c", "-cvalue", "-c value", "-z", "-az", "-:", "-;", "-a -- -b x", "--",
		"one -a two -b x three", "one two -a", "-a one -- two -a", "one -- two", "- -a", "' -a", "-a - -b", "-ab -a", "-b -- x -a", "-acb x y",
		"one -a -b", "-bx -by z -a", "---a", "--- x", "-W", "-Wall", "-W all", "one -a two -- -b three",
	};
	static const char *const shorts[] = {"ab:c::", "+ab:c::", "-ab:c::", ":ab:c::", "+:ab:c::", "-:ab:c::", "ab:c::W;"};

	for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
		for (size_t j = 0; j < sizeof lines / sizeof *lines; j++)
			run(kind, shorts[i], lines[j]);
}

static void long_options(enum kind kind)
{
	static const char *const lines[] = {
		"--all", "--al", "--a", "--all=x", "--block=3", "--block 3", "--block", "--block=", "--blocks 1", "--bl 1", "--b=1", "--blo", "--colour",
		"--colour=red", "--colour red", "--col", "--col=red", "--colo", "--flag", "--fl", "--fl=1", "--ver", "--vers", "--verb x", "--v", "--none",
		"--none=1", "--", "--all -- --all", "one --all two --block 3 four", "one -a --all two", "--x", "--xy", "-x", "-xy", "-all", "-al", "-a",
		"-block 3", "-bl", "-b 3", "-flag", "-none", "-ver", "-version=2", "-c", "-colour=red", "-co=x", "--=x", "-=x", "-Wall", "-W block=7", "-W",
		"-Wblock 7", "-Wver", "-Wnone", "one -Wall two", "-z --zz -zz",
	};
	static const char *const shorts[] = {"ab:c::", "+ab:c::", "-ab:c::", ":ab:c::", "ab:W;", "x", ""};

	for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
		for (size_t j = 0; j < sizeof lines / sizeof *lines; j++)
			run(kind, shorts[i], lines[j]);
}

/* optind is the program's to set. */
static void from_elsewhere(void)
{
	char *words[] = {"program", "skipped", "-a", "x", "-b", "y", "-a", NULL};
	int answer;

	optind = 0;
	printf("%d", getopt(7, words, "ab:"));
	optind = 4;
	while ((answer = getopt(7, words, "ab:")) != -1)
		printf(" %d", answer);
	printf(" %d\n", optind);
	printf("%d %d\n", getopt(0, words, "a"), getopt(1, words, "a"));
}

static void suboptions(void)
{
	char *const names[] = {"ro", "rw", "size", "sizes", NULL};
	static const char *const lines[] = {"", "ro", "rw,size=3", "size", "size=", "none", "none=3,ro", "sizes=1,size=2,", ",ro", "ro=1,,rw", "siz=1"};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char text[64], *rest = text;

		strcpy(text, lines[i]);
		printf("%s:", lines[i]);
		while (*rest) {
			char *value;
			int which = getsubopt(&rest, names, &value);

			printf(" %d %s", which, value ? value : "none");
		}
		putchar('\n');
	}
}

int main(void)
{
	printf("%d %d %d\n", optind, opterr, optopt);
	setvbuf(stdout, NULL, _IOLBF, 0);
	dup2(STDOUT_FILENO, STDERR_FILENO); /* messages are compared, too */
	short_options(SHORT);
	short_options(LONG);
	long_options(LONG);
	long_options(LONG_ONLY);
	setenv("POSIXLY_CORRECT", "1", 1);
	run(SHORT, "ab:", "one -a");
	run(LONG, "ab:", "--all one -a");
	unsetenv("POSIXLY_CORRECT");
	opterr = 0;
	run(SHORT, "ab:", "-z -b");
	run(LONG, "ab:", "--none --block");
	from_elsewhere();
	suboptions();
}
