/* SPDX-License-Identifier: MIT */
/* newlib's <stdlib.h>, plus what Linux programs expect there. */
#ifndef SKELLIG_STDLIB_H
#define SKELLIG_STDLIB_H

#include_next <stdlib.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#if __MISC_VISIBLE
int getloadavg(double *, int);
int clearenv(void);
#endif
#if __GNU_VISIBLE
char *canonicalize_file_name(const char *);
int ptsname_r(int, char *, size_t);
#endif
#if __MISC_VISIBLE
struct random_data {
	int32_t *fptr, *rptr, *state;
	int rand_type, rand_deg, rand_sep;
	int32_t *end_ptr;
};
int random_r(struct random_data *__restrict, int32_t *__restrict);
int srandom_r(unsigned, struct random_data *);
int initstate_r(unsigned, char *__restrict, size_t, struct random_data *__restrict);
int setstate_r(char *__restrict, struct random_data *__restrict);
#endif
#if __XSI_VISIBLE || __MISC_VISIBLE
int posix_openpt(int);
int grantpt(int);
int unlockpt(int);
char *ptsname(int);
#endif
#ifdef __cplusplus
}
#endif

#endif
