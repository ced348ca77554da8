// SPDX-License-Identifier: MIT
// Reserving costs no memory: PROT_NONE, no swap accounting.
#include "launch/windows.hpp"

#include "base/failure.hpp"

#include <skellig/abi.h>
#include <skellig/address.h>

#include <fmt/format.h>

#include <cerrno>
#include <sys/mman.h>

namespace skl {
namespace {

struct Window {
    std::uint64_t begin;
    std::uint64_t end;
};
constexpr Window windows[] = {
    {SKL_IMAGE_MIN, SKL_IMAGE_MAX},
    {SKL_OWN_BASE, SKL_OWN_END},
    {SKL_GRANT_BASE, SKL_GRANT_END},
    {SKL_PUBLIC_BASE, SKL_ISLE_END},
};
constexpr int reserving = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

bool reserve(std::uint64_t begin, std::uint64_t end, int how)
{
    auto* wanted = reinterpret_cast<void*>(begin);
    void* at = ::mmap(wanted, end - begin, PROT_NONE, reserving | how, -1, 0);
    if (at != MAP_FAILED && at != wanted)
        ::munmap(at, end - begin); // a kernel that does not know MAP_FIXED_NOREPLACE
    return at == wanted;
}

}

bool reserve_windows()
{
    for (const Window& window : windows)
        if (!reserve(window.begin, window.end, MAP_FIXED_NOREPLACE))
            return false;
    return true;
}

void map_window(std::uint64_t address, std::uint64_t size, int descriptor, std::uint64_t offset)
{
    void* at = ::mmap(reinterpret_cast<void*>(address), size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, descriptor,
                      static_cast<off_t>(offset));
    if (at == MAP_FAILED)
        throw Failure(exit_launcher_failed,
                      fmt::format("cannot map {:#x}+{:#x} of the isle: {}", address, size, errno_text(errno)),
                      "check the limit on address space: ulimit -v");
}

void unmap_window(std::uint64_t address, std::uint64_t size)
{
    reserve(address, address + size, MAP_FIXED);
}

}
