# SPDX-License-Identifier: MIT
"""Signals and job control: the shell sees what it would see of any program."""
import os
import signal
import subprocess
import time

import host
import pytest


def start(*command: object) -> subprocess.Popen:
    isle = subprocess.Popen([host.program(command[0]), *map(str, command[1:])], env=host.METAL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    host.wait_until(lambda: host.status()[2] == 1, 10, "the enclave lives")
    return isle


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGKILL"])
def test_a_signal_ends_the_isle(pool, name):
    isle = start("spin", 60)
    isle.send_signal(signal.Signals[name])
    isle.communicate(timeout=20)
    assert isle.returncode == -signal.Signals[name]


def test_broken_pipe_ends_the_writer_with_141(pool):
    done = host.run("bash", "-c", f"{host.program('yes')} | head -1; echo ${{PIPESTATUS[0]}}", user=host.USER, env=host.METAL, timeout=60)
    assert done.stdout == "y\n141\n", done.stderr


def state_of(pid: int) -> str:
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0]


def test_stop_parks_and_continue_resumes(pool):
    isle = start("ticks")
    assert isle.stdout.readline() != b""
    isle.send_signal(signal.SIGTSTP)
    host.wait_until(lambda: state_of(isle.pid) == "T", 10, "the proxy is stopped")
    isle.send_signal(signal.SIGCONT)
    os.set_blocking(isle.stdout.fileno(), True)
    after = [isle.stdout.readline() for _ in range(3)]
    assert all(after)
    isle.terminate()
    isle.communicate(timeout=20)
    assert isle.returncode == -signal.SIGTERM


def test_an_isle_that_never_listens_is_ended_too(pool):
    isle = start("fault", "masked-loop")
    time.sleep(0.5)
    isle.terminate()
    isle.communicate(timeout=20)
    assert isle.returncode == -signal.SIGTERM
