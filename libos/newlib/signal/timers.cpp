// SPDX-License-Identifier: MIT
// Timers that end in a signal: Linux's own, armed for the proxy, which passes the signal on.
#include "call.hpp"

#include <sys/time.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

extern "C" {

unsigned alarm(unsigned seconds)
{
    return static_cast<unsigned>(call(LinuxCall::alarm, seconds));
}

// struct itimerval is Linux's: four longs. ITIMER_VIRTUAL and ITIMER_PROF would count the proxy's time.
int setitimer(int which, const itimerval* value, itimerval* old)
{
    if (which != ITIMER_REAL)
        return static_cast<int>(fail(EINVAL));
    return call_int(LinuxCall::setitimer, which, value, old);
}

int getitimer(int which, itimerval* value)
{
    if (which != ITIMER_REAL)
        return static_cast<int>(fail(EINVAL));
    return call_int(LinuxCall::getitimer, which, value);
}

useconds_t ualarm(useconds_t first, useconds_t interval)
{
    itimerval timer{{static_cast<time_t>(interval / 1000000), static_cast<suseconds_t>(interval % 1000000)},
                    {static_cast<time_t>(first / 1000000), static_cast<suseconds_t>(first % 1000000)}};
    itimerval old{};
    setitimer(ITIMER_REAL, &timer, &old);
    return static_cast<useconds_t>(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}

}
