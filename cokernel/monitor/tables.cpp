// SPDX-License-Identifier: MIT
// An enclave's page tables at launch: its memory for ring 3, and for ring 0 the little that the monitor touches.
#include <skellig/call.h>

#include "../arch/x86_64/instructions.h"
#include "../base/range.h"
#include "../hw/x86/page_tables.h"
#include "address_space.h"
#include "enclave.h"

namespace skl {

using x86::Entry;

std::uint64_t WindowMemory::allocate()
{
    std::uint64_t pa = enclave_.frames.allocate();
    if (!pa)
        return 0;
    // Launched memory is zero; that no stale word ever becomes a mapping must not depend on it.
    cpu::zero(table(pa), SKL_PAGE_SIZE);
    return pa;
}

namespace {

using Tables = x86::PageTables<WindowMemory>;

constexpr std::uint64_t ring3_data = Entry::present | Entry::user | Entry::writable | Entry::no_execute;
constexpr std::uint64_t ring0_data = Entry::present | Entry::writable | Entry::no_execute;

bool map_own(Tables& tables, const skl_launch& launch, PageLevels levels)
{
    for (std::uint32_t i = 0; i < launch.extents; ++i) {
        const skl_extent& extent = launch.extent[i];
        if (extent.kind == SKL_EXTENT_OWN && !tables.map(extent.va, extent.pa, extent.size, ring3_data, levels.data))
            return false;
    }
    return true;
}

bool map_segment(Tables& tables, const skl_launch& launch, const skl_segment& segment, PageLevels levels)
{
    unsigned level = segment.rights & SKL_RIGHT_EXECUTE ? levels.code : levels.data;
    for (std::uint64_t done = 0; done < segment.size;) {
        std::uint64_t va = segment.va + done;
        const skl_extent& extent = *extent_of(launch, va);
        std::uint64_t offset = va - extent.va;
        std::uint64_t size = segment.size - done;
        if (size > extent.size - offset)
            size = extent.size - offset;
        if (!tables.map(va, extent.pa + offset, size, entry_flags(segment.rights), level))
            return false;
        done += size;
    }
    return true;
}

bool map_image(Tables& tables, const skl_launch& launch, PageLevels levels)
{
    for (std::uint32_t i = 0; i < launch.segments; ++i)
        if (!map_segment(tables, launch, launch.segment[i], levels))
            return false;
    return true;
}

bool map_public(Tables& tables, const skl_launch& launch)
{
    static constexpr std::uint8_t call[] = {0xcd, SKL_CALL_VECTOR, 0xc3}; // int 0x81; ret
    std::uint64_t call_pa = launch.control_pa + SKL_CONTROL_CALL;
    volatile std::uint8_t* page = window<std::uint8_t>(call_pa);
    for (unsigned i = 0; i < sizeof(call); ++i)
        page[i] = call[i];
    return tables.map(SKL_PUBLIC_BASE, launch.public_pa, launch.public_size, ring3_data, 1) &&
           tables.map(SKL_CALL_PAGE, call_pa, SKL_PAGE_SIZE, Entry::present | Entry::user, 1);
}

bool map_block(Tables& tables, std::uint64_t pa)
{
    constexpr std::uint64_t above = SKL_CPU_BLOCK_GUARD + SKL_PAGE_SIZE;
    return tables.map(SKL_WINDOW_BASE + pa, pa, SKL_CPU_BLOCK_GUARD, ring0_data, 1) &&
           tables.map(SKL_WINDOW_BASE + pa + above, pa + above, SKL_CPU_BLOCK_SIZE - above, ring0_data, 1);
}

bool map_monitor(Tables& tables, const Cpu& cpu, const skl_launch& launch)
{
    for (std::uint32_t i = 0; i < launch.cpus; ++i)
        if (!map_block(tables, launch.cpu[i].block_pa))
            return false;
    constexpr std::uint64_t device = ring0_data | Entry::cache_disable | Entry::write_through;
    if (cpu.apic && !tables.map(cpu.apic, cpu.apic - SKL_WINDOW_BASE, SKL_PAGE_SIZE, device, 1))
        return false;
    return tables.map(SKL_WINDOW_BASE + launch.control_pa, launch.control_pa, launch.control_size, ring0_data, cpu.levels.data);
}

} // namespace

bool build_tables(Cpu& cpu)
{
    Enclave& enclave = *cpu.enclave;
    const skl_launch& launch = *cpu.launch;
    WindowMemory memory(enclave);
    enclave.frames.reset(launch.control_pa + SKL_CONTROL_TABLES, launch.public_pa);
    enclave.root_pa = memory.allocate();
    if (!enclave.root_pa)
        return false;
    Tables tables(memory, enclave.root_pa);
    if (!map_own(tables, launch, cpu.levels) || !map_image(tables, launch, cpu.levels) || !map_public(tables, launch) ||
        !map_monitor(tables, cpu, launch))
        return false;
    const Entry* pool = window<Entry>(cpu.mailbox().pool_root_pa);
    memory.table(enclave.root_pa)[SKL_MONITOR_SLOT] = pool[SKL_MONITOR_SLOT];
    cpu.control->root_pa = enclave.root_pa;
    cpu.control->tables_free = static_cast<std::uint32_t>(enclave.frames.free_count());
    return true;
}

} // namespace skl
