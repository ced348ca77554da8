// SPDX-License-Identifier: MIT
// libdw with one module (the program) and one thread (the CPU that died), whose registers and memory we serve.
#include "report/backtrace.hpp"

#include <elfutils/libdwfl.h>
#include <cxxabi.h>

#include <fmt/format.h>

#include <skellig/abi.h>
#include <skellig/address.h>

#include <cstdlib>
#include <memory>
#include <optional>

namespace skl {
namespace {

constexpr unsigned most_frames = 64;
constexpr pid_t thread_id = 1;

struct Victim {
    const skl_record& record;
    const Ranges& ranges;
    std::vector<Frame> frames;
    Dwfl* dwfl;
};

// One thread; its argument is ours, and tells that it has been asked for.
pid_t next_thread(Dwfl*, void* argument, void** thread_argument)
{
    if (*thread_argument)
        return 0;
    *thread_argument = argument;
    return thread_id;
}

bool read_memory(Dwfl*, Dwarf_Addr address, Dwarf_Word* word, void* argument)
{
    const auto& victim = *static_cast<Victim*>(argument);
    if (!victim.ranges.contains(address, sizeof *word))
        return false;
    __builtin_memcpy(word, reinterpret_cast<const void*>(address), sizeof *word);
    return true;
}

// DWARF numbers registers rax rdx rcx rbx rsi rdi rbp rsp r8..r15, return address.
bool set_registers(Dwfl_Thread* thread, void* argument)
{
    constexpr unsigned encoding[] = {0, 2, 1, 3, 6, 7, 5, 4, 8, 9, 10, 11, 12, 13, 14, 15};
    const skl_record& record = static_cast<Victim*>(argument)->record;
    Dwarf_Word registers[17];
    for (unsigned i = 0; i < 16; i++)
        registers[i] = record.gpr[encoding[i]];
    registers[7] = record.rsp;
    registers[16] = record.rip;
    dwfl_thread_state_register_pc(thread, record.rip);
    return dwfl_thread_state_registers(thread, 0, 17, registers);
}

std::string readable(const char* name)
{
    if (!name)
        return {};
    int status = 0;
    std::unique_ptr<char, void (*)(void*)> plain(abi::__cxa_demangle(name, nullptr, nullptr, &status), std::free);
    return plain ? plain.get() : name;
}

Frame describe(Dwfl* dwfl, std::uint64_t address, bool after_call)
{
    Frame frame{address, {}, 0, {}};
    std::uint64_t inside = after_call ? address - 1 : address;
    Dwfl_Module* module = dwfl_addrmodule(dwfl, inside);
    if (!module)
        return frame;
    GElf_Sym symbol;
    GElf_Off offset = 0;
    frame.function = readable(dwfl_module_addrinfo(module, inside, &offset, &symbol, nullptr, nullptr, nullptr));
    frame.offset = offset + (after_call ? 1 : 0);
    if (Dwfl_Line* line = dwfl_module_getsrc(module, inside)) {
        int number = 0;
        if (const char* file = dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr))
            frame.source = fmt::format("{}:{}", file, number);
    }
    return frame;
}

int add_frame(Dwfl_Frame* state, void* argument)
{
    auto& victim = *static_cast<Victim*>(argument);
    Dwarf_Addr address = 0;
    bool activation = false;
    if (!dwfl_frame_pc(state, &address, &activation) || victim.frames.size() >= most_frames)
        return DWARF_CB_ABORT;
    victim.frames.push_back(describe(victim.dwfl, address, !activation));
    return DWARF_CB_OK;
}

std::vector<Frame> unwind(Dwfl* dwfl, const skl_record& record, const Ranges& ranges)
{
    static const Dwfl_Thread_Callbacks threads = {next_thread, nullptr, read_memory, set_registers, nullptr, nullptr};
    Victim victim{record, ranges, {}, dwfl};
    if (dwfl_attach_state(dwfl, nullptr, thread_id, &threads, &victim))
        dwfl_getthread_frames(dwfl, thread_id, add_frame, &victim);
    return std::move(victim.frames);
}

// In the call page, or after a call through a wild pointer, there is no frame information, and libdw would guess by rbp, which is the
// caller's.
bool outside_the_program(const skl_record& record)
{
    constexpr std::uint64_t page_fault = 14, fetch = 1 << 4;
    bool in_call_page = record.rip >= SKL_CALL_PAGE && record.rip < SKL_CALL_PAGE + SKL_PAGE_SIZE;
    return in_call_page || (record.kind == SKL_RECORD_EXCEPTION && record.vector == page_fault && (record.error & fetch));
}

// There the return address is on top of the stack.
std::optional<skl_record> caller_of(const skl_record& record, const Ranges& ranges)
{
    if (!ranges.contains(record.rsp, sizeof(std::uint64_t)))
        return std::nullopt;
    skl_record caller = record;
    caller.rip = *reinterpret_cast<const std::uint64_t*>(record.rsp);
    caller.rsp += sizeof(std::uint64_t);
    return caller;
}

using Program = std::unique_ptr<Dwfl, void (*)(Dwfl*)>;

Program open_program(const std::string& program)
{
    static const Dwfl_Callbacks files = {dwfl_build_id_find_elf, dwfl_standard_find_debuginfo, dwfl_offline_section_address, nullptr};
    Program dwfl(dwfl_begin(&files), dwfl_end);
    if (!dwfl)
        return dwfl;
    dwfl_report_begin(dwfl.get());
    dwfl_report_elf(dwfl.get(), "program", program.c_str(), -1, 0, false);
    dwfl_report_end(dwfl.get(), nullptr, nullptr);
    return dwfl;
}

}

std::vector<Frame> backtrace(const skl_record& record, const std::string& program, const Ranges& ranges)
{
    Program dwfl = open_program(program);
    if (!dwfl)
        return {};
    if (!outside_the_program(record)) {
        std::vector<Frame> frames = unwind(dwfl.get(), record, ranges);
        if (!frames.empty())
            return frames;
    }
    std::vector<Frame> frames{describe(dwfl.get(), record.rip, false)};
    if (auto caller = caller_of(record, ranges))
        for (Frame& frame : unwind(dwfl.get(), *caller, ranges))
            frames.push_back(std::move(frame));
    return frames;
}

}
