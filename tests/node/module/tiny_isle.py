# SPDX-License-Identifier: MIT
"""Isles of a few instructions (isle.S), launched by ioctls alone, so that only module and monitor are under test."""
import ctypes
import functools
import os
import subprocess
import tempfile
from pathlib import Path

from device import EXECUTE, IMAGE_BASE, PUBLIC_BASE, READ, UNIT, Create, Device, c_uint64

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[2]
ABI = TOP / "kmod/include/uapi"
TEST_MODULE = TOP / "build/kmod-test" / os.uname().release / "skellig.ko"  # scripts/kernel modules --test
EXIT, SPIN, RING, CRASH, ANSWER = range(5)
MIB = 1 << 20


@functools.cache
def code() -> bytes:
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["gcc", "-c", f"-I{ABI}", str(HERE / "isle.S"), "-o", f"{place}/isle.o"], check=True)
        subprocess.run(["objcopy", "-O", "binary", "-j", ".text", f"{place}/isle.o", f"{place}/isle.bin"], check=True)
        return Path(f"{place}/isle.bin").read_bytes()


class Isle:
    """An enclave with isle.S in it; ends with the block it is used in."""

    def __init__(self, what: int, start: bool = True, **wanted):
        self.device = Device()
        try:
            self.made: Create = self.device.create(**{"memory": 16 * MIB} | wanted)
            self.own = next(extent for extent in self.made.extent[:self.made.extents] if extent.kind == 0)
            self.device.map(IMAGE_BASE, UNIT)
            self.device.map(self.own.va, self.own.size)
            self.device.map(PUBLIC_BASE, 4096 * 3)
            ctypes.memmove(IMAGE_BASE, code(), len(code()))
            self.words = (c_uint64 * 3).from_address(self.own.va)
            self.words[0] = what
            if start:
                self.start()
        except BaseException:
            self.device.close()
            raise

    def start(self) -> None:
        self.device.start(IMAGE_BASE, (IMAGE_BASE, 4096, READ | EXECUTE))

    @property
    def rounds(self) -> int:
        return self.words[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.device.close()
