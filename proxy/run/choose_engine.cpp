// SPDX-License-Identifier: MIT
// A full pool or an invalid request is an error, never a reason to fall back.
#include "run/choose_engine.hpp"

#include "base/failure.hpp"
#include "launch/public_area.hpp"
#include "node/device.hpp"
#include "run/cold_launch.hpp"

#include <skellig/address.h>

#include <fmt/format.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace skl {
namespace {

// bin/proxy -> lib/skellig/monitor.elf of the same installation.
std::string monitor_path()
{
    if (const char* path = std::getenv("SKELLIG_MONITOR"))
        return path;
    char self[PATH_MAX];
    ssize_t size = ::readlink("/proc/self/exe", self, sizeof self);
    std::string path(self, size > 0 ? static_cast<std::size_t>(size) : 0);
    for (int levels = 0; levels < 2; levels++)
        path.resize(std::min(path.rfind('/'), path.size()));
    return path + "/lib/skellig/monitor.elf";
}

// What Linux would show as /proc/PID/exe.
std::string absolute_name(const std::string& path)
{
    std::error_code error;
    std::filesystem::path name = std::filesystem::canonical(path, error);
    return error ? path : name.string();
}

void load(Launch& launch, const Cargo& cargo, bool verbose)
{
    std::string program = absolute_name(cargo.image.path());
    std::uint64_t size = argument_block_size(cargo.arguments, cargo.environment, program);
    PublicArea area{reinterpret_cast<std::byte*>(SKL_PUBLIC_BASE), launch.grant().cpus};
    write_public_area(area, launch.grant(), cargo.image.image(), static_cast<std::uint32_t>(cargo.arguments.size()), size, verbose);
    std::span block{reinterpret_cast<std::byte*>(SKL_OWN_BASE), size};
    area.boot().program = write_argument_block(block, SKL_OWN_BASE, cargo.arguments, cargo.environment, program);
    cargo.image.load();
    launch.start(cargo.image.image().entry, cargo.image.image().segments);
}

std::unique_ptr<Launch> start_in_qemu(const Settings& settings, const Cargo& cargo, const QemuSettings& qemu)
{
    std::unique_ptr<Launch> launch = launch_in_qemu(settings.request, cargo.image.image(), qemu);
    load(*launch, cargo, settings.verbose);
    return launch;
}

// Why KVM is not worth a try; empty if it is.
std::string kvm_obstacle(const QemuSettings& qemu)
{
    if (!qemu.kvm)
        return "HERMIT_KVM=0";
    if (::access("/dev/kvm", R_OK | W_OK) != 0)
        return fmt::format("/dev/kvm: {}", errno_text(errno));
    return {};
}

void check_qemu(const QemuSettings& qemu)
{
    if (::access(qemu.monitor.c_str(), R_OK) != 0)
        throw Failure(exit_launcher_failed, fmt::format("{}: {}", qemu.monitor, errno_text(errno)),
                      "install the monitor beside the proxy, or build the tree: scripts/build");
}

// `reason`: why not metal, if that was the wish.
std::unique_ptr<Launch> launch_with_qemu(const Settings& settings, const Cargo& cargo, const std::string& reason)
{
    QemuSettings qemu = settings.qemu;
    qemu.monitor = monitor_path();
    check_qemu(qemu);
    std::string obstacle = kvm_obstacle(qemu);
    std::unique_ptr<Launch> launch;
    if (obstacle.empty()) {
        try {
            launch = start_in_qemu(settings, cargo, qemu);
        } catch (const Failure& failure) {
            if (qemu.kvm_only)
                throw;
            obstacle = failure.cause();
        }
    } else if (qemu.kvm_only) {
        throw Failure(exit_launcher_failed, fmt::format("HERMIT_KVM=1 asks for KVM: {}", obstacle),
                      "unset HERMIT_KVM: the processor is then emulated where it must be");
    }
    if (!launch) {
        qemu.kvm = false;
        launch = start_in_qemu(settings, cargo, qemu);
    }
    bool told_to = !settings.qemu.kvm;
    std::string engine = obstacle.empty() ? "QEMU with KVM" : told_to ? "QEMU with TCG" : fmt::format("QEMU with TCG ({})", obstacle);
    if (!reason.empty())
        say(fmt::format("proxy: {}: running in {}", reason, engine));
    else if (settings.verbose || (!obstacle.empty() && !told_to))
        say(fmt::format("proxy: running in {}", engine));
    if (settings.verbose && launch->grant().huge_pages)
        say("proxy: the machine's memory is in reserved 2 MiB pages");
    return launch;
}

Launched launch_with_metal(const Settings& settings, const Cargo& cargo)
{
    Request request = settings.request;
    std::optional<Taken> cold = reserve_if_cold(request, cargo.image.image());
    try {
        std::unique_ptr<Launch> launch = launch_on_metal(request, cargo.image.image());
        load(*launch, cargo, settings.verbose);
        return {std::move(launch), std::move(cold)};
    } catch (const Failure&) {
        if (cold)
            give_back_now(*cold);
        throw;
    }
}

}

Launched launch_isle(const Settings& settings, const Cargo& cargo)
{
    if (settings.engine == Engine::qemu)
        return {launch_with_qemu(settings, cargo, {}), {}};
    if (settings.engine == Engine::automatic)
        if (std::string obstacle = device_obstacle(); !obstacle.empty())
            return {launch_with_qemu(settings, cargo, obstacle), {}};
    return launch_with_metal(settings, cargo);
}

}
