# SPDX-License-Identifier: MIT
"""The device driven by hand: what must be refused, whose death ends an enclave, and nonsense from an ordinary user."""
import subprocess

import host


def test_refuses_what_it_must(pool):
    done = host.run(host.program("misuse"), user=host.USER)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_child_that_keeps_the_descriptor_does_not_keep_the_enclave(pool):
    # Its output goes nowhere: the child would keep a pipe of ours open.
    subprocess.run([host.program("orphan"), "8"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    host.settle(6)
    assert host.isle("hello").returncode == 0
    host.wait_until(lambda: host.run("pgrep", "-x", "orphan").returncode != 0, 15, "the child has gone")


def test_survives_nonsense_from_an_ordinary_user(pool):
    for seed in (1, 2, 3):
        done = host.run(host.program("fuzz"), seed, 500, user=host.USER)
        assert done.returncode == 0, done.stderr
        host.settle()
    assert host.isle("hello").returncode == 0
