# SPDX-License-Identifier: MIT
"""Reserving and releasing: what Linux sees of it, what it refuses, and that everything comes back."""
import json
import re
from pathlib import Path

import audit
import host
import pytest

CPU3 = Path("/sys/devices/system/cpu/cpu3/online")
MIB = 1 << 20


def offline_blocks() -> list[str]:
    return [block for block, state in audit.memory_states().items() if state == "offline"]


def test_lent_cpus_and_blocks_are_offline_for_linux(untouched):
    host.load()
    host.reserve("3", "512M@1")
    block_size = int(audit.text("/sys/devices/system/memory/block_size_bytes"), 16)
    assert audit.text("/sys/devices/system/cpu/online") == "0-2"
    assert len(offline_blocks()) == 512 * MIB // block_size
    assert untouched.memory_kib - audit.memory_total() == 512 * 1024
    host.must(host.SKELLIG, "release")
    assert (audit.text("/sys/devices/system/cpu/online"), offline_blocks()) == ("0-3", [])


def test_status_tells_what_is_lent(module):
    host.reserve("3", "256M@1")
    told = json.loads(host.must(host.SKELLIG, "status", "--json"))
    assert [cpu["cpu"] for cpu in told["cpus"]] == [3]
    assert sum(extent["size"] for extent in told["memory"]) == 256 * MIB
    assert {extent["node"] for extent in told["memory"]} == {1}


def test_status_of_an_empty_pool(module):
    told = json.loads(host.must(host.SKELLIG, "status", "--json"))
    assert (told["cpus"], told["memory"]) == ([], [])


def test_nobody_can_online_a_lent_cpu(pool):
    with pytest.raises(PermissionError):
        CPU3.write_text("1")
    assert CPU3.read_text().strip() == "0"


def test_nobody_can_online_lent_memory(pool):
    for block in offline_blocks():
        with pytest.raises(OSError):
            Path(f"/sys/devices/system/memory/{block}/state").write_text("online")
    assert len(offline_blocks()) > 0


def test_reserves_cpus_of_both_nodes(module):
    host.reserve("1,3", "256M@0,256M@1")
    assert audit.text("/sys/devices/system/cpu/online") == "0,2"


def test_a_cpu_found_offline_is_left_offline(module):
    CPU3.write_text("0")
    try:
        host.reserve("3", "256M@1")
        assert [cpu.cpu for cpu in host.status()[0]] == [3]
        host.must(host.SKELLIG, "release")
        assert CPU3.read_text().strip() == "0"
    finally:
        CPU3.write_text("1")


@pytest.mark.parametrize("arguments, named", [
    (["--cpus", "0", "--mem", "128M@1"], "CPU 0"),
    (["--cpus", "64", "--mem", "128M@1"], "64"),
    (["--cpus", "2-3", "--mem", "128M@1"], "node 1|CPU [23]"),
    (["--cpus", "3", "--mem", "900G@1"], "900|memory"),
    (["--cpus", "3", "--mem", "128M@7"], "7"),
    (["--cpus", "three", "--mem", "128M@1"], "three"),
    (["--cpus", "3", "--mem", "some"], "some"),
])
def test_refuses_and_takes_nothing(module, arguments, named):
    done = host.run(host.SKELLIG, "reserve", *arguments)
    assert done.returncode != 0
    assert re.search(named, done.stderr), done.stderr
    assert "hint:" in done.stderr
    assert host.status() == ([], [], 0)
    assert (audit.text("/sys/devices/system/cpu/online"), offline_blocks()) == ("0-3", [])


def test_ordinary_user_cannot_reserve(module):
    done = host.run(host.SKELLIG, "reserve", "--cpus", "3", "--mem", "128M@1", user=host.USER)
    assert done.returncode == 5
    assert "hint:" in done.stderr
    assert host.status() == ([], [], 0)


def test_cpus_that_are_lent_already_are_refused(pool):
    done = host.run(host.SKELLIG, "reserve", "--cpus", "3", "--mem", "0@1")
    assert done.returncode != 0
    assert "3" in done.stderr
    assert len(host.status()[0]) == 1


def test_suspend_is_refused_while_something_is_lent(pool):
    with pytest.raises(OSError):
        Path("/sys/power/state").write_text("freeze")


def test_comes_and_goes_again_and_again(module):
    for _ in range(host.rounds(10)):
        host.reserve()
        host.must(host.SKELLIG, "release")
    assert host.status() == ([], [], 0)
