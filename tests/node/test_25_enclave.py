# SPDX-License-Identifier: MIT
"""Module and monitor alone, by ioctls and isles of a few instructions: no proxy, no library kernel."""
import ctypes
import os
import re
import resource
import select
import subprocess
import sys
import time
from pathlib import Path

import host
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "module"))
import device  # noqa: E402
from device import Device, Refused  # noqa: E402
from tiny_isle import ANSWER, CRASH, EXIT, MIB, RING, SPIN, Isle  # noqa: E402

PAGE = 4096
EXITED, EXCEPTION, STOPPED_FROM_OUTSIDE = 1, 3, 6


@pytest.fixture
def small_pool(module):
    """CPU 3 and 128 MiB of node 1, taken without memory hotplug."""
    with Device() as admin:
        admin.reserve(3)
        admin.memory(device.CONTIG, size=128 * MIB, node=1)
        yield admin
        host.settle()
        admin.memory(device.CONTIG_RETURN, node=1)
        admin.release(3)


def refused(action, *arguments, **named) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*arguments, **named)
    return caught.value


def block_state(pa: int) -> Path:
    size = int(Path("/sys/devices/system/memory/block_size_bytes").read_text(), 16)
    return Path(f"/sys/devices/system/memory/memory{pa // size}/state")


def removable_block() -> tuple[int, int]:
    """Physical address and size of an online block of node 1 that Linux lets go."""
    size = int(Path("/sys/devices/system/memory/block_size_bytes").read_text(), 16)
    blocks = Path("/sys/devices/system/node/node1").glob("memory[0-9]*")
    movable = sorted(int(block.name[6:]) for block in blocks if (block / "valid_zones").read_text().startswith("Movable"))
    return movable[len(movable) // 2] * size, size


def test_names_why_cpus_are_refused(module):
    with Device() as admin:
        assert refused(admin.reserve, 0).reason == "CPU_ZERO"
        assert refused(admin.reserve, 99).reason == "NO_SUCH_CPU"
        assert refused(admin.reserve, 2, 3).reason == "LAST_CPU"
        admin.reserve(3)
        again = refused(admin.reserve, 1, 3)
        assert (again.reason, again.refusal.cpu) == ("CPU_LENT", 3)
        assert refused(admin.release, 1).reason == "NOT_IN_POOL"
        assert [cpu.cpu for cpu in admin.status()[0]] == [3]
        admin.release(3)


def test_an_announcement_ends_with_its_file(module):
    pa, size = removable_block()
    with Device() as admin:
        admin.memory(device.TAKE, pa, size)
        assert refused(admin.memory, device.TAKE, pa, size).reason == "MEMORY_BUSY"
    with Device() as admin:
        block_state(pa).write_text("offline")
        assert admin.status()[1] == []
        block_state(pa).write_text("online_movable")


def test_a_return_not_carried_out_ends_with_its_file(module):
    pa, size = removable_block()
    with Device() as admin:
        admin.memory(device.TAKE, pa, size)
        block_state(pa).write_text("offline")
        admin.memory(device.RETURN, pa, size)
        assert admin.status()[1] == []
    with Device() as admin:
        with pytest.raises(PermissionError):
            block_state(pa).write_text("online_movable")
        admin.memory(device.RETURN, pa, size)
        block_state(pa).write_text("online_movable")
        assert admin.status()[1] == []


def test_a_block_found_offline_is_adopted_and_left_offline(module):
    pa, size = removable_block()
    block_state(pa).write_text("offline")
    with Device() as admin:
        assert refused(admin.memory, device.TAKE, pa, size).reason == "MEMORY_RANGE"
        admin.memory(device.ADOPT, pa, size)
        assert {piece.source for piece in admin.status()[1]} == {2}
        admin.memory(device.RETURN, pa, size)
        assert admin.status()[1] == []
    assert block_state(pa).read_text().strip() == "offline"
    block_state(pa).write_text("online_movable")


def test_takes_only_memory(module):
    size = int(Path("/sys/devices/system/memory/block_size_bytes").read_text(), 16)
    with Device() as admin:
        for pa in [0xc0000000, 1 << 40, (1 << 64) - size]:
            assert refused(admin.memory, device.TAKE, pa, size).reason == "MEMORY_RANGE"
        assert refused(admin.memory, device.TAKE, PAGE, size).reason == "MEMORY_RANGE"


def present_on(node):
    return int(re.search(r"MemTotal:\s+(\d+) kB", Path(f"/sys/devices/system/node/node{node}/meminfo").read_text())[1]) << 10


def available():
    return int(re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())[1]) << 10


SAMPLER = """
import re, select, sys
lowest = 1 << 60
print("begins", file=sys.stderr, flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    with open(sys.argv[1]) as file:
        lowest = min(lowest, int(re.search(r"MemFree: +([0-9]+) kB", file.read())[1]))
print(lowest << 10)
"""


def lowest_free(node, act):
    """What was free on the node while act() ran, at the least."""
    with subprocess.Popen([sys.executable, "-c", SAMPLER, f"/sys/devices/system/node/node{node}/meminfo"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as sampler:
        sampler.stderr.readline()
        act()
        return int(sampler.communicate()[0])


def test_more_contig_than_there_is_is_refused_at_once(module):
    with Device() as admin:
        usual = lowest_free(1, lambda: time.sleep(0.1))
        refusals = []
        least = lowest_free(1, lambda: refusals.append(refused(admin.memory, device.CONTIG, size=1 << 40, node=1)))
        assert refusals[0].reason == "NO_MEMORY"
        assert least > usual // 2, "Linux was emptied for it"


def test_contig_is_all_or_nothing(module):
    with Device() as admin:
        whole = present_on(1) & -2 * MIB
        assert whole < available(), "else it would be refused before anything is taken"
        assert refused(admin.memory, device.CONTIG, size=whole, node=1).reason == "NO_MEMORY"
        assert admin.status()[1] == []
        admin.memory(device.CONTIG, size=6 * MIB, node=0)
        assert {(piece.node, piece.source) for piece in admin.status()[1]} == {(0, 1)}
        assert admin.memory(device.CONTIG_RETURN, node=0) == 6 * MIB


def test_an_isle_runs_and_ends(small_pool):
    with Isle(EXIT) as isle:
        assert isle.device.wait() & device.STOPPED
        record = isle.device.record()
        assert (record.kind, record.status) == (EXITED, 42)
        assert isle.device.log() == b"hello"


def test_an_exception_is_recorded(small_pool):
    with Isle(CRASH) as isle:
        assert isle.device.wait() & device.STOPPED
        record = isle.device.record()
        assert (record.kind, record.vector, record.address) == (EXCEPTION, 14, 0)
        assert device.IMAGE_BASE <= record.rip < device.IMAGE_BASE + PAGE


def test_an_endless_isle_is_paused_resumed_and_stopped(small_pool):
    with Isle(SPIN) as isle:
        host.wait_until(lambda: isle.rounds > 0, 10, "the isle counts")
        isle.device.pause()
        before = isle.rounds
        time.sleep(0.2)
        assert isle.rounds == before
        isle.device.resume()
        host.wait_until(lambda: isle.rounds > before, 10, "the isle counts again")
        isle.device.stop()
        assert isle.device.wait() == device.STOPPED
        assert isle.device.record().kind == STOPPED_FROM_OUTSIDE
        assert refused(isle.device.pause).error == 3


def test_kick_and_ring(small_pool):
    with Isle(ANSWER) as isle:
        for _ in range(200):
            isle.device.kick()
            assert isle.device.wait() == device.RUNG
        assert isle.rounds == 200
        assert isle.device.wait(0.05) == 0


def test_poll_tells_of_ring_and_end(small_pool):
    with Isle(ANSWER) as isle:
        poll = select.poll()
        poll.register(isle.device.fd, select.POLLIN)
        assert poll.poll(20) == []
        isle.device.kick()
        assert poll.poll(10000) == [(isle.device.fd, select.POLLIN)]
        assert isle.device.wait() == device.RUNG
        isle.device.stop()
        assert poll.poll(10000) == [(isle.device.fd, select.POLLIN | select.POLLHUP)]


def doorbells() -> int:
    line = re.search(r"^\s*\d+:([\s\d]+)\sskellig", Path("/proc/interrupts").read_text(), re.MULTILINE)
    return sum(int(count) for count in line[1].split())


def test_an_isle_that_only_rings_costs_one_interrupt_for_each_wait(small_pool):
    at_first = doorbells()
    with Isle(RING) as isle:
        host.wait_until(lambda: isle.rounds > 1000, 10, "the isle rings")
        host.wait_until(lambda: doorbells() > at_first, 10, "the first ring has arrived")
        before = at_first + 1
        time.sleep(0.2)
        assert doorbells() == before
        waits = sum(isle.device.wait() == device.RUNG for _ in range(20))
        assert waits == 20
        assert doorbells() - before <= 21


def test_maps_two_mebibytes_at_a_time(small_pool):
    if "-rt-" in os.uname().release:
        pytest.skip("PREEMPT_RT kernels map 4 KiB at a time")
    with Device() as opened:
        made = opened.create(memory=64 * MIB)
        own = next(extent for extent in made.extent[:made.extents] if extent.kind == 0)
        opened.map(own.va, own.size)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for address in range(own.va, own.va + own.size, PAGE):
            device.c_uint64.from_address(address).value = address
        assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < 2 * own.size // device.UNIT


@pytest.mark.parametrize("address, named, error", [
    (device.OWN_BASE, {"flags": 2}, "Invalid argument"),                       # private
    (device.OWN_BASE, {"protection": 5}, "Operation not permitted"),           # to execute
    (device.OWN_BASE, {"offset": device.OWN_BASE + PAGE}, "Invalid argument"),  # not at its own address
    (device.OWN_BASE, {"offset": 0}, "Invalid argument"),
    (device.OWN_BASE - PAGE, {}, "No such device or address"),                 # before and behind what there is
    (device.PUBLIC_BASE + 64 * MIB, {}, "No such device or address"),
    (device.IMAGE_BASE + device.UNIT, {}, "No such device or address"),
])
def test_refuses_mappings(small_pool, address, named, error):
    with Device() as opened:
        opened.create(memory=16 * MIB)
        with pytest.raises(OSError, match=error):
            opened.map(address, PAGE, **named)


def test_only_its_own_process_may_map_it(small_pool):
    with Device() as opened:
        opened.create(memory=16 * MIB)
        child = os.fork()
        if child == 0:
            try:
                opened.map(device.OWN_BASE, PAGE)
                os._exit(1)
            except PermissionError:
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 0


def test_a_debugger_reads_and_writes_it(small_pool):
    with Isle(SPIN, start=False) as isle, open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(isle.own.va)
        memory.write(b"from outside")
        assert ctypes.string_at(isle.own.va, 12) == b"from outside"
        memory.seek(isle.own.va)
        assert memory.read(12) == b"from outside"


def test_memory_is_zero_at_launch(small_pool):
    for _ in range(3):  # the pool is smaller than what these use together
        with Device() as opened:
            made = opened.create(memory=64 * MIB)
            own = next(extent for extent in made.extent[:made.extents] if extent.kind == 0)
            opened.map(own.va, own.size)
            assert not any(device.c_uint64.from_address(address).value for address in range(own.va, own.va + own.size, PAGE))
            for address in range(own.va, own.va + own.size, PAGE):
                device.c_uint64.from_address(address).value = 0x5ec2e7


def test_becoming_another_program_ends_the_enclave(small_pool):
    here = Path(__file__).resolve().parent / "module"
    script = ("import os, sys; sys.path.insert(0, sys.argv[1]); import tiny_isle as t; i = t.Isle(t.SPIN); "
              "os.set_inheritable(i.device.fd, True); print('up', flush=True); os.execlp('sleep', 'sleep', '5')")
    with subprocess.Popen([sys.executable, "-B", "-c", script, str(here)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"up\n"
        host.wait_until(lambda: host.status()[2] == 0, 4, "the enclave ends while sleep holds its file")
        process.kill()


def test_start_checks_segments(small_pool):
    base, both = device.IMAGE_BASE, device.READ | device.EXECUTE
    cases = [[], [(base, PAGE, 7)], [(base, PAGE, 0)], [(base, PAGE, 8 | both)], [(base, 2 * device.UNIT, both)], [(base - PAGE, PAGE, both)],
             [(base + 1, PAGE, both)], [(base, 0, both)], [(base, PAGE, device.READ)], [(base, PAGE, both), (base, PAGE, device.READ)],
             [(base, (1 << 64) - PAGE, both)], [((1 << 64) - PAGE, PAGE, both)]]
    with Device() as opened:
        opened.create(memory=16 * MIB)
        for segments in cases:
            assert refused(opened.start, base, *segments).reason == "ARGUMENT", segments
        assert refused(opened.start, base + PAGE, (base, PAGE, both)).reason == "ARGUMENT"


def test_create_says_what_is_missing(small_pool):
    host.settle()  # a CPU that still scrubs is not free
    with Device() as opened:
        assert refused(opened.create, memory=1 << 40).reason == "NO_MEMORY"
        few = refused(opened.create, count=2)
        assert (few.reason, few.refusal.value) == ("NO_CPUS", 1)
        assert refused(opened.create, node=0).reason == "POOL_EMPTY"
        assert refused(opened.create, cpus=[2]).reason == "NOT_IN_POOL"
        assert refused(opened.create, image_base=1).reason == "ARGUMENT"
        assert refused(opened.create, image_size=0).reason == "ARGUMENT"
        opened.create()
        assert refused(opened.create).reason == "STATE"
        with Device() as other:
            busy = refused(other.create)
            assert (busy.reason, busy.refusal.pid) == ("NO_CPUS", os.getpid())


def test_the_node_does_not_sleep_while_something_is_lent(small_pool):
    for state in Path("/sys/power/state").read_text().split():
        with pytest.raises(OSError, match="busy"):
            Path("/sys/power/state").write_text(state)
