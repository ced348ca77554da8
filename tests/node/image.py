# SPDX-License-Identifier: MIT
"""A program file that can be spoilt field by field."""
import struct
from pathlib import Path

HEADER = {"e_type": (16, "<H"), "e_machine": (18, "<H"), "e_entry": (24, "<Q"), "e_phoff": (32, "<Q"), "e_phnum": (56, "<H")}
SEGMENT = {"p_type": (0, "<I"), "p_flags": (4, "<I"), "p_offset": (8, "<Q"), "p_vaddr": (16, "<Q"), "p_filesz": (32, "<Q"), "p_memsz": (40, "<Q")}
SEGMENT_SIZE = 56
PT_NULL, PT_LOAD, PT_NOTE = 0, 1, 4


class Image:
    def __init__(self, path: str):
        self.data = bytearray(Path(path).read_bytes())

    def header(self, name: str, value: int) -> "Image":
        offset, form = HEADER[name]
        struct.pack_into(form, self.data, offset, value)
        return self

    def segments(self, kind: int) -> list[int]:
        """File offsets of the program headers of this kind."""
        start, count = struct.unpack_from("<Q", self.data, 32)[0], struct.unpack_from("<H", self.data, 56)[0]
        offsets = [start + index * SEGMENT_SIZE for index in range(count)]
        return [offset for offset in offsets if struct.unpack_from("<I", self.data, offset)[0] == kind]

    def field(self, segment: int, name: str) -> int:
        offset, form = SEGMENT[name]
        return struct.unpack_from(form, self.data, segment + offset)[0]

    def set(self, segment: int, name: str, value: int) -> "Image":
        offset, form = SEGMENT[name]
        struct.pack_into(form, self.data, segment + offset, value)
        return self

    def osabi(self, value: int) -> "Image":
        self.data[7] = value
        return self

    def cut(self, size: int) -> "Image":
        del self.data[size:]
        return self

    def without_note(self) -> "Image":
        for segment in self.segments(PT_NOTE):
            self.set(segment, "p_type", PT_NULL)
        return self

    def other_revision(self) -> "Image":
        """Raises the revision in our note."""
        at = self.data.find(b"Skellig\0") + 8
        struct.pack_into("<I", self.data, at, 4711)
        return self

    def load(self, index: int) -> int:
        return self.segments(PT_LOAD)[index]
