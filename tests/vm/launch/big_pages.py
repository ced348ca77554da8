# SPDX-License-Identifier: MIT
"""Page tables of a running isle, walked from outside in the file that is the guest's RAM: memory is in large pages, whoever takes it."""
import re
import struct
import subprocess
import sys
from mmap import PROT_READ, mmap
from pathlib import Path

from world import HERE, TOP, case, machines_of

sys.path.append(str(TOP / "tests/vm/fence"))
from tables import leaves  # noqa: E402

LAUNCH, CONTROL_STATE, ROOT = 0x1000000, 0x8000, 24  # qemu.h, launch.h: skl_control.root_pa
OWN_BASE, OWN_END = 0x20000000000, 0x100000000000  # address.h
PAGE, LARGE = 4096, 2 << 20
TORN = 2  # large pages that are in pieces: where the main stack's guard is, and where the program has changed rights


def own_pages(machine):
    """{address: size} of all that is mapped of own memory."""
    command = Path(f"/proc/{machine}/cmdline").read_bytes().decode().split("\0")
    number = next(match[1] for word in command if (match := re.search(r"mem-path=/proc/self/fd/(\d+)", word)))
    with open(f"/proc/{machine}/fd/{number}", "rb") as file, mmap(file.fileno(), 0, prot=PROT_READ) as ram:
        root, = struct.unpack_from("<Q", ram, LAUNCH + CONTROL_STATE + ROOT)
        return {leaf.va: leaf.size for leaf in leaves(ram, root) if leaf.user and OWN_BASE <= leaf.va < OWN_END}


def page_of(pages, address):
    for size in (1 << 30, LARGE, PAGE):
        start = address & ~(size - 1)
        if pages.get(start) == size:
            return size
    return 0


def places(isle):
    for line in isle.stdout:
        if line == "ready\n":
            return
        what, address, size = line.split()
        yield what, int(address, 16), int(size)


@case
def memory_is_in_large_pages(world):
    program = str(world.folder / "pages")
    subprocess.run([world.gcc, "-O1", "-g", "-o", program, HERE / "programs/pages.c"], check=True)
    isle = subprocess.Popen(world.command(program=program), env=world.environment({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with isle:
        told = list(places(isle))
        machine, = machines_of(isle.pid)
        pages = own_pages(machine)
        isle.stdin.close()
    assert isle.returncode == 0 and len(told) > 1200, (isle.returncode, len(told))
    for what, address, size in told:
        for byte in (address, address + size - 1):
            page = page_of(pages, byte)
            assert page, f"{what}: {byte:#x} is not mapped"
            assert what != "large" or page >= LARGE, f"{byte:#x} lies in a page of {page}"
            assert what != "small" or page == PAGE, f"{byte:#x} lies in a page of {page}"
    small = sum(size == PAGE for size in pages.values())
    assert small <= TORN * LARGE // PAGE, f"{small} small pages"
    return {"small": small, "large": len(pages) - small}
