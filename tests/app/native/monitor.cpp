// SPDX-License-Identifier: MIT
// The monitor's part, on the isle's own thread: calls, sleeping, and upcalls by way of a Linux signal.
//
// This code runs with the isle's FS base and must keep its vector registers: raw system calls, general registers only, no libc.
#include "enclave.hpp"

#include <skellig/address.h>
#include <skellig/call.h>
#include <skellig/public.h>
#include <skellig/record.h>

#include <asm/prctl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>
#include <csignal>

extern "C" [[noreturn]] void native_enter(std::uint64_t percpu, std::uint64_t entry, std::uint64_t public_base);

namespace {

constexpr int upcall_signal = 62; // none that programs use

std::uint64_t upcall_entry, upcall_stack, exception_entry, exception_stack;
long isle_thread;

skl_percpu& percpu()
{
    return *reinterpret_cast<skl_percpu*>(SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(0));
}

skl_boot& boot()
{
    return *reinterpret_cast<skl_boot*>(SKL_PUBLIC_BASE + SKL_BOOT_OFFSET);
}

long raw(long number, long a = 0, long b = 0, long c = 0, long d = 0)
{
    register long r10 asm("r10") = d;
    long result;
    asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

std::uint64_t now()
{
    return __builtin_ia32_rdtsc();
}

std::uint32_t* pending_word()
{
    return reinterpret_cast<std::uint32_t*>(&percpu().pending);
}

std::int64_t wait(std::uint64_t deadline)
{
    for (;;) {
        if (std::uint64_t events = __atomic_exchange_n(&percpu().pending, 0, __ATOMIC_ACQ_REL))
            return static_cast<std::int64_t>(events);
        std::uint64_t left = deadline > now() ? deadline - now() : 0;
        if (deadline && !left)
            return SKL_EVENT_TIMER;
        std::uint64_t ns = left / boot().tsc_khz * 1'000'000 + left % boot().tsc_khz * 1'000'000 / boot().tsc_khz;
        long time[2] = {static_cast<long>(ns / 1'000'000'000), static_cast<long>(ns % 1'000'000'000) + 1};
        raw(SYS_futex, reinterpret_cast<long>(pending_word()), FUTEX_WAIT, 0, deadline ? reinterpret_cast<long>(time) : 0);
    }
}

std::int64_t end(std::uint64_t kind, int status)
{
    if (kind == SKL_RECORD_EXIT)
        raw(SYS_exit_group, status);
    raw(SYS_kill, raw(SYS_getpid), status);
    raw(SYS_exit_group, 128 + status);
    return 0;
}

std::int64_t protect(std::uint64_t address, std::uint64_t size, std::uint64_t rights)
{
    long flags = (rights & SKL_RIGHT_READ ? PROT_READ : 0) | (rights & SKL_RIGHT_WRITE ? PROT_WRITE : 0) |
                 (rights & SKL_RIGHT_EXECUTE ? PROT_EXEC : 0);
    long result = raw(SYS_mprotect, static_cast<long>(address), static_cast<long>(size), flags);
    return result < 0 ? result : static_cast<std::int64_t>(size);
}

}

extern "C" std::int64_t native_monitor_call(std::uint64_t number, std::uint64_t a0, std::uint64_t a1, std::uint64_t a2, std::uint64_t a3,
                                            std::uint64_t)
{
    switch (number) {
    case SKL_CALL_NULL:
        return 0;
    case SKL_CALL_WAIT:
        return wait(a0);
    case SKL_CALL_KICK:
        return raw(SYS_futex, reinterpret_cast<long>(&boot().host_sleeping), FUTEX_WAKE, 1);
    case SKL_CALL_PROTECT:
        return protect(a0, a1, a2);
    case SKL_CALL_SET_UPCALL:
        upcall_entry = a0;
        upcall_stack = a1;
        exception_entry = a2;
        exception_stack = a3;
        return 0;
    case SKL_CALL_LOG:
        return 0;
    case SKL_CALL_EXIT:
        return end(a0, static_cast<int>(a1));
    default:
        return -ENOSYS;
    }
}

namespace native {

// What an interrupt does in the monitor: set the bit, and if the isle lets it, resume at its entry.
void post_event(std::uint64_t event)
{
    __atomic_or_fetch(&percpu().pending, event, __ATOMIC_SEQ_CST);
    raw(SYS_futex, reinterpret_cast<long>(pending_word()), FUTEX_WAKE, 1);
    raw(SYS_tgkill, raw(SYS_getpid), isle_thread, upcall_signal);
}

static void deliver(int, siginfo_t*, void* context)
{
    greg_t* registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
    auto rip = static_cast<std::uint64_t>(registers[REG_RIP]);
    // Inside the monitor's own code there is nothing to deliver: wait() looks at pending itself.
    bool in_isle = rip < SKL_IMAGE_MAX;
    if (percpu().masked || !in_isle || !upcall_entry || !percpu().pending)
        return;
    percpu().masked = 1;
    percpu().interrupt = {rip, SKL_USER_CS, static_cast<std::uint64_t>(registers[REG_EFL]),
                          static_cast<std::uint64_t>(registers[REG_RSP]), SKL_USER_SS};
    registers[REG_RIP] = static_cast<greg_t>(upcall_entry);
    registers[REG_RSP] = static_cast<greg_t>(upcall_stack);
}

// What an exception does in the monitor; without an entry the process dies of the signal, since the instruction runs again.
static void raise_exception(int signal, siginfo_t*, void* context)
{
    greg_t* registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
    auto rip = static_cast<std::uint64_t>(registers[REG_RIP]);
    if (!exception_entry || percpu().in_exception || (rip >= SKL_IMAGE_MAX && rip < SKL_OWN_BASE)) {
        struct {
            void (*handler)(int);
            unsigned long flags;
            void (*restorer)();
            unsigned long mask;
        } standard{};
        raw(SYS_rt_sigaction, signal, reinterpret_cast<long>(&standard), 0, 8);
        return;
    }
    percpu().in_exception = 1;
    percpu().exception = {rip, SKL_USER_CS, static_cast<std::uint64_t>(registers[REG_EFL]),
                          static_cast<std::uint64_t>(registers[REG_RSP]), SKL_USER_SS};
    percpu().vector = static_cast<std::uint64_t>(registers[REG_TRAPNO]);
    percpu().error = static_cast<std::uint64_t>(registers[REG_ERR]);
    percpu().address = static_cast<std::uint64_t>(registers[REG_CR2]);
    registers[REG_RIP] = static_cast<greg_t>(exception_entry);
    registers[REG_RSP] = static_cast<greg_t>(exception_stack);
}

// On a stack of its own: the isle's may have overflowed.
static void catch_exceptions()
{
    static std::uint8_t stack[64 << 10];
    stack_t second{};
    second.ss_sp = stack;
    second.ss_size = sizeof stack;
    sigaltstack(&second, nullptr);
    struct sigaction action {};
    action.sa_sigaction = raise_exception;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP})
        sigaction(signal, &action, nullptr);
}

void enter_isle(std::uint64_t entry)
{
    catch_exceptions();
    struct sigaction action {};
    action.sa_sigaction = deliver;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigaction(upcall_signal, &action, nullptr);
    isle_thread = syscall(SYS_gettid);
    native_enter(SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(0), entry, SKL_PUBLIC_BASE);
}

}
