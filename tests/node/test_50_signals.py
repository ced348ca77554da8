# SPDX-License-Identifier: MIT
"""Signals and job control: the shell sees what it would see of any program."""
import signal
import subprocess
import time

import host
import pytest


PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGKILL"])
def test_a_signal_ends_the_isle(pool, name):
    isle = host.start_living("spin", 60, **PIPES)
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
    isle = host.start_living("ticks", **PIPES)
    assert isle.stdout.readline() != b""
    isle.send_signal(signal.SIGTSTP)
    host.wait_until(lambda: state_of(isle.pid) == "T", 10, "the proxy is stopped")
    isle.send_signal(signal.SIGCONT)
    after = [isle.stdout.readline() for _ in range(3)]
    assert all(after)
    isle.terminate()
    isle.communicate(timeout=20)
    assert isle.returncode == -signal.SIGTERM


def test_an_isle_that_never_listens_is_ended_and_reported(pool):
    isle = host.start_living("fault", "masked-loop", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    isle.terminate()
    _, report = isle.communicate(timeout=20)
    assert isle.returncode == -signal.SIGTERM
    for words in ("ended by a signal (Terminated) while it held upcalls off", "rip", "rsp", "masked_loop+", "main+", "fault.c:"):
        assert words in report, f"{words} is missing: {report}"
    host.settle()
    assert host.isle("hello", "again").returncode == 0


def test_an_isle_that_listens_or_sleeps_is_ended_without_a_word(pool):
    for program in ["spin", "ticks"]:
        isle = host.start_living(program, 60, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(0.5)
        isle.terminate()
        assert (isle.communicate(timeout=20)[1], isle.returncode) == ("", -signal.SIGTERM)
        host.settle()
