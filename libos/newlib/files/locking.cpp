// SPDX-License-Identifier: MIT
// lockf(): record locks by a simpler name.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

extern "C" int lockf(int descriptor, int command, off_t size)
{
    struct flock lock {
    };
    lock.l_whence = SEEK_CUR;
    lock.l_len = size;
    lock.l_type = command == F_ULOCK ? F_UNLCK : F_WRLCK;
    switch (command) {
    case F_ULOCK:
    case F_TLOCK:
        return fcntl(descriptor, F_SETLK, &lock);
    case F_LOCK:
        return fcntl(descriptor, F_SETLKW, &lock);
    case F_TEST:
        if (fcntl(descriptor, F_GETLK, &lock) < 0)
            return -1;
        if (lock.l_type == F_UNLCK)
            return 0;
        errno = EACCES;
        return -1;
    default:
        errno = EINVAL;
        return -1;
    }
}
