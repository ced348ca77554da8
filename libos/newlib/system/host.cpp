// SPDX-License-Identifier: MIT
// What the machine is called: Linux's own answer.
#include "call.hpp"

#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

using namespace libos;

extern "C" {

int uname(utsname* name)
{
    return call_int(LinuxCall::uname, name);
}

int gethostname(char* buffer, size_t size)
{
    utsname name;
    if (uname(&name) < 0)
        return -1;
    if (strlen(name.nodename) >= size)
        return static_cast<int>(fail(ENAMETOOLONG));
    strcpy(buffer, name.nodename);
    return 0;
}

// glibc's would be made of the machine's address if nobody has written one.
long gethostid()
{
    int32_t id = 0;
    int file = open("/etc/hostid", O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        if (read(file, &id, sizeof id) != static_cast<ssize_t>(sizeof id))
            id = 0;
        close(file);
    }
    return id;
}

int getdomainname(char* buffer, size_t size)
{
    utsname name;
    if (uname(&name) < 0)
        return -1;
    if (strlen(name.domainname) >= size)
        return static_cast<int>(fail(EINVAL));
    strcpy(buffer, name.domainname);
    return 0;
}

}
