// SPDX-License-Identifier: MIT
// Memory, boot page, clock page and image of the native enclave.
#include "enclave.hpp"

#include <skellig/address.h>
#include <skellig/public.h>
#include <skellig/ring.h>

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" const char native_call_page[], native_call_page_end[]; // isle.S

namespace native {
namespace {

constexpr std::uint64_t own_size = 1ull << 30;
constexpr std::uint64_t argument_space = 1 << 20;
constexpr std::uint64_t page = 4096;

[[noreturn]] void die(const char* what, const char* object)
{
    std::fprintf(stderr, "native: %s: %s: %s\n", object, what, std::strerror(errno));
    std::exit(125);
}

void* map(std::uint64_t address, std::uint64_t size, int rights)
{
    void* at = mmap(reinterpret_cast<void*>(address), size, rights,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (at == MAP_FAILED)
        die("cannot map", "enclave");
    return at;
}

int rights_of(const Elf64_Phdr& segment)
{
    return (segment.p_flags & PF_R ? PROT_READ : 0) | (segment.p_flags & PF_W ? PROT_WRITE : 0) | (segment.p_flags & PF_X ? PROT_EXEC : 0);
}

void load_segment(const char* path, int file, const Elf64_Phdr& segment)
{
    std::uint64_t begin = segment.p_vaddr & ~(page - 1);
    std::uint64_t end = (segment.p_vaddr + segment.p_memsz + page - 1) & ~(page - 1);
    map(begin, end - begin, PROT_READ | PROT_WRITE);
    auto* at = reinterpret_cast<void*>(segment.p_vaddr);
    if (pread(file, at, segment.p_filesz, static_cast<off_t>(segment.p_offset)) != static_cast<ssize_t>(segment.p_filesz))
        die("cannot read", path);
    mprotect(reinterpret_cast<void*>(begin), end - begin, rights_of(segment));
}

std::uint64_t load_image(const char* path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    Elf64_Ehdr header;
    if (file < 0 || pread(file, &header, sizeof header, 0) != sizeof header)
        die("cannot read", path);
    for (int i = 0; i < header.e_phnum; i++) {
        Elf64_Phdr segment;
        auto offset = static_cast<off_t>(header.e_phoff + static_cast<std::uint64_t>(i) * sizeof segment);
        if (pread(file, &segment, sizeof segment, offset) != sizeof segment)
            die("cannot read", path);
        if (segment.p_type == PT_LOAD)
            load_segment(path, file, segment);
    }
    close(file);
    return header.e_entry;
}

std::uint64_t nanoseconds(clockid_t clock)
{
    timespec now;
    clock_gettime(clock, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

// Returns the TSC's frequency, measured over a moment.
std::uint64_t fill_clock(skl_clock& clock)
{
    std::uint64_t first_ns = nanoseconds(CLOCK_MONOTONIC), first_tsc = __rdtsc();
    usleep(20'000);
    clock.monotonic_ns = nanoseconds(CLOCK_MONOTONIC);
    clock.tsc_base = __rdtsc();
    clock.realtime_ns = nanoseconds(CLOCK_REALTIME);
    std::uint64_t ticks = clock.tsc_base - first_tsc, elapsed = clock.monotonic_ns - first_ns;
    clock.multiplier = static_cast<std::uint64_t>((static_cast<unsigned __int128>(elapsed) << 32) / ticks);
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(ticks) * 1'000'000 / elapsed);
}

// Pointers and strings at the start of own memory.
void copy_arguments(skl_boot& boot, int argc, char** argv, char** environment)
{
    auto* slot = reinterpret_cast<char**>(SKL_OWN_BASE);
    int variables = 0;
    while (environment[variables])
        variables++;
    char* text = reinterpret_cast<char*>(slot + argc + variables + 2);
    auto put = [&](const char* string) {
        *slot++ = std::strcpy(text, string);
        text += std::strlen(string) + 1;
    };
    boot.arguments = SKL_OWN_BASE;
    boot.argc = static_cast<std::uint32_t>(argc);
    for (int i = 0; i < argc; i++)
        put(argv[i]);
    *slot++ = nullptr;
    for (int i = 0; i < variables; i++)
        put(environment[i]);
    *slot = nullptr;
    boot.program = reinterpret_cast<std::uint64_t>(text);
    if (!realpath(argv[0], text))
        die("cannot find", argv[0]);
}

void fill_boot_page(skl_boot& boot)
{
    boot.magic = SKL_ABI_MAGIC;
    boot.revision = SKL_ABI_REVISION;
    boot.cpus = 1;
    boot.slots = SKL_SLOTS;
    boot.own_base = SKL_OWN_BASE + argument_space;
    boot.own_end = SKL_OWN_BASE + own_size;
    boot.pid = getpid();
    boot.ppid = getppid();
    boot.uid = getuid();
    boot.euid = geteuid();
    boot.gid = getgid();
    boot.egid = getegid();
    boot.host_sleeping = 0;
}

}

std::uint64_t build_enclave(int argc, char** argv, char** environment)
{
    map(SKL_OWN_BASE, own_size, PROT_READ | PROT_WRITE);
    map(SKL_PUBLIC_BASE, (SKL_PUBLIC_SIZE(1) + page - 1) & ~(page - 1), PROT_READ | PROT_WRITE);
    void* call_page = map(SKL_CALL_PAGE, page, PROT_READ | PROT_WRITE);
    std::memcpy(call_page, native_call_page, static_cast<std::size_t>(native_call_page_end - native_call_page));
    mprotect(call_page, page, PROT_READ | PROT_EXEC);

    auto& boot = *reinterpret_cast<skl_boot*>(SKL_PUBLIC_BASE + SKL_BOOT_OFFSET);
    fill_boot_page(boot);
    boot.tsc_khz = fill_clock(*reinterpret_cast<skl_clock*>(SKL_PUBLIC_BASE + SKL_CLOCK_OFFSET));
    copy_arguments(boot, argc, argv, environment);
    auto& percpu = *reinterpret_cast<skl_percpu*>(SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(0));
    percpu.masked = 1;
    percpu.self = SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(0);
    percpu.interrupt.cs = SKL_USER_CS;
    percpu.interrupt.ss = SKL_USER_SS;
    return load_image(argv[0]);
}

}
