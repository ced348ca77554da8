# SPDX-License-Identifier: MIT
"""The audit: what of the node must be the same before and after, and how it differs."""
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

WARNING = 4  # syslog level; smaller is worse
# An unsigned module from outside the tree says so once; that is known and wanted.
EXPECTED_LINES = re.compile(r"skellig: (loading out-of-tree module taints kernel|module verification failed)")
# Linux's remarks on test programs that ask for more memory than there is, start others without arguments to see what happens, and have code on
# their stacks.
PROGRAM_LINES = re.compile(r"__vm_enough_memory: |process '\w+' launched '\S+' with NULL argv|process '\S+' started with executable stack")
# Linux noticing that the emulator's host gave it no time: nothing that this node did.
STARVED_LINES = re.compile(r"hrtimer: interrupt took \d+ ns|perf: interrupt took too long")


def text(path: str) -> str:
    return Path(path).read_text().strip()


def memory_states() -> dict[str, str]:
    return {block.name: text(f"{block}/state") for block in sorted(Path("/sys/devices/system/memory").glob("memory[0-9]*"))}


def memory_total() -> int:
    return int(re.search(r"MemTotal:\s+(\d+)", text("/proc/meminfo"))[1])


def device_holders() -> list[int]:
    """Processes that have /dev/skellig open."""
    holders = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(link) == "/dev/skellig":
                holders.append(int(link.parts[2]))
        except OSError:
            pass  # gone meanwhile
    return holders


def module_references() -> int | None:
    path = Path("/sys/module/skellig/refcnt")
    return int(path.read_text()) if path.exists() else None


def kernel_records() -> list[tuple[int, int, str]]:
    """(sequence, level, line) of the kernel's log."""
    records = []
    log = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
    try:
        while True:
            try:
                record = os.read(log, 8192).decode(errors="replace")
            except BlockingIOError:
                return records
            except BrokenPipeError:
                continue  # overwritten meanwhile: the next read goes on
            head, _, line = record.partition(";")
            priority, sequence, *_ = head.split(",")
            records.append((int(sequence), int(priority) & 7, line.splitlines()[0] if line else ""))
    finally:
        os.close(log)


@dataclass
class Snapshot:
    """The state of the node that lending must leave as it was."""
    online: str = field(default_factory=lambda: text("/sys/devices/system/cpu/online"))
    usable: int = field(default_factory=lambda: len(os.sched_getaffinity(1)))
    memory_kib: int = field(default_factory=memory_total)
    iomem: str = field(default_factory=lambda: text("/proc/iomem"))
    blocks: dict[str, str] = field(default_factory=memory_states)
    holders: list[int] = field(default_factory=device_holders)
    references: int | None = field(default_factory=module_references)
    log_end: int = field(default_factory=lambda: max((record[0] for record in kernel_records()), default=-1))


def new_warnings(since: Snapshot) -> list[str]:
    return [line for sequence, level, line in kernel_records()
            if sequence > since.log_end and level <= WARNING and not EXPECTED_LINES.search(line)
            and not any(lines.match(line) for lines in (STARVED_LINES, PROGRAM_LINES))]


def changed_lines(before: str, after: str) -> str:
    old, new = before.splitlines(), after.splitlines()
    return "; ".join([f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old])


def findings(before: Snapshot) -> list[str]:
    """Everything that is not as it was; empty is clean."""
    after = Snapshot()
    found = [f"kernel log: {line}" for line in new_warnings(before)]
    for name in ["online", "usable", "memory_kib", "holders", "references"]:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(f"{name}: {old} before, {new} after")
    if before.iomem != after.iomem:
        found.append(f"iomem: {changed_lines(before.iomem, after.iomem)}")
    for block in before.blocks.keys() | after.blocks.keys():
        old, new = before.blocks.get(block), after.blocks.get(block)
        if old != new:
            found.append(f"{block}: {old} before, {new} after")
    return found
