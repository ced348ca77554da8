# SPDX-License-Identifier: MIT
"""Inside the node: the commands a user or an administrator types, and the module's status by its ioctl."""
import ctypes
import fcntl
import os
import pwd
import subprocess
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PREFIX = Path("/opt/hermit")
SKELLIG = str(PREFIX / "bin/skellig")
DEVICE = "/dev/skellig"
USER = "hermit"
LENT_CPUS = "3"
LENT_MEMORY = "512M@1"
# Built for these tests alone, and staged with the install.
PROGRAMS = [TOP / "build/node-programs", PREFIX / "x86_64-hermit/extra/tests"]
# On the node that has the pool; said so plainly, there is no fall-back to QEMU that could hide trouble.
METAL = {"HERMIT_ISLE": "1"}
FREE = 0  # SKL_POOL_FREE
# A tenth of the rounds in plain runs: a node under emulation takes its time.
FULL = os.environ.get("SKELLIG_ROUNDS") == "full"


told_rounds: list[int] = []  # since the case began; conftest.py writes it down beside the outcome


def rounds(full: int) -> int:
    told_rounds.append(full if FULL else max(1, full // 10))
    return told_rounds[-1]


def run(*command: object, user: str | None = None, timeout: float = 120, env: dict | None = None, **options) -> subprocess.CompletedProcess:
    """Runs a command to its end, its output kept as text."""
    words = [str(word) for word in command]
    if user:
        words = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--init-groups", "--"] + words
    options.setdefault("stdin", subprocess.DEVNULL if "input" not in options else None)
    if options["stdin"] is None:
        del options["stdin"]
    return subprocess.run(words, capture_output=True, text=True, timeout=timeout, env=os.environ | (env or {}), **options)


def must(*command: object, **options) -> str:
    """The output of a command that has to succeed."""
    done = run(*command, **options)
    assert done.returncode == 0, f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def program(name: str) -> str:
    found = [str(place / name) for place in PROGRAMS if (place / name).exists()]
    assert found, f"{name} is not built"
    return found[0]


def isle(*command: object, metal: bool = True, **options) -> subprocess.CompletedProcess:
    """An isle started as the ordinary user types it: the ELF file itself. On metal, without a fall-back that hides trouble."""
    name, *arguments = command
    options["env"] = (METAL if metal else {}) | options.get("env", {})
    options.setdefault("user", USER)
    return run(program(str(name)) if "/" not in str(name) else name, *arguments, **options)


started: list[subprocess.Popen] = []


def start(*command: object, **options) -> subprocess.Popen:
    """An isle left running, in a process group of its own as a shell's job is; `end_started` ends it when the case does not."""
    one = subprocess.Popen([program(str(command[0])), *map(str, command[1:])], env=os.environ | METAL, stdin=subprocess.DEVNULL,
                           process_group=0, **options)
    started.append(one)
    return one


def start_living(*command: object, **options) -> subprocess.Popen:
    one = start(*command, **options)
    wait_until(lambda: status()[2] == 1, 20, "the enclave lives")
    return one


def end_started() -> None:
    while started:
        one = started.pop()
        if one.poll() is None:
            one.kill()
        one.communicate()


def module_file() -> Path:
    return PREFIX / "lib/skellig/modules" / os.uname().release / "skellig.ko"


def loaded() -> bool:
    return Path("/sys/module/skellig").exists()


def wait_until(condition, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not after {seconds} s: {what}"
        time.sleep(0.05)


def device_ready() -> bool:
    """Its group is given by the node's udev, a moment after the device appears."""
    try:
        status = os.stat(DEVICE)
    except FileNotFoundError:
        return False
    return status.st_gid != 0


def load() -> None:
    if not loaded():
        must("insmod", module_file())
        wait_until(device_ready, 10, f"{DEVICE} with group skellig")


def unload() -> None:
    if loaded():
        settle()
        if status() != ([], [], 0):
            must(SKELLIG, "release")
        must("rmmod", "skellig")


def reserve(cpus: str = LENT_CPUS, memory: str = LENT_MEMORY) -> None:
    must(SKELLIG, "reserve", "--cpus", cpus, "--mem", memory)


class PoolCpu(ctypes.Structure):
    _fields_ = [("cpu", ctypes.c_uint32), ("apic_id", ctypes.c_uint32), ("node", ctypes.c_uint32), ("state", ctypes.c_uint32),
                ("enclave", ctypes.c_uint64), ("pid", ctypes.c_int32), ("reserved", ctypes.c_uint32)]


class PoolMemory(ctypes.Structure):
    _fields_ = [("pa", ctypes.c_uint64), ("size", ctypes.c_uint64), ("node", ctypes.c_uint32), ("state", ctypes.c_uint32),
                ("source", ctypes.c_uint32), ("pid", ctypes.c_int32), ("enclave", ctypes.c_uint64)]


class Status(ctypes.Structure):
    _fields_ = [("cpus_at", ctypes.c_uint64), ("memory_at", ctypes.c_uint64), ("cpus", ctypes.c_uint32), ("memory", ctypes.c_uint32),
                ("enclaves", ctypes.c_uint64)]


IOC_STATUS = 3 << 30 | ctypes.sizeof(Status) << 16 | ord("K") << 8 | 0x13


def status() -> tuple[list[PoolCpu], list[PoolMemory], int]:
    """What the module says of its pool: CPUs, memory, living enclaves."""
    cpus, memory = (PoolCpu * 256)(), (PoolMemory * 4096)()
    request = Status(ctypes.addressof(cpus), ctypes.addressof(memory), len(cpus), len(memory), 0)
    device = os.open(DEVICE, os.O_RDWR)
    try:
        fcntl.ioctl(device, IOC_STATUS, request)
    finally:
        os.close(device)
    return cpus[:request.cpus], memory[:request.memory], request.enclaves


def settled() -> bool:
    """No enclave lives, every CPU is parked, all memory is clean again."""
    cpus, memory, enclaves = status()
    return enclaves == 0 and all(entry.state == FREE for entry in [*cpus, *memory])


def settle(seconds: float = 30) -> None:
    wait_until(settled, seconds, "the pool is whole again")


def fill_pool() -> None:
    """Loads the module and reserves, unless that is so already."""
    load()
    if not status()[0]:
        reserve()
    settle()
