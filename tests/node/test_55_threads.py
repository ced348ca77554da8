# SPDX-License-Identifier: MIT
"""Programs with threads on lent cores: on one, and on two of different NUMA nodes, with the output that they have on Linux."""
import host
import pytest

PROGRAMS = ["threads", "cancellation", "affinity", "exceptions", "concurrency"]
LINUX = host.TOP / "build/release/tests/app/programs/linux"
TWO = "1,3"


@pytest.fixture
def two_cores(module):
    host.reserve(TWO)
    host.settle()


def same_as_linux(name: str, **options) -> None:
    isle, linux = host.isle(name, timeout=300, **options), host.run(LINUX / name, timeout=300)
    assert (isle.returncode, isle.stdout) == (linux.returncode, linux.stdout), isle.stderr


def test_programs_with_threads_on_one_core(pool):
    for name in PROGRAMS:
        same_as_linux(name)


def test_programs_with_threads_on_two_cores(two_cores):
    for name in PROGRAMS:
        same_as_linux(name, env={"HERMIT_CPUS": TWO})


def test_threads_and_exceptions_again_and_again(two_cores):
    for _ in range(host.rounds(50)):
        same_as_linux("exceptions", env={"HERMIT_CPUS": TWO})
