// SPDX-License-Identifier: MIT
// newlib's own locks, by HermitCore's names.
#include <hermit/syscall.h>
#include <sys/lock.h>

extern "C" {

extern struct __lock __lock___malloc_recursive_mutex, __lock___env_recursive_mutex;

void __sys_malloc_lock()
{
    __retarget_lock_acquire_recursive(&__lock___malloc_recursive_mutex);
}

void __sys_malloc_unlock()
{
    __retarget_lock_release_recursive(&__lock___malloc_recursive_mutex);
}

void __sys_env_lock()
{
    __retarget_lock_acquire_recursive(&__lock___env_recursive_mutex);
}

void __sys_env_unlock()
{
    __retarget_lock_release_recursive(&__lock___env_recursive_mutex);
}

}
