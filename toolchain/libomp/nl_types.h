/* SPDX-License-Identifier: MIT */
/* Message catalogues, for LLVM's OpenMP runtime: there are none, so it uses the texts it is built with. */
#ifndef SKELLIG_NL_TYPES_H
#define SKELLIG_NL_TYPES_H

#define NL_CAT_LOCALE 1

typedef void *nl_catd;

static inline nl_catd catopen(const char *name, int flags)
{
	(void)name;
	(void)flags;
	return (nl_catd)-1;
}

static inline char *catgets(nl_catd catalogue, int set, int message, const char *text)
{
	(void)catalogue;
	(void)set;
	(void)message;
	return (char *)text;
}

static inline int catclose(nl_catd catalogue)
{
	(void)catalogue;
	return 0;
}

#endif
