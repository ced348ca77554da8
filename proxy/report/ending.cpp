// SPDX-License-Identifier: MIT
// Words for each kind of record and each exception.
#include "report/ending.hpp"

#include "base/failure.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <cstring>

namespace skl {
namespace {

struct ExceptionName {
    const char* text;
    int signal;
};

constexpr std::array<ExceptionName, 32> exceptions = [] {
    std::array<ExceptionName, 32> table{};
    for (auto& entry : table)
        entry = {"exception", SIGSEGV};
    table[0] = {"division by zero or overflow (#DE)", SIGFPE};
    table[1] = {"debug exception (#DB)", SIGTRAP};
    table[3] = {"breakpoint (#BP)", SIGTRAP};
    table[4] = {"overflow (#OF)", SIGSEGV};
    table[5] = {"bound range exceeded (#BR)", SIGSEGV};
    table[6] = {"invalid instruction (#UD)", SIGILL};
    table[7] = {"no floating-point unit (#NM)", SIGFPE};
    table[10] = {"invalid TSS (#TS)", SIGSEGV};
    table[11] = {"segment not present (#NP)", SIGBUS};
    table[12] = {"stack segment fault (#SS)", SIGBUS};
    table[13] = {"general protection fault (#GP)", SIGSEGV};
    table[14] = {"page fault (#PF)", SIGSEGV};
    table[16] = {"floating-point exception (#MF)", SIGFPE};
    table[17] = {"alignment check (#AC)", SIGBUS};
    table[18] = {"machine check (#MC)", SIGBUS};
    table[19] = {"SIMD floating-point exception (#XM)", SIGFPE};
    return table;
}();

const ExceptionName& exception(std::uint32_t vector)
{
    return exceptions[vector % exceptions.size()];
}

constexpr std::uint32_t page_fault = 14;
constexpr std::uint32_t general_protection = 13;

std::string page_fault_text(const skl_record& record)
{
    const char* what = record.error & 0x10 ? "executing" : record.error & 0x2 ? "writing" : "reading";
    const char* why = record.error & 0x1 ? "not allowed there" : "nothing is mapped there";
    if (record.address < 0x10000)
        return fmt::format("page fault (#PF): {} address {:#x} (a null pointer?)", what, record.address);
    return fmt::format("page fault (#PF): {} address {:#x}, {}", what, record.address, why);
}

std::string exception_text(const skl_record& record)
{
    std::string text = record.vector == page_fault ? page_fault_text(record) : exception(record.vector).text;
    if (record.vector == general_protection)
        text += ": a privileged instruction, or an address no pointer can have";
    return fmt::format("{} at {:#x} on cpu {}", text, record.rip, record.cpu);
}

bool dumps_core(int signal)
{
    for (int one : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP})
        if (signal == one)
            return true;
    return false;
}

Ending panic(const skl_record& record)
{
    bool valid = record.status > 0 && record.status < 65;
    int signal = valid ? record.status : SIGABRT;
    bool report = dumps_core(signal);
    return {0, signal, report, report ? fmt::format("the program ended itself: {} on cpu {}", ::strsignal(signal), record.cpu) : ""};
}

}

int signal_of_exception(std::uint32_t vector)
{
    return exception(vector).signal;
}

Ending ending_of(const skl_record& record)
{
    switch (record.kind) {
    case SKL_RECORD_EXIT:
        return {record.status & 0xff, 0, false, {}};
    case SKL_RECORD_PANIC:
        return panic(record);
    case SKL_RECORD_EXCEPTION:
        return {0, signal_of_exception(record.vector), true, exception_text(record)};
    case SKL_RECORD_MACHINE_CHECK:
        return {0, SIGBUS, true, fmt::format("machine check on cpu {}: the hardware reports an error", record.cpu)};
    case SKL_RECORD_MONITOR:
        return {exit_launcher_failed, 0, record.rip != 0,
                record.rip ? fmt::format("the monitor failed: {} at {:#x} on cpu {} (please report this)", exception(record.vector).text,
                                         record.rip, record.cpu)
                           : "the virtual machine ended without a word"};
    case SKL_RECORD_STOPPED:
        return {0, SIGKILL, false, "the isle was stopped from outside"};
    case SKL_RECORD_REFUSED:
        return {exit_launcher_failed, 0, false, fmt::format("the monitor refused the launch descriptor: offset {:#x}", record.error)};
    default:
        return {exit_launcher_failed, 0, false, fmt::format("the isle ended in an unknown way ({})", record.kind)};
    }
}

}
