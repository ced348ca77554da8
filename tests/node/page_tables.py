# SPDX-License-Identifier: MIT
"""Walks the page tables of all isles on a live node from outside, in the file that is the node's RAM: at launch, after an isle has tried
a thousand random mappings, and while somebody overwrites all that proxy and isle share. Needs the test build of the module.

usage: page_tables.py           on the build machine
"""
import json
import mmap
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(TOP / "tests/vm/fence"))
import host  # noqa: E402
from tables import leaves  # noqa: E402

LINE = os.environ.get("SKELLIG_KERNEL", "6.1")
PUBLIC_BASE, CALL_PAGE, ISLE_END = 0x300000000000, 0x300010000000, 0x300010001000  # address.h
PAGE = 4096
LARGE = 0x80
AT_LAUNCH = "at launch, two isles"


class Looker:
    """In the node: tells whoever is outside where the enclaves lie, and waits until it has looked."""

    def look(self, what: str) -> None:
        enclaves = []
        for line in Path("/sys/kernel/debug/skellig/enclaves").read_text().splitlines():
            number, root, control, size, _ = line.split()
            pieces = [(piece.pa, piece.size) for piece in host.status()[1] if piece.enclave == int(number)]
            enclaves.append({"number": int(number), "root": int(root, 0), "control": int(control, 0), "control_size": int(size, 0),
                             "pieces": pieces})
        print(json.dumps({"what": what, "enclaves": enclaves}), flush=True)
        sys.stdin.readline()


def start(program: str, *arguments: str, cpus: str = "1") -> subprocess.Popen:
    """What it says first, it says when it is ready to be looked at."""
    os.environ["HERMIT_CPUS"] = cpus
    isle = host.start(program, *arguments, stdout=subprocess.PIPE)
    assert isle.stdout.readline()
    return isle


def scribble(isle: subprocess.Popen, looker: Looker) -> None:
    """Writes anything into boot page, clock page, per-CPU pages, rings and slots while the isle goes on changing its mappings. The proxy
    stands still meanwhile: what it would do by itself is not under test."""
    os.kill(isle.pid, signal.SIGSTOP)
    random = Random(7)
    with open(f"/proc/{isle.pid}/maps") as maps:
        size = next(int(end, 16) - PUBLIC_BASE for begin, end in re.findall(r"^(\w+)-(\w+)", maps.read(), re.M) if int(begin, 16) == PUBLIC_BASE)
    with open(f"/proc/{isle.pid}/mem", "r+b", buffering=0) as memory:
        for turn in range(4):
            for _ in range(2000):
                memory.seek(PUBLIC_BASE + random.randrange(size // 8) * 8)
                memory.write(random.choice([random.randbytes(8), bytes(8), b"\xff" * 8]))
            for offset in range(0, size, 4096) if turn % 2 else ():
                memory.seek(PUBLIC_BASE + offset)
                memory.write(random.randbytes(4096))
            looker.look(f"scribbled {turn}")


def inside() -> int:
    host.must("insmod", TOP / "build/kmod-test" / os.uname().release / "skellig.ko")
    host.wait_until(host.device_ready, 10, "the device")
    host.reserve("1,2,3", "384M@0")
    host.METAL["HERMIT_ISLE"] = "0"
    os.environ["HERMIT_MEM"] = "64M"
    looker = Looker()
    start("ticks")
    start("ticks", cpus="2")
    looker.look(AT_LAUNCH)
    host.end_started()
    host.settle()
    start("shuffle")
    start("shuffle", "on")
    looker.look("after 1,000 random calls, and during more")
    host.end_started()
    host.settle()
    scribble(start("shuffle", "on"), looker)
    host.end_started()
    host.settle()
    assert host.isle("hello", "again").stdout == "hello again\n"
    host.must(host.SKELLIG, "release")
    host.must("rmmod", "skellig")
    return 0


def table_pages(ram: mmap.mmap, table: int, level: int = 4) -> set[int]:
    """Every page of the tables below this one, and itself."""
    pages = {table}
    for entry in struct.unpack_from("<512Q", ram, table) if level > 1 else ():
        if entry & 1 and not entry & LARGE:
            pages |= table_pages(ram, entry & 0x000FFFFFFFFFF000, level - 1)
    return pages


def overlaps(pa: int, size: int, start: int, length: int) -> bool:
    return pa < start + length and start < pa + size


def violations(ram: mmap.mmap, enclave: dict, asked: bool) -> list[str]:
    """`asked`: the isle has asked for any rights on its own memory, writable code among them."""
    hidden = table_pages(ram, enclave["root"]) | {enclave["control"]}  # the launch descriptor is the control area's first page
    found = []
    users = [leaf for leaf in leaves(ram, enclave["root"]) if leaf.user]
    for leaf in users:
        own = any(pa <= leaf.pa and leaf.pa + leaf.size <= pa + size for pa, size in enclave["pieces"])
        shared = PUBLIC_BASE <= leaf.va and leaf.va + leaf.size <= ISLE_END
        if overlaps(leaf.pa, leaf.size, enclave["control"], enclave["control_size"]):
            if not shared or any(overlaps(leaf.pa, leaf.size, page, PAGE) for page in hidden):
                found.append(f"reaches the control area: {leaf}")
        elif not own and leaf.va != CALL_PAGE:
            found.append(f"not the enclave's: {leaf}")
        if leaf.writable and leaf.executable and (shared or not asked):
            found.append(f"writable and executable: {leaf}")
        if leaf.va == CALL_PAGE and leaf.writable:
            found.append(f"a call page that can be written: {leaf}")
    if not any(leaf.executable for leaf in users) or not any(leaf.writable for leaf in users):
        found.append(f"no isle is mapped there: {len(users)} user leaves")
    print(f"  enclave {enclave['number']}: {len(users)} user leaves, {len(hidden)} hidden pages")
    return found


def outside() -> int:
    found: list[str] = []
    looks = enclaves = 0
    with tempfile.NamedTemporaryFile(dir="/dev/shm", prefix="skellig-ram-") as file:
        command = [str(TOP / "scripts/node"), "--kernel", LINE, "--name", f"page-tables-{os.getpid()}", "--cpus", "4", "--nodes", "1", "--mem", "2G",
                   "--ram-file", file.name, "--timeout", "500", "--", "/usr/bin/python3", "-B", str(Path(__file__).resolve()), "inside"]
        node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in node.stdout:
            told = json.loads(line)
            print(told["what"])
            with mmap.mmap(file.fileno(), 2 << 30, prot=mmap.PROT_READ) as ram:
                found += [f"{told['what']}: {line}" for enclave in told["enclaves"] for line in violations(ram, enclave, told["what"] != AT_LAUNCH)]
            looks += 1
            enclaves += len(told["enclaves"])
            node.stdin.write("next\n")
            node.stdin.flush()
        node.wait()
    for line in found:
        print(line)
    return 0 if (looks, enclaves) == (6, 8) and not found and node.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(inside() if sys.argv[1:] == ["inside"] else outside())
