# SPDX-License-Identifier: MIT
"""What launches must not leave behind: a census before and after, and what has become more."""
import contextlib
import ctypes
import mmap
import os
import re
import statistics
import time
from pathlib import Path

from world import status

PATIENCE = 60  # seconds; others use this machine too, and what goes away by itself was not ours
MEMORY_BOUND = 16  # MiB, for all launches together; one isle has 64
PR_SET_CHILD_SUBREAPER = 36


class Left(AssertionError):
    def __init__(self, more):
        super().__init__("left behind: " + "; ".join(f"{kind}: {what}" for kind, what in more.items()))
        self.kinds = set(more)


def figure(text, name):
    return int(re.search(rf"^{name}:\s+(\d+) kB", text, re.M).group(1))


def free_memory():
    """MiB available, kept at hand by each CPU (hundreds of MiB, which no other figure shows), or set aside as huge pages."""
    text = Path("/proc/meminfo").read_text()
    at_hand = sum(map(int, re.findall(r"^ +count: +(\d+)$", Path("/proc/zoneinfo").read_text(), re.M))) * mmap.PAGESIZE / 1024
    return (figure(text, "MemAvailable") + figure(text, "Hugetlb") + at_hand) / 1024


def owned_memory():
    """MiB that living processes account for, each by its share."""
    owned = 0
    for rollup in Path("/proc").glob("[0-9]*/smaps_rollup"):
        try:
            text = rollup.read_text()
        except OSError:  # ended, or another user's
            continue
        if text:
            owned += figure(text, "Pss_Anon") + figure(text, "Pss_Shmem")
    return owned / 1024


def memory():
    """MiB that are free or somebody's: what others take or give back does not change it, only what nobody has any more."""
    free = free_memory()
    owned = owned_memory()
    return (free + free_memory()) / 2 + owned  # the machine does not stand still meanwhile


def descriptors():
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that reads this folder
            found[int(entry.name)] = os.readlink(entry)
    return found


def processes():
    """All that come from this one, with their states; a zombie is one too."""
    parents = {int(entry.name): status(entry.name) for entry in Path("/proc").glob("[0-9]*")}
    found, last = {}, {os.getpid()}
    while last:
        last = {pid for pid, (_, parent) in parents.items() if parent in last}
        found |= {pid: parents[pid][0] for pid in last}
    return found


def shared_files():
    """What stands in shared memory, but for the machines of the fence tests, which may run beside us."""
    return {name for name in os.listdir("/dev/shm") if not name.startswith("skellig-fence-")}


def guests_in_huge_pages():
    """MiB of the files in huge pages that a living process holds: the memory of everybody's isles."""
    files = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ends meanwhile
            for entry in os.scandir(process / "fd"):
                with contextlib.suppress(OSError):
                    if os.readlink(entry).startswith("/memfd:") and (seen := os.stat(entry)).st_blksize >= 2 << 20:
                        files[seen.st_dev, seen.st_ino] = seen.st_blocks // 2048
    return sum(files.values())


def huge_pages():
    """MiB in huge pages that are taken or promised, but not by a living process that holds them as an isle's memory."""
    count = lambda size, name: int((size / name).read_text())
    taken = sum((count(size, "nr_hugepages") - count(size, "free_hugepages") + count(size, "resv_hugepages")) * int(size.name[10:-2])
                for size in Path("/sys/kernel/mm/hugepages").glob("*"))
    return taken // 1024 - guests_in_huge_pages()


class Census:
    def __init__(self):
        self.descriptors, self.processes, self.files, self.huge = descriptors(), processes(), shared_files(), huge_pages()
        self.memory = statistics.median(memory() for _ in range(5))

    def more_than(self, before):
        """By kind, what is there now and was not before."""
        more = {
            "descriptors": [f"{number} {what}" for number, what in self.descriptors.items() if number not in before.descriptors],
            "processes": [f"{pid} {state}" for pid, state in self.processes.items() if state != "Z" and pid not in before.processes],
            "zombies": [pid for pid, state in self.processes.items() if state == "Z" and before.processes.get(pid) != "Z"],
            "shared files": sorted(self.files - before.files),
            "huge pages": f"{self.huge - before.huge} MiB" if self.huge > before.huge else "",
            "memory": f"{before.memory - self.memory:.0f} MiB" if before.memory - self.memory > MEMORY_BOUND else "",
        }
        return {kind: what for kind, what in more.items() if what}


@contextlib.contextmanager
def orphans_come_here():
    """Whoever loses its parent becomes a child of this process instead of init's, so the census sees it."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    assert prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def count(census):
    """Figures for whoever reads the results."""
    return {"descriptors": len(census.descriptors), "processes": len(census.processes), "shared files": len(census.files),
            "huge pages": census.huge}


@contextlib.contextmanager
def nothing_left(patience=PATIENCE):
    """Raises Left if there is more afterwards; fills the dictionary it gives with what was counted."""
    figures = {}
    with orphans_come_here():
        before = Census()
        yield figures
        deadline = time.monotonic() + patience
        while (more := (after := Census()).more_than(before)) and time.monotonic() < deadline:
            time.sleep(1)
    if more:
        raise Left(more)
    figures |= {f"{kind} left": number - count(before)[kind] for kind, number in count(after).items()}
    figures["MiB left"] = round(before.memory - after.memory)
