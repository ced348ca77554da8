# SPDX-License-Identifier: MIT
"""/dev/skellig for tests, by its ioctls alone: structures laid out as kmod/include/uapi/skellig says."""
import ctypes
import fcntl
import os
from ctypes import c_int32, c_int64, c_uint32, c_uint64

DEVICE = "/dev/skellig"
NODE_ANY = 0xffffffff
TAKE, RETURN, CANCEL, CONTIG, CONTIG_RETURN, ADOPT = range(1, 7)
FREE, USED, CLEANING, QUARANTINED = range(4)
RUNG, STOPPED = 1, 2
OWN_BASE, PUBLIC_BASE = 0x20000000000, 0x300000000000
IMAGE_BASE = 0x4000000000  # out of the way of the test's own interpreter
UNIT = 2 << 20
READ, WRITE, EXECUTE = 1, 2, 4
REFUSED = ("NONE REVISION NO_SUCH_CPU CPU_ZERO CPU_SIBLING LAST_CPU CPU_LENT CPU_BUSY CPU_OFFLINE CPU_START NOT_IN_POOL MEMORY_RANGE "
           "MEMORY_BUSY NO_CPUS NO_MEMORY STATE ARGUMENT TSC PERMISSION POOL_EMPTY").split()


class Refusal(ctypes.Structure):
    _fields_ = [("reason", c_uint32), ("cpu", c_uint32), ("value", c_uint64), ("pid", c_int32), ("reserved", c_uint32)]


class Version(ctypes.Structure):
    _fields_ = [("magic", c_uint64), ("revision", c_uint32), ("flags", c_uint32)]


class Cpus(ctypes.Structure):
    _fields_ = [("cpu", c_uint64 * 16), ("refusal", Refusal)]


class Memory(ctypes.Structure):
    _fields_ = [("action", c_uint32), ("node", c_uint32), ("pa", c_uint64), ("size", c_uint64), ("refusal", Refusal)]


class PoolCpu(ctypes.Structure):
    _fields_ = [("cpu", c_uint32), ("apic_id", c_uint32), ("node", c_uint32), ("state", c_uint32), ("enclave", c_uint64), ("pid", c_int32),
                ("reserved", c_uint32)]


class PoolMemory(ctypes.Structure):
    _fields_ = [("pa", c_uint64), ("size", c_uint64), ("node", c_uint32), ("state", c_uint32), ("source", c_uint32), ("pid", c_int32),
                ("enclave", c_uint64)]


class Status(ctypes.Structure):
    _fields_ = [("cpus_at", c_uint64), ("memory_at", c_uint64), ("cpus", c_uint32), ("memory", c_uint32), ("enclaves", c_uint64)]


class Extent(ctypes.Structure):
    _fields_ = [("va", c_uint64), ("pa", c_uint64), ("size", c_uint64), ("node", c_uint32), ("kind", c_uint32)]


class Create(ctypes.Structure):
    _fields_ = [("cpu", c_uint64 * 16), ("cpu_count", c_uint32), ("node", c_uint32), ("memory", c_uint64), ("image_base", c_uint64),
                ("image_size", c_uint64), ("enclave", c_uint64), ("tsc_khz", c_uint64), ("control_size", c_uint64), ("extents", c_uint32),
                ("reserved", c_uint32), ("extent", Extent * 256), ("refusal", Refusal)]


class Segment(ctypes.Structure):
    _fields_ = [("va", c_uint64), ("size", c_uint64), ("rights", c_uint32), ("reserved", c_uint32)]


class Start(ctypes.Structure):
    _fields_ = [("entry", c_uint64), ("segments", c_uint32), ("reserved", c_uint32), ("segment", Segment * 16), ("refusal", Refusal)]


class Wait(ctypes.Structure):
    _fields_ = [("timeout_ns", c_int64), ("events", c_uint32), ("reserved", c_uint32)]


class Kick(ctypes.Structure):
    _fields_ = [("mask", c_uint64 * 4)]


class Record(ctypes.Structure):
    _fields_ = [("kind", c_uint32), ("cpu", c_uint32), ("status", c_int32), ("vector", c_uint32), ("error", c_uint64), ("address", c_uint64),
                ("rip", c_uint64), ("rflags", c_uint64), ("rsp", c_uint64), ("gpr", c_uint64 * 16), ("fs_base", c_uint64),
                ("gs_base", c_uint64), ("tsc", c_uint64)]


class Log(ctypes.Structure):
    _fields_ = [("at", c_uint64), ("size", c_uint64)]


assert ctypes.sizeof(Record) == 208 and ctypes.sizeof(Create) == 128 + 64 + 256 * 32 + 24


def number(direction: int, index: int, kind) -> int:
    size = ctypes.sizeof(kind) if kind else 0
    return direction << 30 | size << 16 | ord("K") << 8 | index


class Refused(Exception):
    """An ioctl that failed; refusal is None where it has none."""

    def __init__(self, error: int, refusal: Refusal | None):
        self.error, self.refusal = error, refusal
        self.reason = REFUSED[refusal.reason] if refusal else ""
        detail = f" {self.reason} cpu {refusal.cpu} value {refusal.value:#x} pid {refusal.pid}" if refusal else ""
        super().__init__(os.strerror(error) + detail)


def bitmap(field, cpus) -> None:
    for cpu in cpus:
        field[cpu // 64] |= 1 << (cpu % 64)


def members(field) -> list[int]:
    return [cpu for cpu in range(1024) if field[cpu // 64] >> (cpu % 64) & 1]


class Device:
    """One open file."""

    def __init__(self):
        self.fd = os.open(DEVICE, os.O_RDWR)
        self.maps: list[tuple[int, int]] = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self) -> None:
        for mapping in self.maps:
            libc.munmap(ctypes.c_void_p(mapping[0]), ctypes.c_size_t(mapping[1]))
        self.maps = []
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1

    def call(self, direction: int, index: int, data=None):
        try:
            fcntl.ioctl(self.fd, number(direction, index, type(data) if data is not None else None), data if data is not None else 0, True)
        except OSError as error:
            raise Refused(error.errno, getattr(data, "refusal", None)) from None
        return data

    def version(self) -> Version:
        return self.call(2, 0x00, Version())

    def reserve(self, *cpus: int) -> None:
        request = Cpus()
        bitmap(request.cpu, cpus)
        self.call(3, 0x10, request)

    def release(self, *cpus: int) -> None:
        request = Cpus()
        bitmap(request.cpu, cpus)
        self.call(3, 0x11, request)

    def memory(self, action: int, pa: int = 0, size: int = 0, node: int = 0) -> int:
        return self.call(3, 0x12, Memory(action=action, pa=pa, size=size, node=node)).size

    def status(self) -> tuple[list[PoolCpu], list[PoolMemory], int]:
        cpus, memory = (PoolCpu * 256)(), (PoolMemory * 1024)()
        request = Status(cpus_at=ctypes.addressof(cpus), memory_at=ctypes.addressof(memory), cpus=256, memory=1024)
        self.call(3, 0x13, request)
        return list(cpus[:request.cpus]), list(memory[:request.memory]), request.enclaves

    def create(self, cpus=(), count: int = 1, node: int = NODE_ANY, memory: int = 64 << 20, image_base: int = IMAGE_BASE,
               image_size: int = UNIT) -> Create:
        request = Create(cpu_count=count, node=node, memory=memory, image_base=image_base, image_size=image_size)
        bitmap(request.cpu, cpus)
        return self.call(3, 0x20, request)

    def start(self, entry: int, *segments: tuple[int, int, int]) -> None:
        request = Start(entry=entry, segments=len(segments))
        for i, (va, size, rights) in enumerate(segments[:16]):
            request.segment[i] = Segment(va=va, size=size, rights=rights)
        self.call(3, 0x21, request)

    def wait(self, seconds: float = 10) -> int:
        return self.call(3, 0x22, Wait(timeout_ns=int(seconds * 1e9))).events

    def kick(self, mask: int = 1) -> None:
        request = Kick()
        request.mask[0] = mask
        self.call(1, 0x23, request)

    def pause(self) -> None:
        self.call(0, 0x24)

    def resume(self) -> None:
        self.call(0, 0x25)

    def stop(self) -> None:
        self.call(0, 0x26)

    def record(self) -> Record:
        return self.call(2, 0x27, Record())

    def log(self) -> bytes:
        text = ctypes.create_string_buffer(4096)
        size = self.call(3, 0x28, Log(at=ctypes.addressof(text), size=4096)).size
        return text.raw[:size]

    def map(self, address: int, size: int, protection: int = 3, flags: int = 1, offset: int | None = None) -> int:
        """mmap at exactly this address; -errno as OSError."""
        fixed_noreplace = 0x100000
        at = libc.mmap(ctypes.c_void_p(address), ctypes.c_size_t(size), protection, flags | fixed_noreplace, self.fd,
                       ctypes.c_long(address if offset is None else offset))
        if at == ctypes.c_void_p(-1).value:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self.maps.append((at, size))
        return at


libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
