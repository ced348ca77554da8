// SPDX-License-Identifier: MIT
// An isle's partition, from the proxy's side: made on metal by the module or in QEMU. All else in the proxy is the same for both.
#pragma once

#include "image/image.hpp"

#include <skellig/launch.h>
#include <skellig/record.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace skl {

// What the user asked for.
struct Request {
    std::vector<unsigned> cpu_list; // Linux CPU numbers (metal); empty: any cpu_count of them
    unsigned cpu_count = 1;
    std::uint64_t memory = 0; // bytes beside the image; 0: the engine's default
    std::uint32_t node = ~0u; // NUMA node; ~0: any
    bool verbose = false;
};

// What the isle got.
struct Grant {
    std::uint32_t cpus = 0;
    std::uint32_t node = 0;
    std::uint64_t tsc_khz = 0;
    std::uint64_t public_size = 0;
    std::uint32_t boot_flags = 0;
    bool huge_pages = false; // a virtual machine whose memory is in 2 MiB pages
    std::vector<skl_extent> extents; // ascending by va; pa is not for this side
};

class Launch {
public:
    static constexpr unsigned rung = 1;    // the isle has something to say
    static constexpr unsigned stopped = 2; // it has ended: record()

    virtual ~Launch() = default;

    // After construction the extents and the public area are mapped at their addresses, zero.
    virtual const Grant& grant() const = 0;
    virtual void start(std::uint64_t entry, const std::vector<Segment>& segments) = 0;

    // Sleeps until the isle rings or ends; 0 on time-out or signal. timeout_ns < 0: no limit. One thread at a time.
    virtual unsigned wait(std::int64_t timeout_ns) = 0;
    // SKL_EVENT_HOST to one CPU. Any thread.
    virtual void kick(std::uint32_t cpu) = 0;

    virtual void pause() = 0;
    virtual void resume() = 0;
    virtual void stop() = 0;

    virtual skl_record record() = 0; // kind NONE while it lives
    virtual std::string log() = 0;

    // A descriptor that speaks gdb's remote protocol; -1: none was asked for.
    virtual int gdb_stub() const { return -1; }
};

// Throw Failure (125), with nothing taken.
std::unique_ptr<Launch> launch_on_metal(const Request& request, const Image& image);

struct QemuSettings {
    std::string program = "qemu-system-x86_64"; // HERMIT_QEMU
    std::string machine = "microvm";            // HERMIT_MACHINE: microvm or q35
    std::string monitor;                        // the monitor's ELF file
    std::string extra;                          // HERMIT_QEMU_OPTIONS, separated by spaces
    bool kvm = true;                            // of this attempt
    bool kvm_only = false;                      // HERMIT_KVM=1: no trial, no fall-back
    bool debug = false;                         // HERMIT_DEBUG: the isle stops where it begins and waits for gdb
    unsigned debug_port = 1234;                 // HERMIT_GDB_PORT; 0: any that is free
};
std::unique_ptr<Launch> launch_in_qemu(const Request& request, const Image& image, const QemuSettings& settings);

}
