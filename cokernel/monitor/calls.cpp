// SPDX-License-Identifier: MIT
// Monitor calls that assembly does not serve itself. Every argument is ring 3's: checked, never dereferenced.
#include <skellig/call.h>

#include "../base/atomic.h"
#include "../base/errno.h"
#include "apic.h"
#include "crash.h"
#include "enclave.h"
#include "entry.h"
#include "serve.h"
#include "siblings.h"

namespace skl {
namespace {

std::uint64_t earlier(std::uint64_t a, std::uint64_t b) { return !a ? b : !b ? a : a < b ? a : b; }

std::int64_t call_wait(Cpu& cpu, std::uint64_t deadline)
{
    std::uint64_t& pending = cpu.shared->pending;
    std::uint64_t alarm = earlier(deadline, cpu.deadline);
    bool own_alarm = alarm != cpu.deadline; // not the one that timer() has set
    bool slept = false;
    std::uint64_t events;
    for (;;) {
        serve(cpu); // first: it may post an event, or take long and let the alarm pass
        if (alarm && cpu::read_tsc() >= alarm) {
            set_bits(pending, std::uint64_t{SKL_EVENT_TIMER});
            if (alarm == cpu.deadline)
                cpu.deadline = 0;
        }
        events = load_relaxed(pending) ? exchange(pending, std::uint64_t{0}) : 0;
        if (events)
            break;
        if (alarm)
            timer_program(cpu, alarm);
        halt();
        slept = true;
    }
    if (own_alarm && slept)
        timer_program(cpu, cpu.deadline);
    return static_cast<std::int64_t>(events);
}

class TableLock {
public:
    explicit TableLock(Cpu& cpu) : enclave_(*cpu.enclave)
    {
        wait_until(cpu, [this] { return exchange(enclave_.lock, 1u) == 0; });
    }
    ~TableLock() { store_release(enclave_.lock, 0u); }
    TableLock(const TableLock&) = delete;
    TableLock& operator=(const TableLock&) = delete;

private:
    Enclave& enclave_;
};

template <typename Operation>
std::int64_t change_tables(Cpu& cpu, Operation operation)
{
    Change change;
    {
        TableLock lock(cpu);
        WindowMemory memory(*cpu.enclave);
        AddressSpace space(memory, cpu.enclave->root_pa, *cpu.launch, cpu.levels);
        change = operation(space);
        cpu.control->tables_free = static_cast<std::uint32_t>(cpu.enclave->frames.free_count());
    }
    if (change.flush)
        flush_everywhere(cpu);
    return change.answer;
}

bool user_address(std::uint64_t address) { return address <= SKL_ISLE_END; } // canonical, which iretq insists on

std::int64_t call_set_upcall(Cpu& cpu, const Registers& call)
{
    if (!user_address(call.rdi) || !user_address(call.rsi) || !user_address(call.rdx) || !user_address(call.r8))
        return answer(Error::invalid);
    cpu.interrupt_entry = call.rdi;
    cpu.interrupt_stack = call.rsi;
    cpu.exception_entry = call.rdx;
    cpu.exception_stack = call.r8;
    return 0;
}

std::int64_t call_log(Cpu& cpu, const Registers& call)
{
    constexpr std::uint64_t most = 32;
    if (call.rdi > most)
        return answer(Error::invalid);
    const std::uint64_t words[4] = {call.rsi, call.rdx, call.r8, call.r9};
    skl_control& control = *cpu.control;
    auto length = static_cast<std::uint32_t>(call.rdi);
    std::uint32_t at = add(control.log_length, length) - length; // siblings may write at once: each has its own place
    for (std::uint32_t i = 0; i < length; ++i)
        control.log[(at + i) % SKL_LOG_SIZE] = static_cast<std::uint8_t>(words[i / 8] >> (8 * (i % 8)));
    return 0;
}

[[noreturn]] void call_exit(Cpu& cpu, const Registers& call)
{
    std::uint32_t kind = call.rdi == SKL_RECORD_EXIT ? SKL_RECORD_EXIT : SKL_RECORD_PANIC;
    end_isle(cpu, call, {kind, static_cast<std::int32_t>(call.rsi)});
}

} // namespace
} // namespace skl

std::int64_t monitor_call(skl::Registers* user)
{
    using namespace skl;
    Cpu& cpu = current();
    const Registers& call = *user;
    switch (call.rax) {
    case SKL_CALL_WAIT:
        return call_wait(cpu, call.rdi);
    case SKL_CALL_KICK:
        return kick(cpu, call.rdi, call.rsi);
    case SKL_CALL_MAP:
        return change_tables(cpu, [&](auto& space) { return space.map(call.rdi, call.rsi, call.rdx); });
    case SKL_CALL_UNMAP:
        return change_tables(cpu, [&](auto& space) { return space.unmap(call.rdi, call.rsi); });
    case SKL_CALL_PROTECT:
        return change_tables(cpu, [&](auto& space) { return space.protect(call.rdi, call.rsi, call.rdx); });
    case SKL_CALL_SET_UPCALL:
        return call_set_upcall(cpu, call);
    case SKL_CALL_START:
        return start_sibling(cpu, call.rdi, call.rsi, call.rdx, call.r8);
    case SKL_CALL_STOP:
        return stop_sibling(cpu, call.rdi);
    case SKL_CALL_LOG:
        return call_log(cpu, call);
    case SKL_CALL_EXIT:
        call_exit(cpu, call);
    default:
        return answer(Error::not_implemented);
    }
}
