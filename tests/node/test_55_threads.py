# SPDX-License-Identifier: MIT
"""Programs with threads on lent cores: on one, and again and again on two of different NUMA nodes, with the output that they have on Linux."""
import host
import pytest

PROGRAMS = ["threads", "cancellation", "affinity", "exceptions", "concurrency", "openmp"]
LINUX = host.TOP / "build/release/tests/app/programs/linux"
TWO = "1,3"


@pytest.fixture
def on_linux(untouched):
    """What each program prints where Linux has all CPUs: some count them."""
    done = {name: host.run(LINUX / name, timeout=300) for name in PROGRAMS}
    return {name: (one.returncode, one.stdout) for name, one in done.items()}


@pytest.fixture
def two_cores(on_linux):
    host.load()
    host.reserve(TWO)
    host.settle()
    return on_linux


def same(name: str, expected: dict, **options) -> None:
    isle = host.isle(name, timeout=300, **options)
    assert (isle.returncode, isle.stdout) == expected[name], isle.stderr


def test_programs_with_threads_on_one_core(on_linux):
    host.fill_pool()
    for name in PROGRAMS:
        same(name, on_linux)


def test_threads_and_exceptions_again_and_again(two_cores):
    for _ in range(host.rounds(50)):
        same("exceptions", two_cores, env={"HERMIT_CPUS": TWO})
