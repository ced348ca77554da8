// SPDX-License-Identifier: MIT
// What the common part of gcc's sanitizers asks of its platform, over POSIX: the stand-in for sanitizer_linux.cpp and its companions, whose
// Linux an isle is not. Its own results follow Linux's system calls: errors are small negative numbers.
// No symbolizer: places in the source are in what the compiler hands over. [gcc/12 libsanitizer/sanitizer_common]
#include "sanitizer_common/sanitizer_common.h"
#include "sanitizer_common/sanitizer_file.h"
#include "sanitizer_common/sanitizer_flags.h"
#include "sanitizer_common/sanitizer_libc.h"
#include "sanitizer_common/sanitizer_mutex.h"
#include "sanitizer_common/sanitizer_posix.h"
#include "sanitizer_common/sanitizer_symbolizer_internal.h"

#include <cxxabi.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern char** environ;

namespace __sanitizer {
namespace {

constexpr uptr highest_error = 4095;

uptr result_of(sptr value)
{
    return static_cast<uptr>(value == -1 ? -errno : value);
}

}

bool internal_iserror(uptr result, int* error)
{
    bool failed = result >= static_cast<uptr>(-static_cast<sptr>(highest_error));
    if (failed && error)
        *error = static_cast<int>(-static_cast<sptr>(result));
    return failed;
}

// Files.
uptr internal_open(const char* name, int flags)
{
    return result_of(open(name, flags | O_CLOEXEC));
}

uptr internal_open(const char* name, int flags, u32 mode)
{
    return result_of(open(name, flags | O_CLOEXEC, mode));
}

uptr internal_close(fd_t file)
{
    return result_of(close(file));
}

uptr internal_read(fd_t file, void* to, uptr size)
{
    return result_of(read(file, to, size));
}

uptr internal_write(fd_t file, const void* from, uptr size)
{
    return result_of(write(file, from, size));
}

uptr internal_ftruncate(fd_t file, uptr size)
{
    return result_of(ftruncate(file, static_cast<off_t>(size)));
}

uptr internal_filesize(fd_t file)
{
    struct stat status;
    return fstat(file, &status) == 0 ? static_cast<uptr>(status.st_size) : static_cast<uptr>(-1);
}

uptr internal_dup(int file)
{
    return result_of(dup(file));
}

uptr internal_dup2(int file, int wanted)
{
    return result_of(dup2(file, wanted));
}

uptr internal_unlink(const char* name)
{
    return result_of(unlink(name));
}

bool FileExists(const char* name)
{
    struct stat status;
    return stat(name, &status) == 0 && S_ISREG(status.st_mode);
}

// Memory.
uptr GetPageSize()
{
    return 4096;
}

uptr internal_mmap(void* address, uptr size, int protection, int flags, int file, u64 offset)
{
    return result_of(reinterpret_cast<sptr>(mmap(address, size, protection, flags, file, static_cast<off_t>(offset))));
}

uptr internal_munmap(void* address, uptr size)
{
    return result_of(munmap(address, size));
}

int internal_mprotect(void* address, uptr size, int protection)
{
    return mprotect(address, size, protection);
}

int internal_madvise(uptr address, uptr size, int advice)
{
    return madvise(reinterpret_cast<void*>(address), size, advice);
}

// Processes, of which an isle has one.
uptr internal_getpid()
{
    return static_cast<uptr>(getpid());
}

tid_t GetTid()
{
    return static_cast<tid_t>(syscall(SYS_gettid));
}

void internal__exit(int status)
{
    _exit(status);
}

int internal_fork()
{
    return -1;
}

uptr internal_execve(const char*, char* const[], char* const[])
{
    return static_cast<uptr>(-ENOSYS);
}

uptr internal_waitpid(int, int*, int)
{
    return static_cast<uptr>(-ECHILD);
}

const char* GetEnv(const char* name)
{
    return getenv(name);
}

char** GetEnviron()
{
    return environ;
}

char** GetArgv()
{
    static char* none[] = {nullptr};
    return none;
}

uptr ReadBinaryName(char* name, uptr size)
{
    ssize_t length = size ? readlink("/proc/self/exe", name, size - 1) : 0;
    if (length < 0)
        length = 0;
    if (size)
        name[length] = '\0';
    return static_cast<uptr>(length);
}

uptr ReadLongProcessName(char* name, uptr size)
{
    return ReadBinaryName(name, size);
}

// Threads and time.
uptr internal_sched_yield()
{
    return result_of(sched_yield());
}

void internal_usleep(u64 microseconds)
{
    timespec time{static_cast<time_t>(microseconds / 1000000), static_cast<long>(microseconds % 1000000 * 1000)};
    nanosleep(&time, nullptr);
}

constexpr int futex_wait = 0, futex_wake = 1; // [linux] include/uapi/linux/futex.h

void FutexWait(atomic_uint32_t* word, u32 expected)
{
    syscall(SYS_futex, word, futex_wait, expected, nullptr, nullptr, 0);
}

void FutexWake(atomic_uint32_t* word, u32 count)
{
    syscall(SYS_futex, word, futex_wake, count, nullptr, nullptr, 0);
}

void GetThreadStackTopAndBottom(bool, uptr* top, uptr* bottom)
{
    pthread_attr_t attributes;
    void* address = nullptr;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstack(&attributes, &address, &size);
        pthread_attr_destroy(&attributes);
    }
    *bottom = reinterpret_cast<uptr>(address);
    *top = *bottom + size;
}

uptr GetTlsSize()
{
    return 0;
}

// Signals: left to the program.
HandleSignalMode GetHandleSignalMode(int)
{
    return kHandleSignalNo;
}

int internal_sigaction(int, const void*, void*)
{
    return -1;
}

extern const int si_SEGV_MAPERR = SEGV_MAPERR;
extern const int si_SEGV_ACCERR = SEGV_ACCERR;

void SignalContext::DumpAllRegisters(void*)
{
}

SignalContext::WriteFlag SignalContext::GetWriteFlag() const
{
    return UNKNOWN;
}

bool SignalContext::IsTrueFaultingAddress() const
{
    return true;
}

void SignalContext::InitPcSpBp()
{
    pc = sp = bp = 0;
}

// Modules and symbols: none are looked for.
void ListOfModules::init()
{
    clearOrInit();
}

void ListOfModules::fallbackInit()
{
    clear();
}

bool SymbolizerProcess::StartSymbolizerSubprocess()
{
    return false;
}

const char* Symbolizer::PlatformDemangle(const char* name)
{
    const char* plain = abi::__cxa_demangle(name, nullptr, nullptr, nullptr);
    return plain ? plain : name;
}

Symbolizer* Symbolizer::PlatformInit()
{
    IntrusiveList<SymbolizerTool> none;
    none.clear();
    return new (symbolizer_allocator_) Symbolizer(none);
}

void Symbolizer::LateInitialize()
{
}

// What other platforms have beside that.
void InitializePlatformEarly()
{
}

void InitializePlatformCommonFlags(CommonFlags*)
{
}

void InitializeCoverage(bool, const char*)
{
}

void AndroidLogInit()
{
}

void LogMessageOnPrintf(const char*)
{
}

}
