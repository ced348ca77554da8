// SPDX-License-Identifier: MIT
// Messages: out of catalogs, to the log, and in the forms that System V and POSIX give them.
#include <errno.h>
#include <fmtmsg.h>
#include <locale.h>
#include <monetary.h>
#include <nl_types.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "check.h"

static void catalogs(void)
{
	FILE *source = fopen("source", "w");

	fputs("$set 1\n1 first text\n2 second\\ttext\n$set 7\n", source);
	for (int i = 1; i < 200; i += 3)
		fprintf(source, "%d text %d of set 7\n", i, i);
	fclose(source);
	check("gencat", system("gencat ./catalog.cat source") == 0);
	nl_catd catalog = catopen("./catalog.cat", 0);
	check("open", catalog != (nl_catd)-1);
	printf("%s, %s, %s, %s\n", catgets(catalog, 1, 1, "none"), catgets(catalog, 1, 2, "none"), catgets(catalog, 1, 3, "none"),
	       catgets(catalog, 2, 1, "none"));
	int good = 1;
	for (int i = 1; i < 200; i++) {
		char text[32];

		sprintf(text, i % 3 == 1 ? "text %d of set 7" : "none", i);
		good &= strcmp(catgets(catalog, 7, i, "none"), text) == 0;
	}
	check("all", good);
	printf("%d\n", catclose(catalog));
	setenv("NLSPATH", "/nowhere/%N:./%N.%l.cat:./%N.cat", 1);
	catalog = catopen("catalog", NL_CAT_LOCALE);
	check("found", catalog != (nl_catd)-1);
	printf("%s\n", catgets(catalog, 1, 1, "none"));
	catclose(catalog);
	catalog = catopen("none", 0);
	check("not found", catalog == (nl_catd)-1);
	printf("%s\n", catgets(catalog, 1, 1, "none"));
	catalog = catopen("./source", 0);
	check("no catalog", catalog == (nl_catd)-1);
	unlink("source");
	unlink("catalog.cat");
}

static void log_messages(void)
{
	openlog("program", LOG_PERROR, LOG_USER);
	errno = ENOENT;
	syslog(LOG_INFO, "number %d: %m, %s%%", 42, "text");
	syslog(LOG_ERR, "line\n");
	printf("%#x\n", setlogmask(LOG_UPTO(LOG_WARNING)));
	syslog(LOG_INFO, "not let through");
	syslog(LOG_WARNING | LOG_LOCAL3, "let through");
	printf("%#x\n", setlogmask(0));
	closelog();
}

static void money(void)
{
	char text[64];
	ssize_t length = strfmon(text, sizeof text, "%n and %i, %.0n, %%", 1234.567, -2.5, 99.6);

	printf("%zd [%s]\n", length, text);
	check("too short", strfmon(text, 4, "%n", 1234.567) == -1);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	dup2(STDOUT_FILENO, STDERR_FILENO);
	catalogs();
	log_messages();
	money();
	psignal(SIGUSR1, "signal");
	psignal(SIGSEGV, NULL);
	psignal(SIGTERM, "");
	printf("%d\n", fmtmsg(MM_PRINT, "label:part", MM_ERROR, "text", MM_NULLACT, MM_NULLTAG));
	printf("%d\n", fmtmsg(MM_PRINT, MM_NULLLBL, MM_WARNING, "text", MM_NULLACT, MM_NULLTAG));
	printf("%d\n", fmtmsg(0, "label:part", MM_INFO, "text", "action", "tag"));
}
