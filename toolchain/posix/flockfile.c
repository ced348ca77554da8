// SPDX-License-Identifier: MIT
// A thread's hold on a stream, by the lock that stdio itself takes; newlib declares these and leaves them to the system.
#include <stdio.h>
#include <sys/lock.h>

void flockfile(FILE *stream)
{
	__lock_acquire_recursive(stream->_lock);
}

int ftrylockfile(FILE *stream)
{
	return __lock_try_acquire_recursive(stream->_lock) ? 0 : -1;
}

void funlockfile(FILE *stream)
{
	__lock_release_recursive(stream->_lock);
}
