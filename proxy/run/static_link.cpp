// SPDX-License-Identifier: MIT
// What the static proxy must define itself. The linker turns a call to an absent weak function into a branch to address 0, which is
// out of reach of a program linked at 0x600000000000; and debuginfod needs dlopen(), which a static program should not have.
extern "C" {

// glibc calls these if they exist: at start, at the end of a thread, at fork.
void __pthread_initialize_minimal() {}
void __glibc_tls_internal_free() {}
void __nss_database_fork_prepare_parent(void*) {}
void __nss_database_fork_subprocess(void*) {}
void __mq_notify_fork_subprocess() {}
void __timer_fork_subprocess() {}

// libdw's client for debuginfod: "not found".
void* dwfl_get_debuginfod_client(void*)
{
    return nullptr;
}
int __libdwfl_debuginfod_find_executable(void*, const unsigned char*, unsigned long)
{
    return -1;
}
int __libdwfl_debuginfod_find_debuginfo(void*, const unsigned char*, unsigned long)
{
    return -1;
}
void __libdwfl_debuginfod_end(void*) {}

}
