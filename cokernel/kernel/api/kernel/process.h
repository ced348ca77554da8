/* SPDX-License-Identifier: MIT */
/* Who the isle is and how it ends. */
#ifndef SKELLIG_KERNEL_PROCESS_H
#define SKELLIG_KERNEL_PROCESS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The proxy's identity, which is the isle's. */
struct skl_identity {
	int32_t pid, ppid;
	uint32_t uid, euid, gid, egid;
};
struct skl_identity skl_identity(void);

/* The absolute name that the image's file had at the launch; empty: not known. */
const char *skl_program_path(void);

uint32_t skl_cpu_count(void);
int32_t skl_isle(void);	 /* the NUMA node of its first CPU, which is how isles are numbered; in a virtual machine -1 */
int skl_verbose(void); /* HERMIT_VERBOSE: say what is refused */

/* Ends the isle; the shell sees status & 255. */
void skl_exit(int status) __attribute__((noreturn));

/* Ends the isle as if killed by `signal`; the proxy re-raises it. `message` (may be null) goes to standard error. */
void skl_panic(int signal, const char *message) __attribute__((noreturn));

/* Appends to the enclave's log (/sys/hermit/isleN/log), for what must not disturb standard error. */
void skl_log(const char *text);

/* Filled in by libos: runs the program on the main stack. */
void skl_program(int argc, char **argv, char **environment) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif

#endif
