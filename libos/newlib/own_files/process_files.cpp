// SPDX-License-Identifier: MIT
// /proc/self of an isle: Linux's lines where they are about the process that it is to Linux, ours where they are about its program.
#include "call.hpp"
#include "memory/resident.hpp"
#include "own_files/linux_text.hpp"
#include "own_files/process_text.hpp"
#include "own_files/tables.hpp"
#include "signal/state.hpp"
#include "start/program.hpp"

#include <elf.h>
#include <kernel/clock.h>
#include <kernel/process.h>
#include <kernel/regions.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

extern "C" const Elf64_Ehdr __ehdr_start;

namespace libos {
namespace {

constexpr size_t most = 8192; // of Linux's text
constexpr uint32_t can_write = 2, can_execute = 4;

// Linux cuts off what does not fit.
void name_command(char (&command)[longest_command + 1])
{
    const char* slash = strrchr(skl_program_path(), '/');
    strlcpy(command, slash ? slash + 1 : skl_program_path(), sizeof command);
}

void place(ProcessFigures& process, const skl_region& region)
{
    uint64_t begin = region.address, end = region.address + region.size;
    switch (region.kind) {
    case SKL_REGION_IMAGE:
        if (region.rights & can_execute) {
            process.code_begin = begin;
            process.code_end = end;
        } else if (region.rights & can_write) {
            process.data_begin = begin;
            process.data_end = end;
        }
        break;
    case SKL_REGION_HEAP:
        process.heap_begin = begin;
        break;
    case SKL_REGION_STACK:
        process.stack_begin = begin;
        process.stack_size = region.size;
        break;
    default:
        break;
    }
}

void place_regions(ProcessFigures& process)
{
    skl_region region;
    for (uint64_t at = 0; skl_region_next(at, &region) == 0; at = region.address + region.size)
        place(process, region);
}

void place_texts(ProcessFigures& process)
{
    process.arguments_begin = word(start_texts.arguments);
    process.arguments_end = process.environment_begin = word(start_texts.environment);
    process.environment_end = word(start_texts.end);
}

void sort_signals(ProcessFigures& process)
{
    for (int signal = 1; signal <= highest_signal; signal++) {
        _sig_func_ptr handler = action_of(signal).sa_handler;
        if (handler == SIG_IGN)
            process.ignored |= signal_bit(signal);
        else if (handler != SIG_DFL)
            process.caught |= signal_bit(signal);
    }
    process.pending = thread_signals.pending.set();
    process.shared_pending = process_signals.set();
    process.blocked = thread_signals.blocked;
}

struct Figures : ProcessFigures {
    uint64_t cpus[SKL_CPU_WORDS];

    Figures() : ProcessFigures{}
    {
        constexpr uint64_t nanoseconds_per_tick = 10'000'000;
        name_command(command);
        threads = thread_count();
        cpu = skl_thread_cpu();
        ticks = skl_clock_cpu() / nanoseconds_per_tick;
        now = resident_bytes();
        most = most_resident_bytes();
        place_regions(*this);
        place_texts(*this);
        sort_signals(*this);
        skl_thread_get_cpus(skl_thread_self(), cpus);
        allowed = {cpus, skl_cpu_count()};
    }
};

bool write_status_of_isle(Text& text)
{
    Text linux_text;
    if (!read_linux("/proc/self/status", linux_text, most))
        return false;
    write_status(text, linux_text.begin(), linux_text.size(), Figures());
    return true;
}

bool write_stat_of_isle(Text& text)
{
    Text linux_text;
    if (!read_linux("/proc/self/stat", linux_text, most))
        return false;
    write_stat(text, linux_text.begin(), linux_text.size(), Figures());
    return true;
}

bool write_statm_of_isle(Text& text)
{
    write_statm(text, Figures());
    return true;
}

bool write_command(Text& text)
{
    char command[longest_command + 1];
    name_command(command);
    text.add(command);
    text.add("\n");
    return true;
}

bool write_arguments(Text& text)
{
    text.add(start_texts.arguments, static_cast<size_t>(start_texts.environment - start_texts.arguments));
    return true;
}

// As it was at the start, which is what Linux shows as well.
bool write_environment(Text& text)
{
    text.add(start_texts.environment, static_cast<size_t>(start_texts.end - start_texts.environment));
    return true;
}

const char* name_of(const skl_region& region)
{
    switch (region.kind) {
    case SKL_REGION_IMAGE:
        return skl_program_path();
    case SKL_REGION_HEAP:
        return "[heap]";
    case SKL_REGION_STACK:
        return "[stack]";
    case SKL_REGION_PUBLIC:
        return "[proxy]";
    case SKL_REGION_CALL:
        return "[monitor]";
    default:
        return "";
    }
}

bool write_maps(Text& text)
{
    struct stat image {};
    stat(skl_program_path(), &image);
    skl_region region;
    for (uint64_t at = 0; skl_region_next(at, &region) == 0; at = region.address + region.size) {
        MapLine line{region.address, region.address + region.size, 0, 0, region.rights, region.kind == SKL_REGION_PUBLIC, 0, 0, name_of(region)};
        if (region.kind == SKL_REGION_IMAGE) {
            line.offset = region.offset;
            line.inode = image.st_ino;
            line.device_major = major(image.st_dev);
            line.device_minor = minor(image.st_dev);
        }
        write_map(text, line);
    }
    return true;
}

// Linux's AT_ numbers of what is true of an isle; it has neither a vdso nor a loader. [man7] getauxval(3)
bool write_auxiliary_vector(Text& text)
{
    enum : uint64_t { null = 0, phdr = 3, phent = 4, phnum = 5, pagesz = 6, entry = 9, uid = 11, euid = 12, gid = 13, egid = 14,
                      clktck = 17, secure = 23, execfn = 31 };
    const struct {
        uint64_t type, value;
    } vector[] = {
        {phdr, word(&__ehdr_start) + __ehdr_start.e_phoff},
        {phent, __ehdr_start.e_phentsize},
        {phnum, __ehdr_start.e_phnum},
        {pagesz, 4096},
        {entry, __ehdr_start.e_entry},
        {uid, getuid()},
        {euid, geteuid()},
        {gid, getgid()},
        {egid, getegid()},
        {clktck, 100},
        {secure, 0},
        {execfn, word(skl_program_path())},
        {null, 0},
    };
    text.add(reinterpret_cast<const char*>(vector), sizeof vector);
    return true;
}

}

const OwnContents process_files[] = {
    {"/auxv", write_auxiliary_vector}, {"/cmdline", write_arguments}, {"/comm", write_command},
    {"/environ", write_environment},   {"/maps", write_maps},         {"/stat", write_stat_of_isle},
    {"/statm", write_statm_of_isle},   {"/status", write_status_of_isle}, {nullptr, nullptr},
};

}
