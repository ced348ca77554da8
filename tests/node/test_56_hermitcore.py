# SPDX-License-Identifier: MIT
"""HermitCore's interface and programs of its kind on lent cores, where a `syscall` instruction is the processor's own invalid opcode."""
import tempfile
from pathlib import Path

import host
import pytest

API = host.TOP / "build/release/tests/app/hermitcore"
BENCHMARKS = host.PREFIX / "x86_64-hermit/extra/benchmarks"
NODE = host.METAL["HERMIT_ISLE"]


@pytest.fixture
def place():
    """A directory that the ordinary user may write to."""
    with tempfile.TemporaryDirectory() as path:
        Path(path).chmod(0o777)
        yield path


def content(*command: object) -> str:
    """What a program says that judges itself; it must not have found fault."""
    done = host.isle(*command, timeout=300)
    assert done.returncode == 0 and done.stderr == "", done.stdout + done.stderr
    assert [line for line in done.stdout.splitlines() if line.endswith(": no")] == []
    return done.stdout


def test_serves_the_syscall_instruction(pool, place):
    done = host.isle(API / "by_number", timeout=300, cwd=place)
    assert done.returncode == 0 and "to the end: yes" in done.stdout and ": no\n" not in done.stdout, done.stdout + done.stderr


def test_knows_its_number(pool, place):
    done = host.isle(API / "machine", NODE, timeout=300, cwd=place)
    assert done.returncode == 0 and "isle: yes" in done.stdout and ": no\n" not in done.stdout, done.stdout + done.stderr


def test_tasks_and_contexts(pool):
    assert "to the end: yes" in content(API / "tasks")
    assert "to the end: yes" in content(API / "contexts")


def test_programs_as_hermitcore_shipped_them(pool):
    assert content("thr_hello").splitlines() == [f"Hello from thread {number} of 4" for number in range(4)]
    assert content("pi") == "Pi: 3.141592654\n"
    assert "Hello from Fortran!" in content("hellof")
    assert "Solution validates: yes" in content(BENCHMARKS / "stream")
    assert "wrong answers: 0" in content(BENCHMARKS / "basic")
