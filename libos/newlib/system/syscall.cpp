// SPDX-License-Identifier: MIT
// syscall(): Linux's numbers and Linux's own flags and structures, for programs that insist.
#include "by_number.hpp"
#include "call.hpp"
#include "wait.hpp"

#include <kernel/signal.h>
#include <kernel/thread.h>
#include <sched.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace libos;

namespace {

// Of the isle itself, and never the proxy's business. 38: Linux's ENOSYS.
constexpr int64_t not_here = -38;

// Linux's errno numbers, negative. [man7] futex(2)
constexpr int64_t again = -11, invalid = -22, interrupted = -4, timed_out = -110;

int64_t wait_for_word(const uint64_t (&words)[6], bool absolute)
{
    auto* time = reinterpret_cast<const timespec*>(words[3]);
    uint64_t deadline = no_deadline;
    if (time) {
        clockid_t clock = absolute && (words[1] & 256) ? CLOCK_REALTIME : CLOCK_MONOTONIC; // FUTEX_CLOCK_REALTIME
        if (deadline_on(clock, *time, deadline))
            return invalid;
        if (!absolute)
            deadline = deadline_after(deadline);
    }
    switch (wait_on(*reinterpret_cast<const uint32_t*>(words[0]), static_cast<uint32_t>(words[2]), deadline)) {
    case SKL_FUTEX_CHANGED:
        return again;
    case SKL_FUTEX_TIMEOUT:
        return timed_out;
    case SKL_FUTEX_INTERRUPTED:
        return interrupted;
    default:
        return 0;
    }
}

// Waiting and waking, which is what programs use themselves.
int64_t futex(const uint64_t (&words)[6])
{
    constexpr uint64_t wait = 0, wake = 1, wait_bitset = 9, wake_bitset = 10, operation = 127;
    switch (words[1] & operation) {
    case wait:
        return wait_for_word(words, false);
    case wait_bitset:
        return wait_for_word(words, true);
    case wake:
    case wake_bitset:
        return skl_futex_wake(reinterpret_cast<const uint32_t*>(words[0]), static_cast<uint32_t>(words[2]));
    default:
        return not_here;
    }
}

int64_t affinity(long number, const uint64_t (&words)[6])
{
    auto id = static_cast<pid_t>(words[0]);
    auto* set = reinterpret_cast<cpu_set_t*>(words[2]);
    int result = number == SYS_sched_setaffinity ? sched_setaffinity(id, words[1], set) : sched_getaffinity(id, words[1], set);
    if (result < 0)
        return invalid;
    return number == SYS_sched_setaffinity ? 0 : static_cast<int64_t>(words[1] < sizeof *set ? words[1] : sizeof *set);
}

int64_t local(long number, const uint64_t (&words)[6], bool& served)
{
    served = true;
    switch (number) {
    case SYS_futex:
        return futex(words);
    case SYS_sched_setaffinity:
    case SYS_sched_getaffinity:
        return affinity(number, words);
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
    int64_t result = local(number, words, served);
    return served ? result : forward_words(static_cast<LinuxCall>(number), words);
}

}

// Number in rax, arguments in rdi, rsi, rdx, r10, r8, r9: Linux's, or HermitCore's where the number says so.
extern "C" void skl_syscall_instruction(skl_registers* registers)
{
    if (is_hermit_call(registers->rax)) {
        int64_t result = hermit_call ? hermit_call(registers->rax, {registers->rdi, registers->rsi, registers->rdx}) : not_here;
        registers->rax = static_cast<uint64_t>(result);
        return;
    }
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
