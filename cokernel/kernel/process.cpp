// SPDX-License-Identifier: MIT
// Identity, exit, panic and the log: api/kernel/process.h.
#include "forward/forward.hpp"
#include "public_area.hpp"
#include "thread/thread.hpp"

#include <kernel/process.h>

#include <skellig/call.h>
#include <skellig/record.h>

#include <algorithm>
#include <cstring>

using namespace skl;

namespace {

constexpr std::uint32_t linux_write = 1;
constexpr std::uint64_t standard_error = 2;

[[noreturn]] void end(std::uint32_t kind, int status)
{
    for (;;)
        skl_monitor_call(SKL_CALL_EXIT, kind, static_cast<std::uint64_t>(status));
}

// Twice in a row would mean that reporting itself fails.
void report(const char* text)
{
    static bool reporting = false;
    if (__atomic_exchange_n(&reporting, true, __ATOMIC_RELAXED))
        return;
    std::uint64_t argument[6] = {standard_error, reinterpret_cast<std::uint64_t>(text), std::strlen(text)};
    // Slot 0 is the main thread's: nobody uses it before there is a thread.
    forward_on_slot(machine::has_thread() ? this_thread().id : 0, linux_write, argument);
}

}

extern "C" struct skl_identity skl_identity()
{
    const skl_boot& boot = boot_page();
    return {boot.pid, boot.ppid, boot.uid, boot.euid, boot.gid, boot.egid};
}

extern "C" const char* skl_program_path()
{
    auto* path = reinterpret_cast<const char*>(boot_page().program);
    return path ? path : "";
}

extern "C" std::uint32_t skl_cpu_count()
{
    return boot_page().cpus;
}

extern "C" std::int32_t skl_isle()
{
    const skl_boot& boot = boot_page();
    return boot.flags & SKL_BOOT_QEMU ? -1 : static_cast<std::int32_t>(boot.node);
}

extern "C" int skl_verbose()
{
    return (boot_page().flags & SKL_BOOT_VERBOSE) != 0;
}

extern "C" void skl_log(const char* text)
{
    std::size_t left = std::strlen(text);
    while (left > 0) {
        std::uint64_t words[4]{};
        std::size_t length = std::min(left, sizeof words);
        std::memcpy(words, text, length);
        skl_monitor_call(SKL_CALL_LOG, length, words[0], words[1], words[2], words[3]);
        text += length;
        left -= length;
    }
}

extern "C" void skl_exit(int status)
{
    end(SKL_RECORD_EXIT, status);
}

extern "C" void skl_panic(int signal, const char* message)
{
    if (message) {
        skl_log(message);
        report(message);
    }
    end(SKL_RECORD_PANIC, signal);
}
