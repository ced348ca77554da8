/* SPDX-License-Identifier: MIT */
/* Does the one forbidden thing that it is told to do. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTHING ((volatile int *)0)
#define SHARED_CPU_PAGE_MASKED "%gs:0" /* struct skl_percpu, masked: GS base points to the page */

static volatile int zero;
static unsigned char data[16] = { 0xc3 };

static void null_read(void) { (void)*NOTHING; }
static void null_write(void) { *NOTHING = 1; }
static void null_call(void) { ((void (*)(void))(uintptr_t)zero)(); }
static void execute_data(void) { ((void (*)(void))(uintptr_t)data)(); }
static void write_text(void) { *(volatile char *)(uintptr_t)null_read = 0; }
static void divide_by_zero(void) { zero = 1000 / zero; }
static void undefined(void) { __asm__ volatile("ud2"); }
static void cli(void) { __asm__ volatile("cli"); }
static void hlt(void) { __asm__ volatile("hlt"); }
static void wrmsr(void) { __asm__ volatile("wrmsr" : : "a"(0), "d"(0), "c"(0x10)); }
static void lidt(void) { __asm__ volatile("lidt %0" : : "m"(data)); }
static void out(void) { __asm__ volatile("outb %b0, %w1" : : "a"(0xfe), "d"(0x64)); }
static void int3(void) { __asm__ volatile("int3"); }

static void stack_overflow(void)
{
	volatile char page[4096];

	page[0] = 0;
	stack_overflow();
	page[1] = page[0];
}

static void masked_loop(void)
{
	__asm__ volatile("movl $1, " SHARED_CPU_PAGE_MASKED);
	for (;;)
		__asm__ volatile("");
}

static const struct {
	const char *name;
	void (*act)(void);
} faults[] = {
	{ "null-read", null_read }, { "null-write", null_write }, { "null-call", null_call }, { "execute-data", execute_data },
	{ "write-text", write_text }, { "stack-overflow", stack_overflow }, { "divide-by-zero", divide_by_zero },
	{ "undefined", undefined }, { "cli", cli }, { "hlt", hlt }, { "wrmsr", wrmsr }, { "lidt", lidt }, { "out", out },
	{ "int3", int3 }, { "masked-loop", masked_loop }, { "abort", abort },
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(faults) / sizeof(faults[0]); i++)
		if (!strcmp(argv[1], faults[i].name)) {
			faults[i].act();
			fprintf(stderr, "%s: nothing happened\n", argv[1]);
			return 3;
		}
	fprintf(stderr, "usage: fault NAME\n");
	return 2;
}
