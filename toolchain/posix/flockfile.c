// SPDX-License-Identifier: MIT
// A thread's hold on a stream, by the lock that stdio itself takes; newlib declares these and leaves them to the system.
#include <reent.h>
#include <stdio.h>
#include <sys/lock.h>

void __sinit(struct _reent *); // newlib's own, declared in none of its public headers

// The standard streams have their locks from the first use of stdio on; this may be the first.
static _LOCK_RECURSIVE_T lock_of(FILE *stream)
{
	if (!_REENT->__sdidinit)
		__sinit(_REENT);
	return stream->_lock;
}

void flockfile(FILE *stream)
{
	__lock_acquire_recursive(lock_of(stream));
}

int ftrylockfile(FILE *stream)
{
	return __lock_try_acquire_recursive(lock_of(stream)) ? 0 : -1;
}

void funlockfile(FILE *stream)
{
	__lock_release_recursive(lock_of(stream));
}
