# SPDX-License-Identifier: MIT
"""The same again and again: nothing may add up."""
import random
import re
import signal
import subprocess
import time

import audit
import host

SLAB_KIB = 2048  # Linux's own caches breathe; fifty leaks of a page table would show


def slab_kib() -> int:
    return int(re.search(r"SUnreclaim:\s+(\d+)", audit.text("/proc/meminfo"))[1])


def test_fifty_launches_in_a_row(pool):
    host.isle("hello")  # caches of the first launch
    before = slab_kib()
    for index in range(host.rounds(50)):
        done = host.isle("hello", index)
        assert done.returncode == 0, done.stderr
        assert str(index) in done.stdout
    assert slab_kib() - before < SLAB_KIB


def test_the_proxy_killed_at_random_moments(pool):
    moments = random.Random(20)
    for _ in range(host.rounds(20)):
        isle = host.start("ticks", stdout=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, 0.8))
        isle.send_signal(signal.SIGKILL)
        isle.wait()
        host.settle()
    assert host.isle("hello", "again").returncode == 0
