// SPDX-License-Identifier: MIT
// Which function a number means. HermitCore kept numbers for calls that it never had as functions; they are POSIX's here.
#include "by_number.hpp"
#include "negated.hpp"

#include <errno.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>

namespace libos {
namespace {

struct Argument {
    uint64_t word;

    template <typename T>
    operator T*() const
    {
        return reinterpret_cast<T*>(word);
    }
    operator int() const { return static_cast<int>(word); }
    operator unsigned() const { return static_cast<unsigned>(word); }
    operator long() const { return static_cast<long>(word); }
    operator unsigned long() const { return word; }
};

using Call = int64_t (*)(Argument first, Argument second, Argument third);

#define CALL(expression) [](Argument a, Argument b, Argument c) -> int64_t { (void)a, (void)b, (void)c; return expression; }
#define QUIET(expression) CALL((expression, 0))
#define POSIX(expression) CALL(negated([&] { return static_cast<int64_t>(expression); }))

// In the order of the numbers.
constexpr Call calls[] = {
    [](Argument status, Argument, Argument) -> int64_t { sys_exit(status); },
    CALL(sys_write(a, b, c)),
    CALL(sys_open(a, b, c)),
    CALL(sys_close(a)),
    CALL(sys_read(a, b, c)),
    CALL(sys_lseek(a, b, c)),
    POSIX(unlink(a)),
    CALL(sys_getpid()),
    CALL(sys_kill(a, b)),
    POSIX(fstat(a, b)),
    CALL(sys_sbrk(a)),
    CALL(sys_fork()),
    CALL(sys_wait(a)),
    CALL(sys_execve(a, b, c)),
    POSIX(times(a)),
    POSIX(stat(a, b)),
    POSIX(dup(a)),
    POSIX(dup2(a, b)),
    QUIET(sys_msleep(a)),
    QUIET(sys_yield()),
    CALL(sys_sem_init(a, b)),
    CALL(sys_sem_destroy(a)),
    CALL(sys_sem_wait(a)),
    CALL(sys_sem_post(a)),
    CALL(sys_sem_timedwait(a, b)),
    CALL(sys_getprio(a)),
    CALL(sys_setprio(a, b)),
    CALL(sys_clone(a, b, c)),
    CALL(sys_sem_cancelablewait(a, b)),
    CALL(static_cast<int64_t>(sys_get_ticks())),
};
constexpr uint32_t count = sizeof calls / sizeof *calls;
static_assert(count == __NR_get_ticks + 1);

}

extern "C" const char skl_hermit_calls = 0; // what <hermit/syscall.h> asks for, to have this file linked

int64_t hermit_call(uint64_t rax, const HermitArguments& arguments)
{
    auto number = static_cast<uint32_t>(rax);
    if (number >= count)
        return -ENOSYS;
    return calls[number]({arguments.first}, {arguments.second}, {arguments.third});
}

}
