// SPDX-License-Identifier: MIT
// The environment as a whole, and with care: no isle runs with other rights than its user's.
#include <stdlib.h>
#include <unistd.h>

extern "C" {

int clearenv()
{
    static char* none[] = {nullptr};
    environ = none;
    return 0;
}

char* secure_getenv(const char* name)
{
    return getenv(name);
}

}
