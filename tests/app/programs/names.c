// SPDX-License-Identifier: MIT
// Names: of files, users, groups, days; and what the system says of itself.
#include <dlfcn.h>
#include <err.h>
#include <errno.h>
#include <fnmatch.h>
#include <ftw.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void split(const char *path)
{
	char a[64], b[64];

	strcpy(a, path);
	strcpy(b, path);
	printf("%s = %s + %s\n", path, dirname(a), basename(b));
}

static int visits, directories;

static int visit(const char *path, const struct stat *status, int kind, struct FTW *position)
{
	visits++;
	directories += kind == FTW_D;
	if (position->level == 3)
		printf("%s at %d is %s\n", path, position->level, path + position->base);
	return status->st_mode == 0;
}

static void tree(void)
{
	FILE *file;

	mkdir("names.d", 0700);
	mkdir("names.d/x", 0700);
	mkdir("names.d/x/y", 0700);
	file = fopen("names.d/x/y/file", "w");
	fclose(file);
	symlink("x/../x/y", "names.d/link");
	char *resolved = realpath("names.d/link/file", NULL), here[1024];
	getcwd(here, sizeof here);
	printf("%s\n", resolved && strncmp(resolved, here, strlen(here)) == 0 ? resolved + strlen(here) : "wrong");
	free(resolved);
	resolved = realpath("names.d/none", NULL);
	printf("%s %d\n", resolved ? "found" : "not found", errno == ENOENT);
	int result = nftw("names.d", visit, 10, FTW_PHYS);
	printf("nftw %d: %d names, %d folders\n", result, visits, directories);
	unlink("names.d/link");
	unlink("names.d/x/y/file");
	rmdir("names.d/x/y");
	rmdir("names.d/x");
	rmdir("names.d");
}

static void accounts(void)
{
	struct passwd *user = getpwuid(0), entry, *found;
	struct group *group = getgrgid(0);
	char buffer[8192];

	printf("%s %s %s\n", user->pw_name, user->pw_dir, user->pw_shell);
	printf("%s\n", group->gr_name);
	int error = getpwnam_r("daemon", &entry, buffer, sizeof buffer, &found);
	printf("%d %d\n", error, found && found->pw_uid == entry.pw_uid);
	printf("%s\n", getpwnam("nobody-has-this-name") ? "found" : "not found");
}

int main(void)
{
	struct utsname name;
	struct tm day = {.tm_year = 124, .tm_mon = 1, .tm_mday = 29, .tm_hour = 12}, epoch = {.tm_year = 70, .tm_mday = 1};
	struct rlimit limit;
	regex_t pattern;
	regmatch_t match[2];

	split("/usr/lib");
	split("/usr/");
	split("usr");
	split("/");
	split(".");
	split("a//b//");
	tree();
	accounts();
	uname(&name);
	printf("%s %s %s\n", name.sysname, name.nodename, name.machine);
	printf("%lld %lld\n", (long long)timegm(&day), (long long)timegm(&epoch));
	printf("%ld %ld\n", sysconf(_SC_PAGESIZE), sysconf(_SC_CLK_TCK));
	long unknown = sysconf(-5);
	printf("%ld %d\n", unknown, errno == EINVAL);
	getrlimit(RLIMIT_NOFILE, &limit);
	printf("%llu\n", (unsigned long long)limit.rlim_cur);
	getrlimit(RLIMIT_FSIZE, &limit);
	printf("%llu\n", (unsigned long long)limit.rlim_cur);
	void *library = dlopen("libnone.so", RTLD_NOW);
	printf("%s, %s\n", library ? "loaded" : "not loaded", dlerror() ? "reason given" : "no reason");
	printf("%d %d\n", fnmatch("*.[ch]", "names.c", 0), fnmatch("*.[ch]", "names.o", 0) == FNM_NOMATCH);
	regcomp(&pattern, "([a-z]+)=[0-9]+", REG_EXTENDED);
	int found = regexec(&pattern, "  key=42", 2, match, 0);
	printf("%d %d\n", found, (int)match[1].rm_so);
	regfree(&pattern);
	fflush(stdout);
	warnx("to standard error: %d", 42);
	errno = ENOENT;
	err(3, "the end");
}
