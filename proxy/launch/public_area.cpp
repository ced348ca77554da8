// SPDX-License-Identifier: MIT
// The boot page says what ring 3 should know about itself; the per-CPU pages get their own address and the selectors of a frame.
#include "launch/public_area.hpp"

#include "base/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace skl {
namespace {

constexpr std::uint64_t pointer_size = 8;

std::uint64_t pointers_size(std::size_t arguments, std::size_t environment)
{
    return (arguments + environment + 2) * pointer_size;
}

// Appends strings and their addresses.
class BlockWriter {
public:
    BlockWriter(std::span<std::byte> block, std::uint64_t address, std::uint64_t strings)
        : block_(block), address_(address), string_(strings)
    {
    }
    void add(const std::vector<std::string>& texts)
    {
        for (const std::string& text : texts)
            store(add_text(text));
        store(0);
    }
    std::uint64_t add_text(const std::string& text)
    {
        std::uint64_t at = address_ + string_;
        std::memcpy(block_.data() + string_, text.c_str(), text.size() + 1);
        string_ += text.size() + 1;
        return at;
    }

private:
    void store(std::uint64_t value)
    {
        std::memcpy(block_.data() + pointer_, &value, sizeof value);
        pointer_ += sizeof value;
    }

    std::span<std::byte> block_;
    std::uint64_t address_;
    std::uint64_t pointer_ = 0;
    std::uint64_t string_;
};

std::uint32_t current_umask()
{
    mode_t mask = ::umask(0);
    ::umask(mask);
    return mask;
}

void fill_identity(skl_boot& boot)
{
    boot.pid = ::getpid();
    boot.ppid = ::getppid();
    boot.uid = ::getuid();
    boot.euid = ::geteuid();
    boot.gid = ::getgid();
    boot.egid = ::getegid();
    boot.umask = current_umask();
}

void fill_memory(skl_boot& boot, const Grant& grant, std::uint64_t arguments_size)
{
    constexpr std::uint32_t room = sizeof boot.extent / sizeof boot.extent[0];
    boot.own_base = SKL_OWN_BASE + arguments_size;
    boot.own_end = SKL_OWN_BASE;
    for (const skl_extent& extent : grant.extents) {
        if (extent.kind != SKL_EXTENT_OWN || boot.extents == room)
            continue;
        if (extent.va == boot.own_end)
            boot.own_end = extent.va + extent.size;
        auto& entry = boot.extent[boot.extents++];
        entry.va = extent.va;
        entry.size = extent.size;
        entry.node = extent.node;
    }
    if (boot.own_end <= boot.own_base)
        throw Failure(exit_launcher_failed, "the isle's memory is too small for its arguments and environment",
                      "give it more: HERMIT_MEM=64M");
}

void fill_percpu(const PublicArea& area)
{
    for (std::uint32_t cpu = 0; cpu < area.cpus; cpu++) {
        skl_percpu& page = area.percpu(cpu);
        page.self = SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(cpu);
        page.cpu = cpu;
        page.masked = 1;
        page.interrupt.cs = page.exception.cs = SKL_USER_CS;
        page.interrupt.ss = page.exception.ss = SKL_USER_SS;
    }
}

}

std::uint64_t argument_block_size(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                                  const std::string& program)
{
    std::uint64_t size = pointers_size(arguments.size(), environment.size()) + program.size() + 1;
    for (const auto* list : {&arguments, &environment})
        for (const std::string& text : *list)
            size += text.size() + 1;
    return (size + SKL_EXTENT_ALIGN - 1) & ~(SKL_EXTENT_ALIGN - 1);
}

std::uint64_t write_argument_block(std::span<std::byte> block, std::uint64_t address, const std::vector<std::string>& arguments,
                                   const std::vector<std::string>& environment, const std::string& program)
{
    BlockWriter writer(block, address, pointers_size(arguments.size(), environment.size()));
    writer.add(arguments);
    writer.add(environment);
    return writer.add_text(program);
}

void write_public_area(const PublicArea& area, const Grant& grant, const Image& image, std::uint32_t argument_count,
                       std::uint64_t arguments_size, bool verbose)
{
    skl_boot& boot = area.boot();
    boot.magic = SKL_ABI_MAGIC;
    boot.revision = SKL_ABI_REVISION;
    boot.flags = grant.boot_flags | (verbose ? SKL_BOOT_VERBOSE : 0);
    boot.cpus = grant.cpus;
    boot.slots = SKL_SLOTS;
    boot.tsc_khz = grant.tsc_khz;
    boot.image_base = image.begin();
    boot.image_end = image.end();
    boot.arguments = SKL_OWN_BASE;
    boot.argc = argument_count;
    boot.node = grant.node;
    fill_identity(boot);
    fill_memory(boot, grant, arguments_size);
    fill_percpu(area);
}

}
