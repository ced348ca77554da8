// SPDX-License-Identifier: MIT
// The machine as the isle sees it: its CPUs, each a core of one package, and its memory, which are one NUMA node.
#include "own_files/cpu_text.hpp"
#include "own_files/linux_text.hpp"
#include "own_files/memory_text.hpp"
#include "own_files/tables.hpp"

#include <kernel/memory.h>
#include <kernel/process.h>
#include <kernel/thread.h>

namespace libos {
namespace {

struct Cpus {
    uint64_t words[SKL_CPU_WORDS]{};

    void add(uint32_t cpu) { words[cpu / 64] |= uint64_t{1} << cpu % 64; }
    CpuSet set() const { return {words, skl_cpu_count()}; }
};

Cpus all_cpus()
{
    Cpus cpus;
    for (uint32_t cpu = 0; cpu < skl_cpu_count(); cpu++)
        cpus.add(cpu);
    return cpus;
}

Cpus only(uint32_t cpu)
{
    Cpus cpus;
    cpus.add(cpu);
    return cpus;
}

void write_all_list(Text& text, uint32_t)
{
    write_list(text, all_cpus().set());
    text.add("\n");
}

void write_all_mask(Text& text, uint32_t)
{
    write_mask(text, all_cpus().set());
    text.add("\n");
}

void write_own_list(Text& text, uint32_t cpu)
{
    write_list(text, only(cpu).set());
    text.add("\n");
}

void write_own_mask(Text& text, uint32_t cpu)
{
    write_mask(text, only(cpu).set());
    text.add("\n");
}

void write_number(Text& text, uint32_t number)
{
    text.print("%u\n", number);
}

void write_zero(Text& text, uint32_t)
{
    text.add("0\n");
}

void write_none(Text& text, uint32_t)
{
    text.add("\n");
}

MemoryFigures memory()
{
    return {skl_memory_total(), skl_memory_free()};
}

bool write_cpuinfo_of_isle(Text& text)
{
    constexpr size_t most = 8192; // the first block, and some
    Text linux_text;
    if (!read_linux("/proc/cpuinfo", linux_text, most))
        return false;
    write_cpuinfo(text, linux_text.begin(), linux_text.size(), skl_cpu_count());
    return true;
}

bool write_meminfo_of_isle(Text& text)
{
    write_meminfo(text, memory());
    return true;
}

}

const OwnContents machine_contents[] = {
    {"/proc/cpuinfo", write_cpuinfo_of_isle},
    {"/proc/meminfo", write_meminfo_of_isle},
    {nullptr, nullptr},
};

// No caches: which CPUs share one is not known, and CPUID tells the rest.
#define CPUS "/sys/devices/system/cpu"
#define NODES "/sys/devices/system/node"
const OwnFile machine_files[] = {
    {CPUS, nullptr},
    {CPUS "/online", write_all_list},
    {CPUS "/possible", write_all_list},
    {CPUS "/present", write_all_list},
    {CPUS "/enabled", write_all_list},
    {CPUS "/offline", write_none},
    {CPUS "/isolated", write_none},
    {CPUS "/smt", nullptr},
    {CPUS "/smt/active", write_zero},
    {CPUS "/smt/control", [](Text& text, uint32_t) { text.add("notsupported\n"); }},
    {CPUS "/cpu#", nullptr},
    {CPUS "/cpu#/topology", nullptr},
    {CPUS "/cpu#/topology/core_id", write_number},
    {CPUS "/cpu#/topology/die_id", write_zero},
    {CPUS "/cpu#/topology/physical_package_id", write_zero},
    {CPUS "/cpu#/topology/thread_siblings", write_own_mask},
    {CPUS "/cpu#/topology/thread_siblings_list", write_own_list},
    {CPUS "/cpu#/topology/core_cpus", write_own_mask},
    {CPUS "/cpu#/topology/core_cpus_list", write_own_list},
    {CPUS "/cpu#/topology/core_siblings", write_all_mask},
    {CPUS "/cpu#/topology/core_siblings_list", write_all_list},
    {CPUS "/cpu#/topology/die_cpus", write_all_mask},
    {CPUS "/cpu#/topology/die_cpus_list", write_all_list},
    {CPUS "/cpu#/topology/package_cpus", write_all_mask},
    {CPUS "/cpu#/topology/package_cpus_list", write_all_list},
    {CPUS "/cpu#/node0", nullptr},
    {NODES, nullptr},
    {NODES "/online", write_zero},
    {NODES "/possible", write_zero},
    {NODES "/has_cpu", write_zero},
    {NODES "/has_memory", write_zero},
    {NODES "/has_normal_memory", write_zero},
    {NODES "/node0", nullptr},
    {NODES "/node0/cpulist", write_all_list},
    {NODES "/node0/cpumap", write_all_mask},
    {NODES "/node0/cpu#", nullptr},
    {NODES "/node0/distance", [](Text& text, uint32_t) { text.add("10\n"); }},
    {NODES "/node0/meminfo", [](Text& text, uint32_t) { write_node_meminfo(text, memory()); }},
    {nullptr, nullptr},
};
const char* const numbered_folders[] = {CPUS "/cpu", NODES "/node", nullptr};
#undef CPUS
#undef NODES

}
