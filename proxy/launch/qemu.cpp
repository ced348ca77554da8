// SPDX-License-Identifier: MIT
// An isle in QEMU: guest RAM is a memfd mapped here at the isle's addresses, the doorbell is the machine's serial port.
#include "base/failure.hpp"
#include "base/parse.hpp"
#include "base/private_descriptors.hpp"
#include "launch/child.hpp"
#include "launch/clock.hpp"
#include "launch/descriptor.hpp"
#include "launch/gdb_stub.hpp"
#include "launch/guest_memory.hpp"
#include "launch/launch.hpp"
#include "launch/memory_plan.hpp"
#include "launch/public_area.hpp"
#include "launch/qemu_command.hpp"
#include "launch/windows.hpp"

#include <skellig/address.h>
#include <skellig/qemu.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace skl {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t default_memory = 512ULL << 20;
// A KVM that has not reached the isle by then is not worth waiting for. On a busy machine that much of a processor takes a while to get.
constexpr auto kvm_trial = std::chrono::seconds(2);
constexpr int busy = 10;
constexpr std::uint64_t prepared_in_a_second = 1ULL << 30; // bytes of memory, before the machine runs
constexpr auto long_patience = std::chrono::seconds(60);

// What is mapped here of the control area, and all that is needed of it: up to SKL_CONTROL_TABLES.
constexpr std::uint64_t control_window = SKL_EXTENT_ALIGN;
static_assert(SKL_CONTROL_TABLES <= control_window);

using Code = std::array<std::byte, 2>; // an instruction, or what stands in its place

struct Doorbell {
    Descriptor ours;
    Descriptor theirs;
};

Doorbell make_doorbell()
{
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        throw Failure(exit_launcher_failed, fmt::format("cannot make the doorbell: {}", errno_text(errno)));
    return {make_private(Descriptor(pair[0])), make_private(Descriptor(pair[1]))};
}

std::uint32_t checked_cpus(const Request& request)
{
    std::size_t cpus = request.cpu_list.empty() ? request.cpu_count : request.cpu_list.size();
    if (cpus == 0 || cpus > SKL_QEMU_MAX_CPUS)
        throw Failure(exit_launcher_failed, fmt::format("{} CPUs asked for, QEMU can have 1 to {}", cpus, SKL_QEMU_MAX_CPUS),
                      "set HERMIT_CPUS to a number in that range");
    return static_cast<std::uint32_t>(cpus);
}

class QemuLaunch : public Launch {
public:
    QemuLaunch(const Request& request, const Image& image, const QemuSettings& settings);
    ~QemuLaunch() override;

    const Grant& grant() const override { return grant_; }
    void start(std::uint64_t entry, const std::vector<Segment>& segments) override;
    unsigned wait(std::int64_t timeout_ns) override;
    void kick(std::uint32_t cpu) override;
    void pause() override { child_->signal(SIGSTOP); }
    void resume() override { child_->signal(SIGCONT); }
    void stop() override;
    skl_record record() override;
    std::string log() override;
    int gdb_stub() const override { return stub_ ? stub_->connection() : -1; }

private:
    void map_isle();
    void start_machine();
    void await_entry();
    void plant_loop(std::uint64_t entry);
    void hold_at(std::uint64_t entry);
    void refresh_clock();
    void drain();
    bool out_of_patience(Clock::time_point start) const;
    skl_control& state() { return *reinterpret_cast<skl_control*>(control_ + SKL_CONTROL_STATE); }

    QemuSettings settings_;
    std::uint64_t low_limit_;
    MemoryPlan plan_;
    Grant grant_;
    GuestMemory memory_;
    Doorbell doorbell_;
    std::optional<GdbStub> stub_;
    Code code_at_entry_{};
    std::byte* control_ = nullptr; // control_window bytes
    std::optional<Child> child_;
    std::optional<ClockWriter> clock_;
    Clock::time_point clock_written_;
    std::atomic<bool> ended_ = false;
    std::atomic<bool> stopped_ = false;
};

QemuLaunch::QemuLaunch(const Request& request, const Image& image, const QemuSettings& settings)
    : settings_(settings), low_limit_(low_memory_limit(settings.machine))
{
    grant_.cpus = checked_cpus(request);
    plan_ = plan_memory(image, grant_.cpus, request.memory ? request.memory : default_memory, low_limit_);
    memory_ = make_guest_memory(plan_.ram_size);
    grant_.huge_pages = memory_.huge;
    doorbell_ = make_doorbell();
    if (settings_.debug)
        stub_.emplace();
    grant_.tsc_khz = measure_tsc_khz();
    grant_.public_size = plan_.public_size;
    grant_.boot_flags = SKL_BOOT_QEMU;
    grant_.extents = plan_.extents;
    map_isle();
    clock_.emplace(PublicArea{reinterpret_cast<std::byte*>(SKL_PUBLIC_BASE), grant_.cpus}.clock(), grant_.tsc_khz);
}

QemuLaunch::~QemuLaunch()
{
    child_.reset();
    for (const skl_extent& extent : plan_.extents)
        unmap_window(extent.va, extent.size);
    unmap_window(SKL_PUBLIC_BASE, plan_.control_size - plan_.public_offset);
    if (control_)
        ::munmap(control_, control_window);
}

void QemuLaunch::map_isle()
{
    for (const skl_extent& extent : plan_.extents)
        map_window(extent.va, extent.size, memory_.file.number(), file_offset(extent.pa, low_limit_));
    map_window(SKL_PUBLIC_BASE, plan_.public_size, memory_.file.number(), SKL_QEMU_LAUNCH_PA + plan_.public_offset);
    void* at = ::mmap(nullptr, control_window, PROT_READ | PROT_WRITE, MAP_SHARED, memory_.file.number(), SKL_QEMU_LAUNCH_PA);
    if (at == MAP_FAILED)
        throw Failure(exit_launcher_failed, fmt::format("cannot map the control area: {}", errno_text(errno)));
    control_ = static_cast<std::byte*>(at);
}

void QemuLaunch::start(std::uint64_t entry, const std::vector<Segment>& segments)
{
    write_control_area({control_, SKL_CONTROL_TABLES}, plan_, grant_.cpus, entry, launch_segments(segments), grant_.tsc_khz);
    if (stub_)
        plant_loop(entry);
    start_machine();
    await_entry();
    if (stub_ && record().kind == SKL_RECORD_NONE)
        hold_at(entry);
}

void QemuLaunch::start_machine()
{
    std::vector kept{memory_.file.number(), doorbell_.theirs.number()};
    if (stub_)
        kept.push_back(stub_->machines_end());
    child_.emplace(qemu_command(settings_, grant_.cpus, plan_.ram_size, {kept[0], kept[1], stub_ ? kept[2] : -1}), kept);
    doorbell_.theirs.close();
    if (stub_) {
        stub_->close_machines_end();
        stub_->run();
    }
}

// An isle that is to wait for gdb turns in a loop, `jmp .`, where it begins: no breakpoint can be set before its memory is mapped.
void QemuLaunch::plant_loop(std::uint64_t entry)
{
    constexpr Code loop{std::byte{0xeb}, std::byte{0xfe}};
    const skl_extent& image = plan_.extents.front();
    if (entry < image.va || entry + loop.size() > image.va + image.size)
        throw Failure(exit_launcher_failed, fmt::format("HERMIT_DEBUG: the entry point {:#x} is at the end of the image", entry));
    auto* code = reinterpret_cast<std::byte*>(entry);
    std::copy_n(code, loop.size(), code_at_entry_.begin());
    std::copy(loop.begin(), loop.end(), code);
}

// The monitor notes the counter just before ring 3 runs: the sign of life, and the start of the isle's clock.
void QemuLaunch::await_entry()
{
    auto start = Clock::now();
    for (;;) {
        if (std::uint64_t entered = __atomic_load_n(&state().entered_tsc, __ATOMIC_ACQUIRE)) {
            clock_->synchronize(entered);
            clock_written_ = Clock::now();
            return;
        }
        if (child_->ended())
            throw Failure(exit_launcher_failed, fmt::format("QEMU ended before the isle began: {}", child_->messages()));
        if (record().kind != SKL_RECORD_NONE)
            return;
        if (out_of_patience(start))
            throw Failure(exit_launcher_failed, fmt::format("the isle did not begin within {:.0f} s",
                                                            std::chrono::duration<double>(Clock::now() - start).count()));
        std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
}

bool QemuLaunch::out_of_patience(Clock::time_point start) const
{
    auto preparing = std::chrono::seconds(settings_.kvm ? plan_.ram_size / prepared_in_a_second : 0);
    auto waited = Clock::now() - start;
    if (settings_.kvm_only || !settings_.kvm)
        return waited > long_patience + preparing;
    return child_->processor_time() > kvm_trial + preparing || waited > busy * (kvm_trial + preparing);
}

// Its first instruction lies ahead then. Where a breakpoint does not hold, gdb's would not either.
void QemuLaunch::hold_at(std::uint64_t entry)
{
    if (stub_->hold_at(entry, code_at_entry_, settings_.kvm ? kvm_trial : long_patience))
        return;
    if (settings_.kvm)
        throw Failure(exit_launcher_failed, "HERMIT_DEBUG: this KVM does not stop at breakpoints", "debug in the emulator: HERMIT_KVM=0");
    throw Failure(exit_launcher_failed, fmt::format("HERMIT_DEBUG: {} does not stop at a breakpoint", settings_.program));
}

// A debugger's machine has a counter that stands when it stands: what follows from the first reading alone is the better time.
void QemuLaunch::refresh_clock()
{
    if (stub_ || Clock::now() - clock_written_ < std::chrono::seconds(1))
        return;
    clock_->refresh();
    clock_written_ = Clock::now();
}

// Every byte means the same. Armed again only when they are read: a kick in between finds us awake.
void QemuLaunch::drain()
{
    char bytes[64];
    while (::recv(doorbell_.ours.number(), bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
    __atomic_store_n(&state().doorbell_armed, 1, __ATOMIC_SEQ_CST);
}

unsigned QemuLaunch::wait(std::int64_t timeout_ns)
{
    constexpr std::int64_t clock_period = 1'000'000'000;
    refresh_clock();
    if (timeout_ns < 0 || timeout_ns > clock_period)
        timeout_ns = clock_period;
    pollfd polls[] = {{doorbell_.ours.number(), POLLIN, 0}, {child_->process_descriptor(), POLLIN, 0}};
    timespec timeout{timeout_ns / 1'000'000'000, timeout_ns % 1'000'000'000};
    if (::ppoll(polls, 2, &timeout, nullptr) <= 0)
        return 0;
    unsigned events = 0;
    if (polls[0].revents & POLLIN) {
        drain();
        events |= rung;
    }
    if (polls[1].revents)
        ended_ = true;
    if (record().kind != SKL_RECORD_NONE)
        events |= stopped;
    return events;
}

void QemuLaunch::kick(std::uint32_t cpu)
{
    char byte = static_cast<char>(cpu);
    // Full means that bytes are waiting to be read already.
    [[maybe_unused]] ssize_t done = ::send(doorbell_.ours.number(), &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void QemuLaunch::stop()
{
    stopped_ = true;
    child_->end();
}

skl_record QemuLaunch::record()
{
    skl_record copy{};
    if (__atomic_load_n(&state().record.kind, __ATOMIC_ACQUIRE) != SKL_RECORD_NONE) {
        copy = state().record;
        return copy;
    }
    if (stopped_)
        copy.kind = SKL_RECORD_STOPPED;
    else if (ended_)
        copy.kind = SKL_RECORD_MONITOR; // the machine is gone without a word
    return copy;
}

std::string QemuLaunch::log()
{
    std::string text;
    std::uint32_t length = __atomic_load_n(&state().log_length, __ATOMIC_ACQUIRE);
    std::uint32_t kept = std::min(length, SKL_LOG_SIZE);
    for (std::uint32_t i = length - kept; i != length; i++)
        text += static_cast<char>(state().log[i % SKL_LOG_SIZE]);
    text += child_->messages();
    return text;
}

}

std::unique_ptr<Launch> launch_in_qemu(const Request& request, const Image& image, const QemuSettings& settings)
{
    return std::make_unique<QemuLaunch>(request, image, settings);
}

}
