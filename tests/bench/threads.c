/* SPDX-License-Identifier: MIT */
/*
 * What threads of one CPU cost: to begin and end one, to give the CPU to another, to hand over a lock that another waits for. On Linux
 * they are of class SCHED_FIFO, where sched_yield() gives the CPU to the next of the same priority, as it does on an isle; each row
 * checks that the other thread really had its turn.
 */
#include "measure.h"
#include "rows.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 100 /* in a sample */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static sem_t ping, pong;
static volatile int partner_wanted;
static volatile unsigned turns; /* of the other thread */
static volatile int whose; /* 0: the measuring thread's turn */

static void check_turns(const char *row, unsigned before, unsigned least)
{
	if (turns - before < least) {
		fprintf(stderr, "bench: %s: the other thread had %u turns of %u\n", row, turns - before, least);
		exit(1);
	}
}

static void *nothing(void *unused)
{
	turns++;
	return unused;
}

static void create_and_join(void)
{
	unsigned before = turns;

	for (int i = 0; i < ROUNDS; i++) {
		pthread_t thread;
		if (pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL))
			exit(1);
	}
	check_turns("create and join", before, ROUNDS);
}

static void *yields(void *unused)
{
	while (partner_wanted) {
		turns++;
		sched_yield();
	}
	return unused;
}

/* Two switches a round: there and back. */
static void yield_to_partner(void)
{
	unsigned before = turns;

	for (int i = 0; i < ROUNDS; i++)
		sched_yield();
	check_turns("yield", before, ROUNDS);
}

static void *wants_the_lock(void *unused)
{
	while (partner_wanted) {
		pthread_mutex_lock(&mutex);
		turns++;
		pthread_mutex_unlock(&mutex);
		sched_yield();
	}
	return unused;
}

/* The other finds the lock taken and blocks, gets it when it is given, and comes back for more. */
static void hand_over_lock(void)
{
	unsigned before = turns;

	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&mutex);
		sched_yield();
		pthread_mutex_unlock(&mutex);
		sched_yield();
	}
	check_turns("lock", before, ROUNDS);
}

static void wait_for_turn(int mine)
{
	while (whose != mine)
		pthread_cond_wait(&changed, &mutex);
}

static void *takes_its_turn(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (partner_wanted) {
		wait_for_turn(1);
		turns++;
		whose = 0;
		pthread_cond_signal(&changed);
	}
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void signal_and_wait(void)
{
	unsigned before = turns;

	pthread_mutex_lock(&mutex);
	for (int i = 0; i < ROUNDS; i++) {
		whose = 1;
		pthread_cond_signal(&changed);
		wait_for_turn(0);
	}
	pthread_mutex_unlock(&mutex);
	check_turns("condition", before, ROUNDS);
}

static void *answers(void *unused)
{
	while (partner_wanted) {
		sem_wait(&ping);
		turns++;
		sem_post(&pong);
	}
	return unused;
}

static void post_and_wait(void)
{
	unsigned before = turns;

	for (int i = 0; i < ROUNDS; i++) {
		sem_post(&ping);
		sem_wait(&pong);
	}
	check_turns("semaphore", before, ROUNDS);
}

static void let_go_of_turn(void)
{
	pthread_mutex_lock(&mutex);
	whose = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&mutex);
}

static void post_ping(void)
{
	sem_post(&ping);
}

static const struct row {
	const char *name;
	void (*call)(void);
	void *(*partner)(void *);
	void (*last)(void); /* lets a partner that waits see that it is no longer wanted */
} rows[] = {
	{ "thread_create_join", create_and_join, NULL, NULL },
	{ "yield_switch", yield_to_partner, yields, NULL },
	{ "mutex_hand_off", hand_over_lock, wants_the_lock, NULL },
	{ "condition_turns", signal_and_wait, takes_its_turn, let_go_of_turn },
	{ "semaphore_turns", post_and_wait, answers, post_ping },
};

static int measure_row(const struct row *row)
{
	pthread_t thread;

	partner_wanted = 1;
	if (row->partner && pthread_create(&thread, NULL, row->partner, NULL))
		return 1;
	measure_alone(row->name, row->call);
	partner_wanted = 0;
	if (row->last)
		row->last();
	return row->partner ? pthread_join(thread, NULL) : 0;
}

int measure_threads(void)
{
	if (sem_init(&ping, 0, 0) || sem_init(&pong, 0, 0))
		return 1;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (measure_row(&rows[i]))
			return 1;
	return 0;
}
