# SPDX-License-Identifier: MIT
"""The fence on a live node: whatever the isle does, the node goes on, the report names the cause, and the next launch works."""
import signal

import host
import pytest

FAULTS = {
    "null-read": signal.SIGSEGV,
    "null-write": signal.SIGSEGV,
    "null-call": signal.SIGSEGV,
    "execute-data": signal.SIGSEGV,
    "write-text": signal.SIGSEGV,
    "stack-overflow": signal.SIGSEGV,
    "divide-by-zero": signal.SIGFPE,
    "undefined": signal.SIGILL,
    "cli": signal.SIGSEGV,
    "hlt": signal.SIGSEGV,
    "wrmsr": signal.SIGSEGV,
    "lidt": signal.SIGSEGV,
    "out": signal.SIGSEGV,
    "abort": signal.SIGABRT,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulting_isle_is_reported_and_gone(pool, fault):
    done = host.isle("fault", fault)
    # The proxy dies of the signal itself, so that a shell answers 128 + signal.
    assert done.returncode in (-FAULTS[fault], 128 + FAULTS[fault]), done.stderr
    if fault != "abort":
        assert "rip" in done.stderr.lower()
        assert "rsp" in done.stderr.lower()
    if fault in ("null-read", "null-write", "divide-by-zero", "cli", "wrmsr"):
        assert "main" in done.stderr, f"no symbolised backtrace: {done.stderr}"
    assert host.isle("hello", "again").returncode == 0
