// SPDX-License-Identifier: MIT
// From the monitor's first jump to main(): check what the proxy left, set up memory, thread and upcalls, change stacks.
#include "cpu.hpp"
#include "memory/memory.hpp"
#include "memory/page_ranges.hpp"
#include "memory/regions.hpp"
#include "public_area.hpp"
#include "thread/lifetime.hpp"
#include "thread/pieces.hpp"
#include "thread/placement.hpp"
#include "thread/scheduler.hpp"
#include "thread/thread.hpp"
#include "upcall/exceptions.hpp"
#include "upcall/upcalls.hpp"
#include "upcall/xsave.hpp"

#include <kernel/memory.h>
#include <kernel/process.h>

#include <skellig/abi.h>
#include <skellig/note.h>
#include <skellig/ring.h>

#include <csignal>

// start/switch_stack.S
extern "C" [[noreturn]] void skl_switch_stack(std::uint64_t top, void (*function)());

namespace skl {
namespace {

static_assert(SKL_ABI_REVISION == 1 && SKL_NOTE_TYPE == 1, "change the note in crt0.S");

constexpr std::uint64_t main_stack_size = 8 << 20; // Linux's default limit

[[noreturn]] void refuse(const char* cause)
{
    skl_panic(SIGABRT, cause);
}

void check_boot_page(const skl_boot& boot)
{
    if (boot.magic != SKL_ABI_MAGIC || boot.revision != SKL_ABI_REVISION) { // so there is nobody to forward a message to
        skl_log("skellig: boot page: another revision than this program was linked for\n");
        skl_exit(126);
    }
    if (boot.cpus == 0 || boot.cpus > SKL_MAX_CPUS || boot.slots != SKL_SLOTS || boot.tsc_khz == 0)
        refuse("skellig: boot page: CPU count, slot count or TSC frequency is wrong\n");
}

// With a page below it that nobody may touch: an overflow faults instead of eating the heap.
skl_stack make_stack()
{
    std::uint64_t guard = skl_pages_allocate(page_size + main_stack_size, page_size);
    if (guard == SKL_NO_ADDRESS)
        refuse("skellig: no room for the main stack\nhint: give the isle more memory with HERMIT_MEM\n");
    if (!protect_piece({guard, page_size + main_stack_size, page_size}))
        refuse("skellig: the monitor refused the rights of the main stack\n");
    main_stack = {guard + page_size, main_stack_size};
    return main_stack;
}

void make_main_thread()
{
    std::uint64_t size = round_up(thread_footprint(), page_size);
    std::uint64_t memory = skl_pages_allocate(size, page_size);
    if (memory == SKL_NO_ADDRESS)
        refuse("skellig: no room for thread-local storage\nhint: give the isle more memory with HERMIT_MEM\n");
    Thread* thread = place_thread(memory + size, 0);
    machine::set_thread_pointer(thread);
    thread->stack = make_stack();
    set_mask(thread->cpus, nullptr);
    adopt(*thread);
}

[[noreturn]] void run_program()
{
    const skl_boot& boot = boot_page();
    auto** arguments = reinterpret_cast<char**>(boot.arguments);
    skl_program(static_cast<int>(boot.argc), arguments, arguments + boot.argc + 1);
}

}

extern "C" [[noreturn]] void skl_start()
{
    check_boot_page(boot_page());
    if (!open_memory(boot_page()))
        refuse("skellig: boot page: no own memory\n");
    make_main_thread();
    if (!measure_xsave())
        refuse("skellig: the monitor has not enabled XSAVE\n");
    if (!make_exception_stack(this_cpu()))
        refuse("skellig: no room for the exception stack\nhint: give the isle more memory with HERMIT_MEM\n");
    register_upcalls();
    unmask_upcalls();
    skl_stack stack = this_thread().stack;
    skl_switch_stack(stack.base + stack.size, run_program);
}

}
