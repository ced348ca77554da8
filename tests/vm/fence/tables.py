# SPDX-License-Identifier: MIT
"""Walks an isle's page tables from outside, in the file that is the guest's RAM."""

import struct

PRESENT, WRITABLE, USER, HUGE = 1, 2, 4, 0x80
NO_EXECUTE = 1 << 63
ADDRESS = 0x000FFFFFFFFFF000


class Leaf:
    def __init__(self, va, pa, size, rights, user, writable, executable):
        self.va, self.pa, self.size, self.rights = va, pa, size, rights
        self.user, self.writable, self.executable = user, writable, executable

    def __repr__(self):
        kind = ("U" if self.user else "S") + ("W" if self.writable else "-") + ("X" if self.executable else "-")
        return f"{self.va:#018x} -> {self.pa:#x} + {self.size:#x} {kind}"


def leaves(ram, table, level=4, va=0, rights=PRESENT | WRITABLE | USER, no_execute=False):
    """Every present leaf with the rights that hold over all levels."""
    for index, entry in enumerate(struct.unpack_from("<512Q", ram, table)):
        if not entry & PRESENT:
            continue
        at = va + (index << (12 + 9 * (level - 1)))
        if level == 4 and index >= 256:
            at |= 0xFFFF000000000000
        here = rights & entry
        nx = no_execute or bool(entry & NO_EXECUTE)
        size = 1 << (12 + 9 * (level - 1))
        if level == 1 or entry & HUGE:
            yield Leaf(at, entry & ADDRESS & ~(size - 1), size, entry, bool(here & USER), bool(here & WRITABLE), not nx)
        else:
            yield from leaves(ram, entry & ADDRESS, level - 1, at, here, nx)


def violations(ram, root, windows, executable):
    """User leaves outside windows [(va, pa, size)]; if ranges of code are given, executable ones outside of them or writable ones, too."""
    for leaf in leaves(ram, root):
        if not leaf.user:
            continue
        if executable is not None and leaf.writable and leaf.executable:
            yield f"writable and executable: {leaf}"
        inside = any(va <= leaf.va and leaf.va + leaf.size <= va + size and leaf.pa - pa == leaf.va - va for va, pa, size in windows)
        if not inside:
            yield f"outside the enclave: {leaf}"
        if executable is not None and leaf.executable and not any(va <= leaf.va < va + size for va, size in executable):
            yield f"executable: {leaf}"
