// SPDX-License-Identifier: MIT
// POSIX's aligned allocation over newlib's memalign().
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

// Returns the error instead of setting errno.
extern "C" int posix_memalign(void** result, size_t alignment, size_t size)
{
    if (alignment < sizeof(void*) || (alignment & (alignment - 1)))
        return EINVAL;
    int before = errno;
    void* memory = memalign(alignment, size);
    errno = before;
    if (!memory)
        return ENOMEM;
    *result = memory;
    return 0;
}
