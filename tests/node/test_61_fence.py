# SPDX-License-Identifier: MIT
"""Stores of an isle to everywhere, on a live node; an isle that only rings; and somebody else who holds the enclave's descriptor."""
import ctypes
import os
import re
import signal
import struct
import subprocess
import sys
from pathlib import Path

import audit
import host
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "module"))
from tiny_isle import TEST_MODULE  # noqa: E402

WINDOW_BASE, MONITOR_BASE = 0xffffc00000000000, 0xffffffff80000000  # address.h
RING_SPACING_NS, RING_BURST = 20_000, 64  # kmod/partition/wait.c


@pytest.fixture
def probing_build():
    """The test build, which tells where things lie, with room for two isles."""
    host.unload()
    before = audit.Snapshot()
    host.must("insmod", TEST_MODULE)
    host.wait_until(host.device_ready, 10, "the device")
    host.reserve("1,3", "256M@1")
    yield
    host.end_started()
    host.settle()
    host.must(host.SKELLIG, "release")
    host.must("rmmod", "skellig")
    assert audit.findings(before) == []


def direct_map() -> int:
    """Where Linux has physical address 0: /proc/kcore is an ELF file whose segments tell."""
    with open("/proc/kcore", "rb") as core:
        header = core.read(64)
        offset, size, count = struct.unpack_from("<Q", header, 32)[0], *struct.unpack_from("<HH", header, 54)
        core.seek(offset)
        segments = core.read(size * count)
    places = []
    for index in range(count):
        kind, _, _, virtual, physical = struct.unpack_from("<IIQQQ", segments, index * size)
        if kind == 1 and physical != 2**64 - 1 and virtual < MONITOR_BASE:
            places.append(virtual - physical)
    assert len(set(places)) == 1, places
    return places[0]


def kernel_symbol(name: str) -> int:
    found = re.search(rf"^([0-9a-f]+) \w {name}(\s|$)", Path("/proc/kallsyms").read_text(), re.M)
    assert found and int(found[1], 16), f"{name} is hidden"
    return int(found[1], 16)


def forbidden(neighbour: int) -> list[int]:
    """Addresses of pages of Linux, of the module, of the monitor and of another enclave: as Linux maps them, as the monitor does, and bare."""
    linux = next(int(line.split("-")[0], 16) for line in Path("/proc/iomem").read_text().splitlines() if line.endswith(": Kernel data"))
    image, root, module = (int(word, 0) for word in Path("/sys/kernel/debug/skellig/places").read_text().split())
    pieces = [piece.pa for piece in host.status()[1] if piece.enclave == neighbour]
    assert linux and pieces
    physical = [linux, image, root, module, *pieces]
    return [base + pa for pa in physical for base in (direct_map(), WINDOW_BASE, 0)] + [
        kernel_symbol("skl_pool"), kernel_symbol("init_task"), kernel_symbol("_text"), MONITOR_BASE, MONITOR_BASE + 0x1000, WINDOW_BASE]


def test_stores_go_nowhere_but_to_its_own_memory(probing_build):
    host.start_living("spin", stdout=subprocess.DEVNULL)
    neighbour = next(cpu.enclave for cpu in host.status()[0] if cpu.enclave)
    addresses = forbidden(neighbour)
    random = 100_000 if host.FULL else 10_000
    done = host.isle("sweep", random, *map(hex, addresses), timeout=600)
    assert done.returncode == 0, done.stderr
    swept = {name: (int(stores), int(faults)) for name, stores, faults in map(str.split, done.stdout.splitlines())}
    assert swept["slots"] == (512, 512)
    assert swept["low"][0] == swept["low"][1] >= 2048 - 8  # all but the image's own 2 MiB
    assert swept["outside"][0] == swept["outside"][1] >= 6
    assert swept["inside"][0] >= 6 and swept["inside"][1] == 0  # the stores that must go through
    assert swept["read-only"][0] == swept["read-only"][1] >= 6
    assert swept["random"][0] == swept["random"][1] >= random * 0.99
    assert swept["named"] == (len(addresses), len(addresses))


def doorbells() -> int:
    """Of Linux's count of interrupts."""
    line = next(line for line in Path("/proc/interrupts").read_text().splitlines() if line.rstrip().endswith("skellig"))
    return sum(int(word) for word in line.split(":")[1].split() if word.isdigit())


def test_ringing_all_the_time_costs_linux_a_bounded_number_of_interrupts(pool):
    before, rings = doorbells(), 20_000
    done = host.isle("ringer", rings)
    assert done.returncode == 0, done.stderr
    took = int(done.stdout)
    # What the rate limit allows in that time, and a few for the launch, its output and its end.
    assert doorbells() - before <= took / RING_SPACING_NS + RING_BURST + 20
    assert host.isle("hello").returncode == 0


def test_whoever_else_holds_the_descriptor_does_not_keep_the_enclave(pool):
    """The real proxy's own descriptor, duplicated into this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    pidfd_open, pidfd_getfd = 434, 438
    isle = host.start_living("ticks", stdout=subprocess.DEVNULL)
    held = next(int(link.name) for link in Path(f"/proc/{isle.pid}/fd").iterdir() if os.readlink(link) == host.DEVICE)
    process = libc.syscall(pidfd_open, isle.pid, 0)
    mine = libc.syscall(pidfd_getfd, process, held, 0)
    assert process >= 0 and mine >= 0, os.strerror(ctypes.get_errno())
    try:
        isle.send_signal(signal.SIGKILL)
        isle.wait()
        host.settle()  # no enclave lives, its CPU is parked, its memory clean again
        assert host.isle("hello").returncode == 0
    finally:
        os.close(mine)
        os.close(process)
