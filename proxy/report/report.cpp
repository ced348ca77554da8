// SPDX-License-Identifier: MIT
// The crash report: registers, then frames, each on a line.
#include "report/ending.hpp"

#include "base/failure.hpp"
#include "report/backtrace.hpp"

#include <fmt/format.h>

namespace skl {
namespace {

std::string registers(const skl_record& record)
{
    constexpr const char* names[] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
                                     "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"};
    std::string text;
    for (unsigned i = 0; i < 16; i++)
        text += fmt::format("{}{:>4} {:016x}", i % 4 ? " " : "\n ", names[i], i == 4 ? record.rsp : record.gpr[i]);
    text += fmt::format("\n  rip {:016x}  rfl {:016x}  fs  {:016x}  gs  {:016x}\n", record.rip, record.rflags, record.fs_base,
                        record.gs_base);
    return text;
}

std::string line(unsigned number, const Frame& frame)
{
    std::string text = fmt::format("  #{:<2} {:016x}", number, frame.address);
    if (!frame.function.empty())
        text += fmt::format(" {}+{:#x}", frame.function, frame.offset);
    if (!frame.source.empty())
        text += fmt::format(" ({})", frame.source);
    return text + "\n";
}

}

void print_report(const skl_record& record, const std::string& cause, const ImageFile& image, const Ranges& ranges)
{
    std::string text = fmt::format("proxy: {}: {}", image.path(), cause);
    text += registers(record);
    unsigned number = 0;
    for (const Frame& frame : backtrace(record, image.path(), ranges))
        text += line(number++, frame);
    text.pop_back();
    say(text);
}

}
