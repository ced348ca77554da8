// SPDX-License-Identifier: MIT
// An isle on cores and memory of the pool, by /dev/skellig. The descriptor is the enclave: it ends with the process.
#include "base/failure.hpp"
#include "base/parse.hpp"
#include "launch/descriptor.hpp"
#include "launch/launch.hpp"
#include "launch/windows.hpp"
#include "node/device.hpp"

#include <skellig/address.h>
#include <skellig/public.h>

#include <fmt/format.h>

#include <cerrno>
#include <sys/ioctl.h>

namespace skl {
namespace {

constexpr std::uint64_t round_to_page(std::uint64_t size)
{
    return (size + SKL_PAGE_SIZE - 1) & ~std::uint64_t{SKL_PAGE_SIZE - 1};
}

skl_ioc_create creation(const Request& request, const Image& image)
{
    skl_ioc_create create{};
    for (unsigned cpu : request.cpu_list)
        create.cpu[cpu / 64] |= 1ULL << cpu % 64;
    create.cpu_count = request.cpu_list.empty() ? request.cpu_count : static_cast<std::uint32_t>(request.cpu_list.size());
    create.node = request.node;
    create.memory = (request.memory + SKL_EXTENT_ALIGN - 1) & ~(SKL_EXTENT_ALIGN - 1);
    create.image_base = image.extent_base();
    create.image_size = image.extent_size();
    return create;
}

std::string wish_text(const Request& request)
{
    std::string cpus = request.cpu_list.empty() ? fmt::format("{} CPU{}", request.cpu_count, request.cpu_count == 1 ? "" : "s")
                                                : fmt::format("CPUs {}", format_cpu_list(request.cpu_list));
    std::string memory = request.memory ? fmt::format(" and {}", format_size(request.memory)) : "";
    std::string node = request.node == SKL_NODE_ANY ? "" : fmt::format(" on NUMA node {}", request.node);
    return fmt::format("cannot launch an isle with {}{}{}", cpus, memory, node);
}

class MetalLaunch : public Launch {
public:
    MetalLaunch(const Request& request, const Image& image);
    ~MetalLaunch() override;

    const Grant& grant() const override { return grant_; }
    void start(std::uint64_t entry, const std::vector<Segment>& segments) override;
    unsigned wait(std::int64_t timeout_ns) override;
    void kick(std::uint32_t cpu) override;
    void pause() override { ::ioctl(device_.number(), SKL_IOC_PAUSE); }
    void resume() override { ::ioctl(device_.number(), SKL_IOC_RESUME); }
    void stop() override { ::ioctl(device_.number(), SKL_IOC_STOP); }
    skl_record record() override;
    std::string log() override;

private:
    Device device_;
    Grant grant_;
};

MetalLaunch::MetalLaunch(const Request& request, const Image& image) : device_(Device::open())
{
    skl_ioc_create create = creation(request, image);
    if (::ioctl(device_.number(), SKL_IOC_CREATE, &create) != 0)
        device_.refuse(wish_text(request), create.refusal, errno);
    grant_.cpus = create.cpu_count;
    grant_.node = create.node;
    grant_.tsc_khz = create.tsc_khz;
    grant_.public_size = round_to_page(SKL_PUBLIC_SIZE(create.cpu_count));
    grant_.extents.assign(create.extent, create.extent + std::min(create.extents, SKL_MAX_EXTENTS));
    for (const skl_extent& extent : grant_.extents)
        map_window(extent.va, extent.size, device_.number(), extent.va);
    map_window(SKL_PUBLIC_BASE, grant_.public_size, device_.number(), SKL_PUBLIC_BASE);
}

MetalLaunch::~MetalLaunch()
{
    for (const skl_extent& extent : grant_.extents)
        unmap_window(extent.va, extent.size);
    unmap_window(SKL_PUBLIC_BASE, grant_.public_size);
}

void MetalLaunch::start(std::uint64_t entry, const std::vector<Segment>& segments)
{
    skl_ioc_start start{};
    start.entry = entry;
    for (const skl_segment& segment : launch_segments(segments))
        start.segment[start.segments++] = segment;
    if (::ioctl(device_.number(), SKL_IOC_START, &start) != 0)
        device_.refuse("cannot start the isle", start.refusal, errno);
}

unsigned MetalLaunch::wait(std::int64_t timeout_ns)
{
    skl_ioc_wait wait{timeout_ns, 0, 0};
    if (::ioctl(device_.number(), SKL_IOC_WAIT, &wait) != 0)
        return 0;
    return (wait.events & SKL_WAIT_RUNG ? rung : 0) | (wait.events & SKL_WAIT_STOPPED ? stopped : 0);
}

void MetalLaunch::kick(std::uint32_t cpu)
{
    skl_ioc_kick kick{};
    kick.mask[cpu / 64] = 1ULL << cpu % 64;
    ::ioctl(device_.number(), SKL_IOC_KICK, &kick);
}

skl_record MetalLaunch::record()
{
    skl_record record{};
    ::ioctl(device_.number(), SKL_IOC_RECORD, &record);
    return record;
}

std::string MetalLaunch::log()
{
    std::string text(SKL_LOG_SIZE, '\0');
    skl_ioc_log log{reinterpret_cast<std::uint64_t>(text.data()), text.size()};
    if (::ioctl(device_.number(), SKL_IOC_LOG, &log) != 0)
        return {};
    text.resize(log.size);
    return text;
}

}

std::unique_ptr<Launch> launch_on_metal(const Request& request, const Image& image)
{
    return std::make_unique<MetalLaunch>(request, image);
}

}
