# SPDX-License-Identifier: MIT
"""Launches in a row that leave nothing behind (leaks.py), and leaks made on purpose that must be noticed."""
import contextlib
import mmap
import os
import signal
import subprocess
import time

import leaks
from world import FULL, case, children_of, gone, machines_of, same, state

MAP_HUGETLB = 0x40000
ROUNDS = int(os.environ.get("SKELLIG_ROUNDS_LAUNCH") or (200 if FULL else 20))


def launch(world, number):
    done = world.run("exit", number % 200)
    same((number, done.returncode, done.stderr), (number, number % 200, ""))


@case
def again_and_again(world):
    with leaks.nothing_left() as figures:
        for number in range(ROUNDS):
            launch(world, number)
    return {"launches": ROUNDS} | figures


def terminate(isle, _):
    isle.terminate()
    return -signal.SIGTERM


def kill(isle, machine):
    keeper, = children_of(isle.pid)
    isle.kill()
    isle.wait(20)
    for orphan in (keeper, machine):
        assert gone(orphan, 20), "QEMU outlives the proxy"
        os.waitpid(orphan, 0)  # as init does for whoever has lost its parent
    return -signal.SIGKILL


def kill_machine(_, machine):
    os.kill(machine, signal.SIGKILL)
    return 125


@case
def ended_by_force_again_and_again(world):
    ways = [terminate, kill, kill_machine]
    with leaks.nothing_left() as figures:
        for way in ways * (ROUNDS // 10):
            with world.start("loop", stderr=subprocess.DEVNULL) as isle:
                same(isle.stdout.readline(), "looping\n")
                machine, = machines_of(isle.pid)
                same((way.__name__, way(isle, machine)), (way.__name__, isle.wait(20)))
    return {"launches": len(ways) * (ROUNDS // 10)} | figures


@contextlib.contextmanager
def descriptor_left():
    number = os.open("/dev/null", os.O_RDONLY)
    yield "descriptors"
    os.close(number)


@contextlib.contextmanager
def process_left():
    """Without a parent, as a machine is whose proxy has gone."""
    number = int(subprocess.run(["sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!"], capture_output=True, text=True, check=True).stdout)
    yield "processes"
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)


@contextlib.contextmanager
def zombie_left():
    number = os.fork()
    if number == 0:
        os._exit(0)
    while state(number) != "Z":
        time.sleep(0.01)
    yield "zombies"
    os.waitpid(number, 0)


@contextlib.contextmanager
def memory_left():
    """Mapped by nobody, held by a descriptor as a guest's memory is."""
    number = os.memfd_create("leak")
    os.posix_fallocate(number, 0, 2 * leaks.MEMORY_BOUND << 20)
    yield "memory"
    os.close(number)


@contextlib.contextmanager
def shared_file_left():
    name = f"/dev/shm/skellig-leak-{os.getpid()}"
    with open(name, "x"):
        yield "shared files"
    os.unlink(name)


@contextlib.contextmanager
def huge_page_left():
    with mmap.mmap(-1, 2 << 20, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | MAP_HUGETLB):
        yield "huge pages"


@case
def leaks_are_noticed(world):
    """One launch of two leaves something: the check of again_and_again says what."""
    seeds = [descriptor_left, process_left, zombie_left, memory_left, shared_file_left]
    with contextlib.suppress(OSError), huge_page_left():  # where there is one to be had
        seeds.append(huge_page_left)
    for seed in seeds:
        with contextlib.ExitStack() as left:
            try:
                with leaks.nothing_left(patience=1):
                    launch(world, 1)
                    kind = left.enter_context(seed())
                    launch(world, 2)
            except leaks.Left as error:
                assert kind in error.kinds, f"{seed.__name__}: {error}"
            else:
                raise AssertionError(f"{seed.__name__}: not noticed")
    return {"kinds of leaks noticed": len(seeds)}
