// SPDX-License-Identifier: MIT
// Huge pages where enough of them are free, ordinary ones otherwise.
#include "launch/guest_memory.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "base/private_descriptors.hpp"
#include "launch/memory_limits.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/mman.h>
#include <unistd.h>

namespace skl {
namespace {

// Taken at once, so that nobody can take them from under us later; where there are not enough, none stays taken.
Descriptor huge_file(std::uint64_t size)
{
    Descriptor file(::memfd_create("isle", MFD_CLOEXEC | MFD_HUGETLB | MFD_HUGE_2MB));
    if (file && ::fallocate(file.number(), 0, 0, static_cast<off_t>(size)) == 0)
        return file;
    return Descriptor();
}

}

GuestMemory make_guest_memory(std::uint64_t size)
{
    if (Descriptor huge = huge_file(size); huge)
        return {make_private(std::move(huge)), true};
    check_memory_limits(size);
    Descriptor memory = make_private(Descriptor(::memfd_create("isle", MFD_CLOEXEC)));
    if (::ftruncate(memory.number(), static_cast<off_t>(size)) != 0)
        throw Failure(exit_launcher_failed,
                      fmt::format("cannot make {} of guest memory: {}", format_size(size), errno_text(errno)),
                      "check the limit on file size: ulimit -f");
    return {std::move(memory), false};
}

}
