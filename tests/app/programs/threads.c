// SPDX-License-Identifier: MIT
// POSIX threads: create, join, every kind of lock, conditions, barriers, semaphores, keys, once; more threads than CPUs.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 6, ROUNDS = 2000 };

static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t start = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t together;
static pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spinning;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static sem_t items, room;
static int go, counted, spun, initialised, serial, destroyed, pair[2];
static _Thread_local int own = 7;

/* The texts of strerror() are the C library's own. */
static const char *name(int error)
{
	switch (error) {
	case 0:
		return "done";
	case EBUSY:
		return "EBUSY";
	case EAGAIN:
		return "EAGAIN";
	case EDEADLK:
		return "EDEADLK";
	case EPERM:
		return "EPERM";
	case ETIMEDOUT:
		return "ETIMEDOUT";
	default:
		return "another error";
	}
}

static void initialise(void)
{
	initialised++;
}

static void destroy(void *value)
{
	__atomic_add_fetch(&destroyed, *(int *)value, __ATOMIC_RELAXED);
	free(value);
}

static void write_pair(int value)
{
	pthread_rwlock_wrlock(&shared);
	pair[0] = value;
	pair[1] = -value;
	pthread_rwlock_unlock(&shared);
}

static int read_pair(void)
{
	pthread_rwlock_rdlock(&shared);
	int sum = pair[0] + pair[1];
	pthread_rwlock_unlock(&shared);
	return sum;
}

static void *work(void *argument)
{
	long number = (long)argument, wrong = 0;
	int *value = malloc(sizeof(*value));

	*value = (int)number;
	pthread_setspecific(key, value);
	own += (int)number;
	pthread_mutex_lock(&plain);
	while (!go)
		pthread_cond_wait(&start, &plain);
	pthread_mutex_unlock(&plain);
	pthread_once(&once, initialise);
	for (int i = 0; i < 50; i++)
		if (pthread_barrier_wait(&together) == PTHREAD_BARRIER_SERIAL_THREAD)
			__atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED);
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&plain);
		counted++;
		pthread_mutex_unlock(&plain);
		pthread_spin_lock(&spinning);
		spun++;
		pthread_spin_unlock(&spinning);
		if (number == 0)
			write_pair(i);
		else
			wrong += read_pair() != 0;
	}
	if (*(int *)pthread_getspecific(key) != number || own != 7 + number)
		wrong++;
	return (void *)(number * number + 1000 * wrong);
}

static void run_all(void)
{
	pthread_t thread[THREADS];
	long sum = 0;

	pthread_key_create(&key, destroy);
	pthread_barrier_init(&together, NULL, THREADS);
	pthread_spin_init(&spinning, PTHREAD_PROCESS_PRIVATE);
	for (long i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, work, (void *)i))
			puts("cannot create a thread");
	usleep(10000);
	pthread_mutex_lock(&plain);
	go = 1;
	pthread_cond_broadcast(&start);
	pthread_mutex_unlock(&plain);
	for (int i = 0; i < THREADS; i++) {
		void *result;
		pthread_join(thread[i], &result);
		sum += (long)result;
	}
	printf("sum %ld counted %d spun %d initialised %d serial %d destroyed %d own %d\n", sum, counted, spun, initialised, serial, destroyed,
	       own);
	printf("barrier %d\n", pthread_barrier_destroy(&together));
}

static void *produce(void *unused)
{
	for (int i = 0; i < 1000; i++) {
		sem_wait(&room);
		__atomic_add_fetch(&pair[0], 1, __ATOMIC_RELAXED);
		sem_post(&items);
	}
	return unused;
}

static void pass_items(void)
{
	pthread_t producer;
	int left, consumed = 0;

	sem_init(&items, 0, 0);
	sem_init(&room, 0, 3);
	pthread_create(&producer, NULL, produce, NULL);
	while (consumed < 1000) {
		sem_wait(&items);
		consumed++;
		sem_post(&room);
	}
	pthread_join(producer, NULL);
	sem_getvalue(&room, &left);
	printf("consumed %d room %d empty %d\n", consumed, left, sem_trywait(&items) == -1 && errno == EAGAIN);
}

static struct timespec in_milliseconds(clockid_t clock, long milliseconds)
{
	struct timespec time;

	clock_gettime(clock, &time);
	time.tv_nsec += milliseconds * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_nsec -= 1000000000;
		time.tv_sec++;
	}
	return time;
}

static void *try_locks(void *unused)
{
	struct timespec soon = in_milliseconds(CLOCK_REALTIME, 5);

	printf("trylock %s", name(pthread_mutex_trylock(&plain)));
	printf(", timedlock %s", name(pthread_mutex_timedlock(&plain, &soon)));
	printf(", tryrdlock %s", name(pthread_rwlock_tryrdlock(&shared)));
	printf(", timedwrlock %s\n", name(pthread_rwlock_timedwrlock(&shared, &soon)));
	return unused;
}

static void time_out(void)
{
	struct timespec soon = in_milliseconds(CLOCK_REALTIME, 5);
	pthread_t other;

	pthread_mutex_lock(&plain);
	printf("timedwait %s\n", name(pthread_cond_timedwait(&start, &plain, &soon)));
	pthread_rwlock_wrlock(&shared);
	pthread_create(&other, NULL, try_locks, NULL);
	pthread_join(other, NULL);
	pthread_rwlock_unlock(&shared);
	pthread_mutex_unlock(&plain);
	soon = in_milliseconds(CLOCK_REALTIME, 5);
	int result = sem_timedwait(&items, &soon);
	printf("sem %d %s\n", result, name(errno));
}

static void lock_types(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t recursive, checking;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&recursive, &attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&checking, &attributes);
	printf("recursive %d", pthread_mutex_lock(&recursive));
	printf(" %d", pthread_mutex_lock(&recursive));
	printf(" %d", pthread_mutex_unlock(&recursive));
	printf(" %d", pthread_mutex_unlock(&recursive));
	printf(" %s\n", name(pthread_mutex_unlock(&recursive)));
	printf("checking %s", name(pthread_mutex_unlock(&checking)));
	pthread_mutex_lock(&checking);
	printf(", %s\n", name(pthread_mutex_lock(&checking)));
}

static void *exit_early(void *argument)
{
	pthread_exit(argument);
}

static void *count_down(void *argument)
{
	__atomic_sub_fetch((int *)argument, 1, __ATOMIC_RELEASE);
	return NULL;
}

static void lives(void)
{
	enum { MANY = 500 };
	int left = MANY;
	pthread_attr_t attributes;
	pthread_t thread;
	void *result;
	size_t size;

	pthread_create(&thread, NULL, exit_early, (void *)5);
	pthread_join(thread, &result);
	printf("pthread_exit %ld\n", (long)result);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, 65536);
	pthread_attr_getstacksize(&attributes, &size);
	printf("stack %zu\n", size);
	for (int i = 0; i < MANY; i++)
		while (pthread_create(&thread, &attributes, count_down, &left) == EAGAIN)
			usleep(1000);
	while (__atomic_load_n(&left, __ATOMIC_ACQUIRE))
		usleep(1000);
	printf("all detached ones ran; self-join %s\n", name(pthread_join(pthread_self(), NULL)));
}

int main(void)
{
	run_all();
	pass_items();
	time_out();
	lock_types();
	lives();
	return 0;
}
