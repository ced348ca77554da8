/* SPDX-License-Identifier: MIT */
/* What the system has and how busy it is, as Linux lays it out. Memory is the isle's, load and uptime are the node's. */
#ifndef SKELLIG_SYS_SYSINFO_H
#define SKELLIG_SYS_SYSINFO_H

#define SI_LOAD_SHIFT 16

struct sysinfo {
	long uptime;
	unsigned long loads[3];
	unsigned long totalram;
	unsigned long freeram;
	unsigned long sharedram;
	unsigned long bufferram;
	unsigned long totalswap;
	unsigned long freeswap;
	unsigned short procs;
	unsigned short pad;
	unsigned long totalhigh;
	unsigned long freehigh;
	unsigned mem_unit;
};

#ifdef __cplusplus
extern "C" {
#endif
int sysinfo(struct sysinfo *);
int get_nprocs(void);
int get_nprocs_conf(void);
long get_phys_pages(void);
long get_avphys_pages(void);
#ifdef __cplusplus
}
#endif

#endif
