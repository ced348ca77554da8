// SPDX-License-Identifier: MIT
// Words as the shell would expand them: wordexp(), and what it refuses.
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wordexp.h>

static const char *name_of(int error)
{
	switch (error) {
	case 0:
		return "good";
	case WRDE_BADCHAR:
		return "bad character";
	case WRDE_BADVAL:
		return "undefined variable";
	case WRDE_CMDSUB:
		return "command";
	case WRDE_SYNTAX:
		return "syntax";
	}
	return "other";
}

static void print(const wordexp_t *words, size_t offset)
{
	for (size_t i = 0; i < words->we_wordc + offset; i++)
		printf(" [%s]", words->we_wordv[i] ? words->we_wordv[i] : "none");
	printf(" %s\n", words->we_wordv[words->we_wordc + offset] ? "not ended" : "ended");
}

static void expand(const char *text, int flags)
{
	wordexp_t words = {0};
	int error = wordexp(text, &words, flags);

	printf("%s: %s", text, name_of(error));
	if (error) {
		putchar('\n');
		return;
	}
	print(&words, 0);
	wordfree(&words);
}

static void touch(const char *name)
{
	close(open(name, O_CREAT | O_WRONLY, 0600));
}

int main(void)
{
	static const char *const texts[] = {
		"", "one", "one two  three", "'single quotes' \"double quotes\" back\\ slash", "$first", "\"$first\"", "${first}s ${none:-else} ${#second}",
		"$none", "\"$none\"", "*.w", "[ab].w", "'*.w'", "none*", "~/x ~root", "$((1 + 2 * 3))", "$(echo sub stitution) x", "\"$(echo a b)\"",
		"`echo back quotes`", "a\"b\"'c'd", "'it'\\''s'", "a;b", "a|b", "a&b", "<x", "a\nb", "(x)", "{a}", "'unfinished", "\"unfinished", "$(unfinished",
		"${unfinished", "trailing\\", "'a;b|c'", "\"a;b\"", "\\;", "#comment", "a=b", "$$(", "-n -- -e", "%s %d", "$first$second", "'$first'",
	};
	wordexp_t words = {.we_offs = 2};

	setenv("first", "value", 1);
	setenv("second", "with two  spaces", 1);
	setenv("HOME", "/home/of/mine", 1);
	unsetenv("none");
	unsetenv("IFS");
	touch("a.w");
	touch("b.w");
	touch("c.w");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		expand(texts[i], 0);
	expand("$second", 0);
	expand("$(echo x)", WRDE_NOCMD);
	expand("`echo x`", WRDE_NOCMD);
	expand("\"$(echo x)\"", WRDE_NOCMD);
	expand("'$(echo x)' $((1 + 1)) $first", WRDE_NOCMD);
	expand("$none", WRDE_UNDEF);
	expand("$first", WRDE_UNDEF);

	printf("%s", name_of(wordexp("one two", &words, WRDE_DOOFFS)));
	print(&words, 2);
	printf("%s", name_of(wordexp("three *.w", &words, WRDE_DOOFFS | WRDE_APPEND)));
	print(&words, 2);
	printf("%s", name_of(wordexp("again", &words, WRDE_DOOFFS | WRDE_REUSE)));
	print(&words, 2);
	wordfree(&words);
	unlink("a.w");
	unlink("b.w");
	unlink("c.w");
}
