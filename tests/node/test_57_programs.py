# SPDX-License-Identifier: MIT
"""Every program of tests/app/programs on two lent cores of different NUMA nodes: output and exit status are those of its Linux build in this
node. What a program starts runs on Linux's own cores, beside the isle."""
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import host
import pytest

sys.path.insert(0, str(host.TOP / "tests/app/programs"))
from cases import cases_of  # noqa: E402

SOURCES = host.TOP / "tests/app/programs"
LINUX, ISLES = host.TOP / "build/release/tests/app/programs/linux", host.PREFIX / "x86_64-hermit/extra/tests"
PLACE = Path("/tmp/programs")  # one name for both: some programs print it
NOT_EMULATED = {"float_traps"}  # the processor of this node never raises them
TWO = "1,3"


def programs() -> list[str]:
    return sorted({path.stem for kind in ("c", "cpp", "f90") for path in SOURCES.glob(f"*.{kind}")} - NOT_EMULATED)


def outcome(launch, path: object, case: tuple, **options) -> tuple[int, str]:
    """Exit status, as a shell has it, and output, of a program that the ordinary user starts in a directory that he may write to."""
    arguments, text, variables = case
    variables = variables | options.pop("env", {})
    PLACE.mkdir()
    PLACE.chmod(0o777)
    try:
        done = launch(path, *arguments, user=host.USER, cwd=PLACE, timeout=300, env=variables, input=text.decode(), **options)
    finally:
        shutil.rmtree(PLACE)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode, done.stdout


@pytest.fixture
def on_linux(untouched):
    """Where Linux has all CPUs: some programs count them."""
    return {(name, number): outcome(host.run, LINUX / name, case) for name in programs() for number, case in enumerate(cases_of(name))}


def test_every_program_does_as_on_linux(on_linux):
    host.load()
    host.reserve(TWO)
    host.settle()
    different = []
    for (name, number), expected in on_linux.items():
        found = outcome(host.isle, ISLES / name, cases_of(name)[number], env={"HERMIT_CPUS": TWO})
        if found != expected:
            different.append(f"{name} {number}: {found} instead of {expected}")
    assert not different, "\n".join(different)
    assert len(on_linux) > 40


def test_a_child_has_nothing_of_the_isle(pool):
    """It inherits what the program has opened: not the module's device, and not a page of the isle."""
    asks = "ls -l /proc/self/fd | wc -l; ls -l /proc/self/fd; cat /proc/self/maps"
    linux, isle = host.run("sh", "-c", asks, user=host.USER), host.isle("shell", asks)
    assert isle.returncode == 0 and isle.stdout.splitlines()[0] == linux.stdout.splitlines()[0], isle.stdout + isle.stderr
    assert "skellig" not in isle.stdout


def test_the_keyboard_is_the_commands(pool):
    """SIGINT to the whole group, as a terminal sends it, ends the command; the program goes on and says what has ended it."""
    one = host.start_living("shell", "echo ready; exec sleep 60", stdout=subprocess.PIPE, text=True)
    assert one.stdout.readline() == "ready\n"
    os.killpg(one.pid, signal.SIGINT)
    assert one.wait(60) == 128 + signal.SIGINT
