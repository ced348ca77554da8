// SPDX-License-Identifier: MIT
// First contact with the module, and the words for struct skl_refusal.
#include "node/device.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "base/private_descriptors.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>

namespace skl {
namespace {

std::string holder(const skl_refusal& refusal)
{
    return refusal.pid ? fmt::format(" (process {} holds some)", refusal.pid) : "";
}

std::string open_error(int error)
{
    if (error == ENOENT || error == ENODEV || error == ENXIO)
        return fmt::format("{}: the module is not loaded", SKL_DEVICE);
    if (error == EACCES || error == EPERM)
        return fmt::format("{}: permission denied", SKL_DEVICE);
    return fmt::format("{}: {}", SKL_DEVICE, errno_text(error));
}

std::string open_hint(int error)
{
    if (error == EACCES || error == EPERM)
        return "join group skellig, or run in a virtual machine: HERMIT_ISLE=qemu";
    return "load it (modprobe skellig), or run in a virtual machine: HERMIT_ISLE=qemu";
}

}

RefusalText describe(const skl_refusal& refusal, int error)
{
    unsigned cpu = refusal.cpu;
    std::uint64_t value = refusal.value;
    switch (refusal.reason) {
    case SKL_REFUSED_REVISION:
        return {fmt::format("the module has ABI revision {}, this program {}", value, SKL_ABI_REVISION),
                "install module and tools of the same version"};
    case SKL_REFUSED_NO_SUCH_CPU:
        return {fmt::format("there is no CPU {}", cpu), "see lscpu -e"};
    case SKL_REFUSED_CPU_ZERO:
        return {"CPU 0 stays with Linux", "choose other CPUs"};
    case SKL_REFUSED_CPU_SIBLING:
        return {fmt::format("half a core: CPU {} is its other thread and is missing", cpu), "take all threads of a core"};
    case SKL_REFUSED_LAST_CPU:
        return {fmt::format("CPU {} is on the last core Linux has on its NUMA node", cpu), "leave Linux one core on each node"};
    case SKL_REFUSED_CPU_LENT:
        return {fmt::format("CPU {} is in the pool already", cpu), "see skellig status"};
    case SKL_REFUSED_CPU_BUSY:
        return {fmt::format("CPU {} is in use by process {}", cpu, refusal.pid), "wait for that process or end it"};
    case SKL_REFUSED_CPU_OFFLINE:
        return {fmt::format("Linux does not let CPU {} go: {}", cpu, errno_text(static_cast<int>(value))), "see dmesg"};
    case SKL_REFUSED_CPU_START:
        return {fmt::format("CPU {} did not start in the monitor", cpu), "it is back with Linux; see dmesg and report this"};
    case SKL_REFUSED_NOT_IN_POOL:
        return {cpu != ~0u ? fmt::format("CPU {} is not in the pool", cpu) : fmt::format("memory at {:#x} is not in the pool", value),
                "see skellig status"};
    case SKL_REFUSED_MEMORY_RANGE:
        return {fmt::format("memory at {:#x}: not whole blocks of RAM", value), "see lsmem"};
    case SKL_REFUSED_MEMORY_BUSY:
        return {fmt::format("memory at {:#x} is in use{}", value, refusal.pid ? fmt::format(" by process {}", refusal.pid) : ""),
                "wait for that process or end it"};
    case SKL_REFUSED_NO_CPUS:
        return {fmt::format("too few free CPUs in the pool: {} free{}", value, holder(refusal)),
                "ask for fewer (HERMIT_CPUS), wait, or add some: skellig reserve --cpus"};
    case SKL_REFUSED_NO_MEMORY:
        return {fmt::format("too little free memory in the pool: {} free{}", format_size(value), holder(refusal)),
                "ask for less (HERMIT_MEM), wait, or add some: skellig reserve --mem"};
    case SKL_REFUSED_STATE:
        return {"not in this state of the enclave", "report this"};
    case SKL_REFUSED_ARGUMENT:
        return {fmt::format("the module does not accept the argument at offset {}", value), "install module and tools of the same version"};
    case SKL_REFUSED_TSC:
        return {"Linux does not use the time-stamp counter as its clock here", "see /sys/devices/system/clocksource; boot with clocksource=tsc"};
    case SKL_REFUSED_PERMISSION:
        return {"only root (CAP_SYS_ADMIN) may do this", "use sudo"};
    case SKL_REFUSED_POOL_EMPTY:
        return {"nothing is reserved", "as root: skellig reserve --cpus LIST --mem SIZE@NODE"};
    default:
        return {errno_text(error), "see dmesg"};
    }
}

Device Device::open()
{
    Descriptor descriptor(::open(SKL_DEVICE, O_RDWR | O_CLOEXEC));
    if (!descriptor) {
        int error = errno;
        throw Failure(exit_launcher_failed, open_error(error), open_hint(error));
    }
    Device device(make_private(std::move(descriptor)));
    device.check_revision();
    return device;
}

void Device::check_revision() const
{
    skl_ioc_version version{};
    if (::ioctl(number(), SKL_IOC_VERSION, &version) != 0)
        throw Failure(exit_launcher_failed, fmt::format("{}: not our module: {}", SKL_DEVICE, errno_text(errno)));
    if (version.magic != SKL_ABI_MAGIC || version.revision != SKL_ABI_REVISION) {
        skl_refusal refusal{SKL_REFUSED_REVISION, ~0u, version.revision, 0, 0};
        refuse(SKL_DEVICE, refusal, EPROTO);
    }
}

void Device::refuse(const std::string& what, const skl_refusal& refusal, int error) const
{
    RefusalText text = describe(refusal, error);
    throw Failure(exit_launcher_failed, fmt::format("{}: {}", what, text.cause), text.hint);
}

std::string device_obstacle()
{
    Descriptor descriptor(::open(SKL_DEVICE, O_RDWR | O_CLOEXEC));
    return descriptor ? "" : open_error(errno);
}

}
