/* SPDX-License-Identifier: MIT */
/*
 * Stores where an isle must not, and where it may: sweep RANDOM [ADDRESS...]. RANDOM: how many seeded random addresses. Each store is
 * an atomic OR with 0, so that the ones that go through change nothing. Prints a line for each sweep: name, stores, faults.
 */
#include <elf.h>
#include <signal.h>
#include <skellig/address.h>
#include <skellig/public.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#define STORE_LENGTH 4 /* f0 80 08 00: lock orb $0, (%rax) */
#define LARGE (2ULL << 20)
#define WINDOWS 512

struct window {
	uint64_t begin, end;
	int writable;
};

extern const Elf64_Ehdr __ehdr_start;
static struct window windows[WINDOWS];
static unsigned window_count;
static volatile uint64_t faults;
static uint64_t stores, state = 88172645463325252ULL;

static void skip(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP] += STORE_LENGTH;
	faults++;
}

static void store(uint64_t address)
{
	stores++;
	__asm__ volatile("lock orb $0, (%0)" : : "a"(address) : "memory", "cc");
}

static void say(const char *name)
{
	printf("%s %lu %lu\n", name, (unsigned long)stores, (unsigned long)faults);
	stores = faults = 0;
}

static void add(uint64_t begin, uint64_t size, int writable)
{
	windows[window_count++] = (struct window){ begin, begin + size, writable };
}

static void find_windows(void)
{
	const struct skl_boot *boot = (const struct skl_boot *)SKL_PUBLIC_BASE;
	const Elf64_Phdr *segment = (const Elf64_Phdr *)((const char *)&__ehdr_start + __ehdr_start.e_phoff);

	for (int i = 0; i < __ehdr_start.e_phnum; i++)
		if (segment[i].p_type == PT_LOAD) {
			uint64_t begin = segment[i].p_vaddr & ~4095ULL;
			add(begin, ((segment[i].p_vaddr + segment[i].p_memsz + 4095) & ~4095ULL) - begin, segment[i].p_flags & PF_W);
		}
	for (unsigned i = 0; i < boot->extents; i++)
		if (boot->extent[i].va >= SKL_OWN_BASE && boot->extent[i].va < SKL_OWN_END)
			add(boot->extent[i].va, boot->extent[i].size, 1);
	add(SKL_PUBLIC_BASE, (SKL_PUBLIC_SIZE(boot->cpus) + 4095) & ~4095ULL, 1);
	add(SKL_CALL_PAGE, 4096, 0);
}

static const struct window *window_of(uint64_t address)
{
	for (unsigned i = 0; i < window_count; i++)
		if (address >= windows[i].begin && address < windows[i].end)
			return &windows[i];
	return NULL;
}

static void store_outside(uint64_t address)
{
	if (!window_of(address))
		store(address);
}

static uint64_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void sweep_boundaries(void)
{
	for (unsigned i = 0; i < window_count; i++) {
		store_outside(windows[i].begin - 1);
		store_outside(windows[i].end);
	}
	say("outside");
	for (unsigned i = 0; i < window_count; i++)
		if (windows[i].writable) {
			store(windows[i].begin);
			store(windows[i].end - 1);
		}
	say("inside");
	for (unsigned i = 0; i < window_count; i++)
		if (!windows[i].writable) {
			store(windows[i].begin);
			store(windows[i].end - 1);
		}
	say("read-only");
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_sigaction = skip, .sa_flags = SA_SIGINFO };

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	find_windows();
	for (uint64_t slot = 0; slot < 512; slot++)
		store(((slot << 39) + 0x7123456008ULL) | (slot >= 256 ? 0xffff000000000000ULL : 0));
	say("slots");
	for (uint64_t at = 0; at < 4ULL << 30; at += LARGE)
		store_outside(at + 0x1008);
	say("low");
	sweep_boundaries();
	for (long i = argc > 1 ? atol(argv[1]) : 0; i > 0; i--)
		store_outside(i % 2 ? draw() | 0xffff800000000000ULL : draw() & 0x7fffffffffffULL);
	say("random");
	for (int i = 2; i < argc; i++)
		store_outside(strtoull(argv[i], NULL, 0));
	say("named");
	return 0;
}
