// SPDX-License-Identifier: MIT
// The other name of mktime(), the counterpart of timegm().
#include <time.h>

extern "C" time_t timelocal(struct tm* time)
{
    return mktime(time);
}
