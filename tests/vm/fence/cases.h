// SPDX-License-Identifier: MIT
// The cases, by number; fence.py knows them by the same order.
#pragma once

#define FENCE_CASES(X)                                                                                                                    \
    X(hello) X(null_read) X(jump_to_data) X(stack_overflow) X(divide_by_zero) X(clear_interrupts) X(halt_cpu) X(write_msr) X(load_idt)    \
    X(port_out) X(endless_loop) X(nested_exception) X(abort_with_panic) X(bad_calls) X(timer_upcalls) X(exception_upcalls) X(wait_sleeps)  \
    X(host_event) X(map_and_protect) X(tables_run_out) X(random_changes) X(store_everywhere) X(store_random) X(kick_and_wait)             \
    X(shootdown) X(stop_and_restart) X(kernel_pointers) X(control_words) X(sleep_until_parked) X(kick_host) X(count_calls) X(sysenter)    \
    X(stress) X(hold_on) X(wait_through)

enum CaseNumber {
#define FENCE_NUMBER(name) case_##name,
    FENCE_CASES(FENCE_NUMBER)
#undef FENCE_NUMBER
    case_count
};

#define FENCE_DECLARE(name) void name();
FENCE_CASES(FENCE_DECLARE)
#undef FENCE_DECLARE
