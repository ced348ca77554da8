/* SPDX-License-Identifier: MIT */
/* Catalogs of messages, as `gencat` writes them on Linux. */
#ifndef SKELLIG_NL_TYPES_H
#define SKELLIG_NL_TYPES_H

#define NL_SETD 1
#define NL_CAT_LOCALE 1

typedef void *nl_catd;
typedef int nl_item;

#ifdef __cplusplus
extern "C" {
#endif
nl_catd catopen(const char *, int);
char *catgets(nl_catd, int, int, const char *);
int catclose(nl_catd);
#ifdef __cplusplus
}
#endif

#endif
