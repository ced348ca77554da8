/* SPDX-License-Identifier: MIT */
/* Amounts of money: musl's functions. */
#ifndef SKELLIG_MONETARY_H
#define SKELLIG_MONETARY_H

#include <locale.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif
ssize_t strfmon(char *__restrict, size_t, const char *__restrict, ...);
ssize_t strfmon_l(char *__restrict, size_t, locale_t, const char *__restrict, ...);
#ifdef __cplusplus
}
#endif

#endif
