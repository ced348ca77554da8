# SPDX-License-Identifier: MIT
"""The fence on a live node: whatever the isle does, the node goes on, the report names the cause, and the next launch works."""
import signal

import host
import pytest

# The signal, and the cause as the report has it.
FAULTS = {
    "null-read": (signal.SIGSEGV, "page fault (#PF): reading address 0x0"),
    "null-write": (signal.SIGSEGV, "page fault (#PF): writing address 0x0"),
    "null-call": (signal.SIGSEGV, "page fault (#PF): executing address 0x0"),
    "execute-data": (signal.SIGSEGV, "page fault (#PF): executing address"),
    "write-text": (signal.SIGSEGV, "page fault (#PF): writing address"),
    "stack-overflow": (signal.SIGSEGV, "page fault (#PF): writing address"),
    "divide-by-zero": (signal.SIGFPE, "division by zero or overflow (#DE)"),
    "undefined": (signal.SIGILL, "invalid instruction (#UD)"),
    "cli": (signal.SIGSEGV, "general protection fault (#GP)"),
    "hlt": (signal.SIGSEGV, "general protection fault (#GP)"),
    "wrmsr": (signal.SIGSEGV, "general protection fault (#GP)"),
    "lidt": (signal.SIGSEGV, "general protection fault (#GP)"),
    "out": (signal.SIGSEGV, "general protection fault (#GP)"),
    "int3": (signal.SIGTRAP, "breakpoint (#BP)"),
    "abort": (signal.SIGABRT, "Aborted"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulting_isle_is_reported_and_gone(pool, fault):
    number, cause = FAULTS[fault]
    # Through a shell, as users start it: the proxy dies of the signal itself, which the shell tells as 128 + signal.
    done = host.run("sh", "-c", f"{host.program('fault')} {fault}; exit $?", user=host.USER, env=host.METAL)
    assert done.returncode == 128 + number, done.stderr
    # Where the program was: in the function of the fault's name, called by main.
    for words in (cause, "rip", "rsp", f"{fault.replace('-', '_')}+", "fault.c:") + (() if fault == "stack-overflow" else ("main+",)):
        assert words in done.stderr, f"{words} is missing: {done.stderr}"
    assert host.isle("hello", "again").returncode == 0
