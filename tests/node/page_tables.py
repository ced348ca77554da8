# SPDX-License-Identifier: MIT
"""Walks the page tables of isles on a live node from outside, in the file that is the node's RAM: at launch, and after an isle has
tried a thousand random mappings. Needs the test build of the module.

usage: page_tables.py           on the build machine
"""
import json
import mmap
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(TOP / "tests/vm/fence"))
LINE = os.environ.get("SKELLIG_KERNEL", "6.1")
PUBLIC_BASE, CALL_PAGE, ISLE_END = 0x300000000000, 0x300010000000, 0x300010001000  # address.h
PAGE = 4096
LARGE = 0x80


def inside() -> int:
    """In the node: starts each program, says where its enclave lies, and goes on when it is told."""
    import host

    host.must("insmod", TOP / "build/kmod-test" / os.uname().release / "skellig.ko")
    host.wait_until(host.device_ready, 10, "the device")
    host.reserve("1", "256M@0")
    host.METAL["HERMIT_ISLE"] = "0"
    for program in ["ticks", "shuffle"]:
        isle = host.start(program, stdout=subprocess.PIPE)
        said = isle.stdout.readline().decode().strip()  # what it says first, it says when it is ready to be looked at
        number, root, control, size, _ = Path("/sys/kernel/debug/skellig/enclaves").read_text().split()
        pieces = [(piece.pa, piece.size) for piece in host.status()[1] if piece.enclave == int(number)]
        print(json.dumps({"program": program, "said": said, "root": int(root, 0), "control": int(control, 0), "control_size": int(size, 0),
                          "pieces": pieces}), flush=True)
        sys.stdin.readline()
        host.end_started()
        host.settle()
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


def violations(ram: mmap.mmap, told: dict) -> list[str]:
    from tables import leaves

    hidden = table_pages(ram, told["root"]) | {told["control"]}  # the launch descriptor is the control area's first page
    found = []
    users = [leaf for leaf in leaves(ram, told["root"]) if leaf.user]
    for leaf in users:
        own = any(pa <= leaf.pa and leaf.pa + leaf.size <= pa + size for pa, size in told["pieces"])
        shared = PUBLIC_BASE <= leaf.va and leaf.va + leaf.size <= ISLE_END
        if overlaps(leaf.pa, leaf.size, told["control"], told["control_size"]):
            if not shared or any(overlaps(leaf.pa, leaf.size, page, PAGE) for page in hidden):
                found.append(f"reaches the control area: {leaf}")
        elif not own and leaf.va != CALL_PAGE:
            found.append(f"not the enclave's: {leaf}")
        if leaf.writable and leaf.executable:
            found.append(f"writable and executable: {leaf}")
        if leaf.va == CALL_PAGE and leaf.writable:
            found.append(f"a call page that can be written: {leaf}")
    if not any(leaf.executable for leaf in users) or not any(leaf.writable for leaf in users):
        found.append(f"no isle is mapped there: {len(users)} user leaves")
    print(f"{told['program']}: {len(users)} user leaves, {len(hidden)} hidden pages, {told['said']}")
    return [f"{told['program']}: {line}" for line in found]


def outside() -> int:
    found: list[str] = []
    seen = 0
    with tempfile.NamedTemporaryFile(dir="/dev/shm", prefix="skellig-ram-") as file:
        command = [str(TOP / "scripts/node"), "--kernel", LINE, "--name", f"page-tables-{os.getpid()}", "--cpus", "2", "--nodes", "1", "--mem", "2G",
                   "--ram-file", file.name, "--timeout", "500", "--", "/usr/bin/python3", "-B", str(Path(__file__).resolve()), "inside"]
        node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in node.stdout:
            with mmap.mmap(file.fileno(), 2 << 30, prot=mmap.PROT_READ) as ram:
                found += violations(ram, json.loads(line))
            seen += 1
            node.stdin.write("next\n")
            node.stdin.flush()
        node.wait()
    for line in found:
        print(line)
    return 0 if seen == 2 and not found and node.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(inside() if sys.argv[1:] == ["inside"] else outside())
