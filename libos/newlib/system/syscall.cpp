// SPDX-License-Identifier: MIT
// syscall(): Linux's numbers and Linux's own flags and structures, for programs that insist.
#include "call.hpp"

#include <kernel/signal.h>
#include <kernel/thread.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace libos;

namespace {

// Of the isle itself, and never the proxy's business. 38: Linux's ENOSYS.
constexpr int64_t not_here = -38;

int64_t local(long number, bool& served)
{
    served = true;
    switch (number) {
    case SYS_getpid:
        return getpid();
    case SYS_gettid:
        return gettid();
    case SYS_sched_yield:
        skl_thread_yield();
        return 0;
    case SYS_brk:
    case SYS_mmap:
    case SYS_munmap:
    case SYS_mprotect:
    case SYS_clone:
    case SYS_fork:
    case SYS_vfork:
    case SYS_execve:
    case SYS_futex:
    case SYS_arch_prctl:
        return not_here;
    default:
        served = false;
        return 0;
    }
}

// Linux's own answer.
int64_t serve(long number, const uint64_t (&words)[6])
{
    if (number == SYS_exit || number == SYS_exit_group)
        _exit(static_cast<int>(words[0]));
    bool served;
    int64_t result = local(number, served);
    return served ? result : forward_words(static_cast<LinuxCall>(number), words);
}

}

// As Linux has it: number in rax, arguments in rdi, rsi, rdx, r10, r8, r9.
extern "C" void skl_syscall_instruction(skl_registers* registers)
{
    const uint64_t words[6] = {registers->rdi, registers->rsi, registers->rdx, registers->r10, registers->r8, registers->r9};
    registers->rax = static_cast<uint64_t>(serve(static_cast<long>(registers->rax), words));
}

extern "C" long syscall(long number, ...)
{
    uint64_t words[6];
    va_list arguments;
    va_start(arguments, number);
    for (uint64_t& argument : words)
        argument = va_arg(arguments, uint64_t);
    va_end(arguments);

    return answer(serve(number, words));
}
