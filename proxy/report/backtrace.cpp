// SPDX-License-Identifier: MIT
// libdw with one module (the program) and one thread (the CPU that died), whose registers and memory we serve.
#include "report/backtrace.hpp"

#include <elfutils/libdwfl.h>
#include <cxxabi.h>

#include <fmt/format.h>

#include <cstdlib>
#include <memory>

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

pid_t next_thread(Dwfl*, void*, void** state)
{
    return *state ? 0 : (*state = state, thread_id);
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

}

std::vector<Frame> backtrace(const skl_record& record, const std::string& program, const Ranges& ranges)
{
    static const Dwfl_Callbacks files = {dwfl_build_id_find_elf, dwfl_standard_find_debuginfo, dwfl_offline_section_address, nullptr};
    static const Dwfl_Thread_Callbacks threads = {next_thread, nullptr, read_memory, set_registers, nullptr, nullptr};
    std::unique_ptr<Dwfl, void (*)(Dwfl*)> dwfl(dwfl_begin(&files), dwfl_end);
    if (!dwfl)
        return {};
    Victim victim{record, ranges, {}, dwfl.get()};
    dwfl_report_begin(dwfl.get());
    dwfl_report_elf(dwfl.get(), "program", program.c_str(), -1, 0, false);
    dwfl_report_end(dwfl.get(), nullptr, nullptr);
    if (dwfl_attach_state(dwfl.get(), nullptr, thread_id, &threads, &victim))
        dwfl_getthread_frames(dwfl.get(), thread_id, add_frame, &victim);
    if (victim.frames.empty())
        victim.frames.push_back(describe(dwfl.get(), record.rip, false));
    return std::move(victim.frames);
}

}
