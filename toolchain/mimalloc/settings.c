/* SPDX-License-Identifier: MIT */
/*
 * mimalloc's options, messages, statistics and random numbers, in place of its options.c, stats.c and random.c: fixed, silent, none,
 * and no better than they must be. So malloc reads no environment, prints nothing and calls nobody.
 */

/* Decommitting, delays, reservations and reports are off. */
bool mi_option_is_enabled(mi_option_t option)
{
	return option == mi_option_eager_commit;
}

long mi_option_get(mi_option_t option)
{
	return mi_option_is_enabled(option);
}

long mi_option_get_clamp(mi_option_t option, long least, long most)
{
	long value = option == mi_option_max_segment_reclaim ? 8 : mi_option_get(option);

	return value < least ? least : value > most ? most : value;
}

void _mi_options_init(void) {}

/* Of all errors only running out of memory, and asking for too much of it, is looked for. Whoever answers NULL has told so here. */
void _mi_error_message(int error, const char *format, ...)
{
	errno = ENOMEM;
}

void _mi_warning_message(const char *format, ...) {}
void _mi_verbose_message(const char *format, ...) {}
void _mi_trace_message(const char *format, ...) {}
void _mi_fputs(mi_output_fun *out, void *argument, const char *prefix, const char *message) {}

void _mi_stat_increase(mi_stat_count_t *stat, size_t amount) {}
void _mi_stat_decrease(mi_stat_count_t *stat, size_t amount) {}
void _mi_stat_counter_increase(mi_stat_counter_t *stat, size_t amount) {}
void _mi_stats_done(mi_stats_t *stats) {}
void mi_stats_reset(void) {}
void mi_stats_print(void *out) {}

/* Of use only to decommit later. */
mi_msecs_t _mi_clock_now(void)
{
	return 0;
}

/* Cookies and keys: free lists are not encoded, so nothing hangs on them. */
uintptr_t _mi_random_next(mi_random_ctx_t *random)
{
	uint64_t *state = (uint64_t *)random->input;

	return _mi_random_shuffle(*state += 0x9e3779b97f4a7c15);
}

void _mi_random_init(mi_random_ctx_t *random)
{
	*(uint64_t *)random->input = __builtin_ia32_rdtsc() ^ (uintptr_t)random;
}

void _mi_random_split(mi_random_ctx_t *random, mi_random_ctx_t *new_one)
{
	*(uint64_t *)new_one->input = _mi_random_next(random);
}

void _mi_random_reinit_if_weak(mi_random_ctx_t *random) {}
