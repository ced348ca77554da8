// SPDX-License-Identifier: MIT
// Trees, hash tables, lists and sorting with a context.
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { COUNT = 20000 };

static int numbers[COUNT];
static int compares, visits, last, ordered, deepest, freed;

static int compare(const void *left, const void *right)
{
	compares++;
	return *(const int *)left - *(const int *)right;
}

static void visit(const void *node, VISIT when, int depth)
{
	int number = **(int *const *)node;

	if (depth > deepest)
		deepest = depth;
	if (when != postorder && when != leaf)
		return;
	visits++;
	ordered &= number > last;
	last = number;
}

static void count_freed(void *key)
{
	freed += key != NULL;
}

static void walk(void *root)
{
	visits = deepest = 0;
	last = -1;
	ordered = 1;
	twalk(root, visit);
	printf("%d visits, in order %d, ", visits, ordered);
	check("depth within twice the least", deepest <= 2 * 15);
}

/* Numbers in order would make a list of a tree that is not balanced. */
static void trees(void)
{
	void *root = NULL;
	int absent = -5;

	for (int i = 0; i < COUNT; i++) {
		numbers[i] = i;
		int **node = tsearch(&numbers[i], &root, compare);
		if (!node || *node != &numbers[i])
			puts("wrong node");
	}
	compares = 0;
	int number = COUNT / 2, **found = tfind(&number, &root, compare);
	check("found", found && *found == &numbers[COUNT / 2]);
	check("few looks", compares < 40);
	check("not found", !tfind(&absent, &root, compare));
	check("there already", *(int **)tsearch(&number, &root, compare) == &numbers[COUNT / 2]);
	walk(root);
	for (int i = 0; i < COUNT; i += 2)
		if (!tdelete(&numbers[i], &root, compare))
			puts("not deleted");
	check("deleted", !tfind(&numbers[2], &root, compare) && !tdelete(&numbers[2], &root, compare));
	walk(root);
	tdestroy(root, count_freed);
	printf("%d freed\n", freed);
	root = NULL;
	check("empty", !tfind(&absent, &root, compare) && !tdelete(&absent, &root, compare));
}

static void tables(void)
{
	static char names[2000][8];
	struct hsearch_data table = {0};
	ENTRY entry, *found;
	int good = 1;

	for (int i = 0; i < 2000; i++)
		sprintf(names[i], "n%d", i);
	check("hcreate", hcreate(2500) != 0);
	for (int i = 0; i < 2000; i++) {
		entry.key = names[i];
		entry.data = &numbers[i];
		good &= hsearch(entry, ENTER) != NULL;
	}
	for (int i = 0; i < 2000; i++) {
		entry.key = names[i];
		found = hsearch(entry, FIND);
		good &= found && found->data == &numbers[i] && strcmp(found->key, names[i]) == 0;
	}
	check("all found", good);
	entry.key = "absent";
	check("absent", !hsearch(entry, FIND));
	entry.key = "n7";
	entry.data = NULL;
	check("the first stays", hsearch(entry, ENTER)->data == &numbers[7]);
	hdestroy();
	check("again", hcreate(10) != 0);
	check("forgotten", !hsearch(entry, FIND));
	hdestroy();
	check("hcreate_r", hcreate_r(10, &table) != 0);
	check("two tables", hsearch_r(entry, ENTER, &found, &table) && found && hsearch_r(entry, FIND, &found, &table));
	hdestroy_r(&table);
}

static int equal(const void *left, const void *right)
{
	return *(const int *)left != *(const int *)right;
}

struct element {
	struct element *next, *previous;
};

static void lists(void)
{
	int list[8] = {5, 7, 9}, key = 7, other = 11;
	size_t count = 3;
	struct element a, b, c;

	check("lfind", lfind(&key, list, &count, sizeof *list, equal) == &list[1] && !lfind(&other, list, &count, sizeof *list, equal));
	check("lsearch", lsearch(&other, list, &count, sizeof *list, equal) == &list[3] && count == 4 && list[3] == 11);
	insque(&a, NULL);
	insque(&b, &a);
	insque(&c, &a);
	check("insque", a.next == &c && c.next == &b && b.previous == &c && !b.next && !a.previous);
	remque(&c);
	check("remque", a.next == &b && b.previous == &a);
}

static int by_column(const void *left, const void *right, void *column)
{
	size_t at = *(size_t *)column;

	return ((const char *)left)[at] - ((const char *)right)[at];
}

static void sorting(void)
{
	char rows[4][4] = {"bzx", "ayw", "dxa", "cwq"};
	size_t column = 1;

	qsort_r(rows, 4, sizeof *rows, by_column, &column);
	printf("%s %s %s %s\n", rows[0], rows[1], rows[2], rows[3]);
	column = 2;
	qsort_r(rows, 4, sizeof *rows, by_column, &column);
	printf("%s %s %s %s\n", rows[0], rows[1], rows[2], rows[3]);
}

static void texts(void)
{
	static const char *const versions[] = {"000", "00", "01", "010", "09", "0", "1", "9", "10", "a1", "a01", "a9", "a10", "1.2.3", "1.2.10"};
	int count = sizeof versions / sizeof *versions;

	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++) {
			int order = strverscmp(versions[i], versions[j]);
			putchar(order < 0 ? '<' : order > 0 ? '>' : '=');
		}
	putchar('\n');
	check("memmem", !strcmp(memmem("needle in hay", 13, "in", 2), "in hay") && !memmem("abc", 3, "x", 1));
	check("strcasestr", !strcmp(strcasestr("Some Text", "tEX"), "Text") && !strcasestr("a", "b"));
	printf("%s; %s; %s\n", strsignal(2), strsignal(11), strsignal(10));
}

int main(void)
{
	trees();
	tables();
	lists();
	sorting();
	texts();
}
