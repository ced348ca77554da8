/* SPDX-License-Identifier: MIT */
/*
 * Samples of a call, printed one line a row: `samples NAME`, then TICKS:ISLE:PROXY for each repetition, where ISLE and PROXY are the looks
 * that found nothing on either side meanwhile (0 on Linux). report.py makes counts of them.
 */
#ifndef SKELLIG_BENCH_MEASURE_H
#define SKELLIG_BENCH_MEASURE_H

/* Forwarded calls write here, which costs Linux next to nothing. -1: it cannot be opened. */
int open_null_file(void);
extern int null_file;

void call_write(void); /* a byte to null_file */

/* A forwarded call before each sample: the proxy is awake, as in a program that is busy with calls. */
void measure(const char *name, void (*call)(void));
/* For what forwards nothing: no call either whose answer the proxy announces while a sample is taken. */
void measure_alone(const char *name, void (*call)(void));
void measure_after(const char *name, void (*before)(void), void (*call)(void));

/* What the measuring itself costs, and how many ticks a loop of 2,000 instructions takes. */
void measure_scale(void);

#endif
