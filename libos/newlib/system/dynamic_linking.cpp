// SPDX-License-Identifier: MIT
// An isle is one static image: nothing can be loaded into it, and these functions say so.
#include <dlfcn.h>

namespace {
thread_local bool failed = false;
}

extern "C" {

void* dlopen(const char*, int)
{
    failed = true;
    return nullptr;
}

void* dlsym(void*, const char*)
{
    failed = true;
    return nullptr;
}

int dlclose(void*)
{
    failed = true;
    return -1;
}

char* dlerror()
{
    static char reason[] = "an isle is a static image and loads no libraries";
    bool report = failed;
    failed = false;
    return report ? reason : nullptr;
}

}
