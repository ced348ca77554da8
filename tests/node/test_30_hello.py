# SPDX-License-Identifier: MIT
"""An isle started by typing its name: output, arguments, environment, exit status; Linux goes on beside it."""
import hashlib
import os
import time
from pathlib import Path

import audit
import host
import pytest


def test_says_hello_to_who_is_named(pool):
    done = host.isle("hello", "world")
    assert (done.returncode, done.stderr) == (0, "")
    assert "world" in done.stdout


def test_notes_which_file_that_was(pool):
    """For same_image.py."""
    assert host.isle("hello", "noted").returncode == 0
    Path("/.node/job/hello.sha256").write_text(hashlib.sha256(Path(host.program("hello")).read_bytes()).hexdigest())


def test_is_started_by_a_shell_as_it_starts_anything(pool):
    folder = os.path.dirname(host.program("hello"))
    done = host.run("bash", "-c", "./hello world; echo status $?", cwd=folder, user=host.USER, env=host.METAL)
    assert "world" in done.stdout
    assert done.stdout.endswith("status 0\n")


def test_metal_is_the_default(pool):
    done = host.isle("hello", "world", metal=False, env={"HERMIT_VERBOSE": "1"})
    assert done.returncode == 0
    assert "qemu" not in done.stderr.lower()


def test_waits_for_no_debugger(pool):
    for where in ({}, host.METAL):
        done = host.isle("hello", "world", metal=False, env={"HERMIT_DEBUG": "1", **where})
        assert (done.returncode, done.stdout) == (125, "")
        assert "lent cores" in done.stderr and "HERMIT_ISLE=qemu" in done.stderr


@pytest.mark.parametrize("status", [0, 1, 42, 255])
def test_passes_the_exit_status_on(pool, status):
    assert host.isle("status", status).returncode == status


def test_gets_arguments_as_they_were_typed(pool):
    arguments = ["plain", "with space", "", "quote\"'", "näive", "x" * 5000]
    done = host.isle("arguments", *arguments)
    assert done.stdout.splitlines()[1:] == arguments


def test_gets_the_environment(pool):
    assert host.isle("environment", "COLOUR", env={"COLOUR": "dark green"}).stdout == "dark green\n"


def test_runs_while_linux_goes_on_beside_it(pool):
    isle = host.start_living("spin", 3)
    assert audit.text("/sys/devices/system/cpu/online") == "0-2"
    beats = 0
    while isle.poll() is None:
        time.sleep(0.1)
        beats += 1
    assert isle.returncode == 0
    assert beats > 5


def test_a_second_isle_is_told_that_the_pool_is_in_use(pool):
    first = host.start_living("spin", 60)
    done = host.isle("hello")
    assert done.returncode == 125
    assert str(first.pid) in done.stderr
    assert "hint:" in done.stderr


def test_takes_the_time_from_linux(pool):
    before = time.time()
    told = float(host.isle("clock").stdout)
    assert before - 1 < told < time.time() + 1
