/* SPDX-License-Identifier: MIT */
/* Messages that begin with the program's name. */
#ifndef SKELLIG_ERR_H
#define SKELLIG_ERR_H

#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif
void warn(const char *, ...) __attribute__((format(printf, 1, 2)));
void warnx(const char *, ...) __attribute__((format(printf, 1, 2)));
void vwarn(const char *, va_list);
void vwarnx(const char *, va_list);
void err(int, const char *, ...) __attribute__((noreturn, format(printf, 2, 3)));
void errx(int, const char *, ...) __attribute__((noreturn, format(printf, 2, 3)));
void verr(int, const char *, va_list) __attribute__((noreturn));
void verrx(int, const char *, va_list) __attribute__((noreturn));
#ifdef __cplusplus
}
#endif

#endif
