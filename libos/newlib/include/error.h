/* SPDX-License-Identifier: MIT */
/* GNU's messages that begin with the program's name and may end it. */
#ifndef SKELLIG_ERROR_H
#define SKELLIG_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif
extern unsigned error_message_count;
void error(int, int, const char *, ...) __attribute__((format(printf, 3, 4)));
void error_at_line(int, int, const char *, unsigned, const char *, ...) __attribute__((format(printf, 5, 6)));
#ifdef __cplusplus
}
#endif

#endif
