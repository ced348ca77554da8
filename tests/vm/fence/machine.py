# SPDX-License-Identifier: MIT
"""A virtual machine with one isle, made by hand: guest RAM in a file, control area and payload written into it, QEMU, the record."""

import mmap
import os
import re
import select
import struct
import subprocess
import tempfile
import time

MAGIC = 0x3147494C4C454B53
MIB = 1 << 20
CONTROL_PA = 16 * MIB
CONTROL_SIZE = 2 * MIB
STATE, TABLES = 0x8000, 0x10000
BLOCKS_PA, BLOCK_SIZE = 0x400000, 0x10000
IMAGE_VA, IMAGE_PA, IMAGE_SIZE = 0x800000, 18 * MIB, 4 * MIB
OWN_VA, OWN_PA, OWN_SIZE = 0x20000000000, 24 * MIB, 40 * MIB
RAM = 64 * MIB
PUBLIC_VA = 0x300000000000
CALL_VA = 0x300010000000
OWN, IMAGE = 0, 1
READ, WRITE, EXECUTE = 1, 2, 4
QEMU_FLAG = 1
KINDS = ["NONE", "EXIT", "PANIC", "EXCEPTION", "MACHINE_CHECK", "MONITOR", "STOPPED", "REFUSED"]


def public_size(cpus):
    size = 0x2000 + 0x3000 * cpus + 1024 * 64
    return (size + 4095) & ~4095


def tsc_khz():
    with open("/proc/cpuinfo") as info:
        return int(float(re.search(r"cpu MHz\s*: ([0-9.]+)", info.read()).group(1)) * 1000)


class Record:
    def __init__(self, data):
        (kind, self.cpu, self.status, self.vector, self.error, self.address, self.rip, self.rflags, self.rsp) = struct.unpack_from(
            "<IIiIQQQQQ", data)
        self.kind = KINDS[kind]
        self.gpr = struct.unpack_from("<16Q", data, 56)
        self.fs_base, self.gs_base, self.tsc = struct.unpack_from("<3Q", data, 184)

    def __repr__(self):
        return (f"{self.kind} cpu {self.cpu} status {self.status} vector {self.vector} error {self.error:#x} "
                f"address {self.address:#x} rip {self.rip:#x} rsp {self.rsp:#x} rflags {self.rflags:#x}")


class Elf:
    """Loadable segments and entry of a static ELF file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.entry, table = struct.unpack_from("<QQ", self.data, 24)
        size, count = struct.unpack_from("<HH", self.data, 54)
        self.segments = []
        for i in range(count):
            kind, flags, offset, va, _, filesz, memsz = struct.unpack_from("<IIQQQQQ", self.data, table + i * size)
            if kind == 1 and memsz:
                self.segments.append((va, memsz, flags, self.data[offset:offset + filesz]))


class Launch:
    """The launch descriptor, as a dictionary of fields that a test may spoil before it is written."""

    def __init__(self, elf, cpus=1):
        self.fields = dict(
            magic=MAGIC, revision=1, flags=QEMU_FLAG, enclave=1, control_pa=CONTROL_PA, control_size=CONTROL_SIZE,
            public_pa=CONTROL_PA + CONTROL_SIZE - public_size(cpus), public_size=public_size(cpus), entry=elf.entry, tsc_khz=tsc_khz(),
            cpus=cpus, grants=0)
        self.cpu = [(BLOCKS_PA + i * BLOCK_SIZE, i) for i in range(cpus)]
        self.extents = [(IMAGE_VA, IMAGE_PA, IMAGE_SIZE, IMAGE), (OWN_VA, OWN_PA, OWN_SIZE, OWN)]
        self.segments = [(va & ~4095, ((va + size + 4095) & ~4095) - (va & ~4095),
                          (READ if flags & 4 else 0) | (WRITE if flags & 2 else 0) | (EXECUTE if flags & 1 else 0))
                         for va, size, flags, _ in elf.segments]

    def pack(self):
        f = self.fields
        data = struct.pack("<QII8Q4I", f["magic"], f["revision"], f["flags"], f["enclave"], f["control_pa"], f["control_size"],
                           f["public_pa"], f["public_size"], f["entry"], f["tsc_khz"], 0, 0, 0, 0, 0)[:72]
        data += struct.pack("<4I", f["cpus"], len(self.extents), len(self.segments), f["grants"])
        data += b"".join(struct.pack("<QII", pa, apic, 0) for pa, apic in self.cpu).ljust(4096, b"\0")
        data += b"".join(struct.pack("<QQQII", va, pa, size, 0, kind) for va, pa, size, kind in self.extents).ljust(8192, b"\0")
        data += b"".join(struct.pack("<QQII", va, size, rights, 0) for va, size, rights in self.segments).ljust(384, b"\0")
        return data


class Machine:
    def __init__(self, monitor, payload, case, cpus=1, accel="tcg", board="microvm", spoil=None, amount=0, extra=()):
        self.elf = Elf(payload)
        self.launch = Launch(self.elf, cpus)
        if spoil:
            spoil(self.launch)
        self.file = tempfile.NamedTemporaryFile(prefix="skellig-fence-", dir="/dev/shm")
        self.file.truncate(RAM)
        self.ram = mmap.mmap(self.file.fileno(), RAM)
        self.amount = amount
        self.write_memory(case, cpus)
        self.process = subprocess.Popen(self.command(monitor, cpus, accel, board) + list(extra), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def write_memory(self, case, cpus):
        launch = self.launch.pack()
        self.ram[CONTROL_PA:CONTROL_PA + len(launch)] = launch
        for va, _, _, data in self.elf.segments:
            at = IMAGE_PA + va - IMAGE_VA
            self.ram[at:at + len(data)] = data
        self.public = self.launch.fields["public_pa"]
        boot = struct.pack("<QIIIIQQQQQQII", MAGIC, 1, 1, cpus, 1024, tsc_khz(), OWN_VA, OWN_VA + OWN_SIZE, IMAGE_VA,
                           IMAGE_VA + IMAGE_SIZE, 0, case, 0)
        self.ram[self.public:self.public + len(boot)] = boot
        struct.pack_into("<Q", self.ram, self.public + 120, self.amount)  # boot.program: how often, 0: as the case likes
        for i in range(cpus):
            page = self.public + 0x2000 + 0x1000 * i
            self.ram[page + 16:page + 28] = struct.pack("<QI", PUBLIC_VA + 0x2000 + 0x1000 * i, i)

    def command(self, monitor, cpus, accel, board):
        cpu = "max" if accel.startswith("tcg") else "host,-arch-capabilities"
        return ["qemu-system-x86_64", "-M", f"{board},memory-backend=ram", "-accel", accel, "-cpu", cpu, "-smp", str(cpus),
                "-m", f"{RAM // MIB}M", "-object", f"memory-backend-file,id=ram,size={RAM // MIB}M,mem-path={self.file.name},share=on",
                "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
                "-chardev", "stdio,id=doorbell,signal=off", "-serial", "chardev:doorbell", "-kernel", monitor]

    def wait_bell(self, timeout):
        """One byte from the isle's side; False when none came in time."""
        if not select.select([self.process.stdout], [], [], timeout)[0]:
            return False
        data = os.read(self.process.stdout.fileno(), 1)
        if not data:
            raise RuntimeError("QEMU ended: " + self.process.stderr.read().decode())
        return True

    def ring(self):
        self.process.stdin.write(b"\1")
        self.process.stdin.flush()

    def record(self):
        at = CONTROL_PA + STATE + 64
        return Record(self.ram[at:at + 208])

    def log(self):
        at = CONTROL_PA + STATE + 64 + 208
        length = struct.unpack_from("<I", self.ram, at)[0]
        return self.ram[at + 16:at + 16 + min(length, 4096)].decode(errors="replace")

    def result(self, timeout=60):
        """Waits for the end of the isle."""
        deadline = time.monotonic() + timeout
        while self.record().kind == "NONE":
            left = deadline - time.monotonic()
            if left <= 0 or not self.wait_bell(left):
                raise TimeoutError(f"no record after {timeout} s; log: {self.log()!r}")
        return self.record()

    def words(self, pa, count):
        return struct.unpack_from(f"<{count}Q", self.ram, pa)

    def root(self):
        return self.words(CONTROL_PA + STATE + 24, 1)[0]

    def close(self):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        self.ram.close()
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
