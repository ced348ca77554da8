# SPDX-License-Identifier: MIT
"""Selectors such as { target { c++11 && { ! ilp32 } } }: does one hold for x86-64 with 64-bit pointers and a hosted C library?

Isle and Linux get the same answer, that for Linux, so that the same tests run on both, and nothing is left out because an isle is
none of the systems that gcc's authors know. What is unknown here is taken to hold: the test is then tried, and its own verdict counts.
"""
import fnmatch
import functools
import re

import tcl

TRIPLET = "x86_64-pc-linux-gnu"
STANDARDS = ["98", "11", "14", "17", "20", "23"]
OLDER_NAMES = {"03": "98", "0x": "11", "1y": "14", "1z": "17", "2a": "20", "2b": "23"}
DEFAULT_STANDARD = "17"

# Other machines, other sizes, other systems, other libraries, offloading, and what a test turns off by a name that never holds.
MISSING = re.compile(r"""(arm|aarch64|powerpc|ppc|s390|mips|vxworks|nvptx|rl78|msp430|avr|hppa|sparc|alpha|m68k|riscv|amdgcn|mmix|h8300|pdp11)(_.*|eb.*)?$
    |offload(ing)?_.*|openacc_.*|ia32$|ilp32$|llp64$|x32$|int16$|size20.*|ptr_eq_.*|short_eq_int$|short_enums$|default_packed$
    |newlib.*|freestanding$|simulator$|uclibc$|lax_strtofp$|dummy_wcsftime$|broken_cplxf_arg$|vect_no_align$|implicit_constexpr$
    |keeps_null_pointer_checks$|run_expensive_tests$|skip-all-targets$|iN-VAl-Id$|tbb_backend$|hpux.*|mingw.*|dll.*|vma_.*|darwin.*
    |fixed_point$|unsigned_char$|ultrasparc.*|natural_alignment_.*|default_branch_protection$|no_fsanitize.*|pcre$""", re.X)


@functools.cache
def processor_flags() -> frozenset[str]:
    with open("/proc/cpuinfo") as file:
        return frozenset(next((line for line in file if line.startswith("flags")), "flags :").split(":")[1].split())


def standard_of(flags: list[str]) -> str:
    """The C++ standard that the flags choose."""
    chosen = [flag.rpartition("+")[2] for flag in flags if re.match(r"-std=(c|gnu)\+\+", flag)]
    return OLDER_NAMES.get(chosen[-1], chosen[-1]) if chosen else DEFAULT_STANDARD


def standard_holds(keyword: str, standard: str) -> bool | None:
    """c++11, c++14_down, c++17_only; None if the keyword is none of these."""
    match = re.fullmatch(r"c\+\+(\w\w)(_down|_only)?", keyword)
    if not match or OLDER_NAMES.get(match[1], match[1]) not in STANDARDS:
        return None
    asked, has = STANDARDS.index(OLDER_NAMES.get(match[1], match[1])), STANDARDS.index(standard)
    return {None: has >= asked, "_down": has <= asked, "_only": has == asked}[match[2]]


class Target:
    """What selectors are asked about: a language and flags."""

    def __init__(self, language: str, flags: list[str]):
        self.language, self.flags = language, flags

    def keyword(self, name: str) -> bool:
        if (holds := standard_holds(name, standard_of(self.flags))) is not None:
            return self.language == "c++" and holds
        if name in ("c", "c++"):
            return name == self.language
        if name == "__OPTIMIZE__":
            return [flag for flag in self.flags if re.fullmatch(r"-O.*", flag)][-1:] not in ([], ["-O0"])
        if name == "concepts":
            return STANDARDS.index(standard_of(self.flags)) >= STANDARDS.index("20") or "-fconcepts" in self.flags
        if match := re.fullmatch(r"(\w+?)(_hw|_runtime)", name):
            if match[1].startswith(("sse", "avx", "fma", "bmi", "aes", "f16c", "xop", "adx")):
                return match[1] in processor_flags()
        return not MISSING.match(name)

    def one(self, word: str) -> bool:
        """A word of a list: a pattern for triplets, a keyword, or a nested expression."""
        parts = tcl.words(word)
        if len(parts) != 1 or word.startswith("{"):
            return self.holds(word)
        if re.fullmatch(r"[^-]+(-[^-]+){2,3}", word) and ("*" in word or word.count("-") >= 2) and not word.startswith("skip"):
            return fnmatch.fnmatchcase(TRIPLET, word)
        return self.keyword(word)

    def holds(self, selector: str) -> bool:
        """A whole selector: words, any of which may hold, or one operation."""
        parts = tcl.words(selector)
        if parts and parts[0] == "!":
            return not self.holds(parts[1]) if len(parts) == 2 else not self.one(" ".join(parts[1:]))
        if len(parts) >= 3 and parts[1] in ("&&", "||"):
            value = self.one(parts[0])
            for operator, part in zip(parts[1::2], parts[2::2]):
                value = value and self.one(part) if operator == "&&" else value or self.one(part)
            return value
        return any(self.one(part) for part in parts)

    def answers(self, clause: str) -> dict[str, bool]:
        """{ target SELECTOR xfail SELECTOR }: what holds, by the word in front."""
        parts, found, at = tcl.words(clause), {}, 0
        while at < len(parts):
            kind, at, start = parts[at], at + 1, at + 1
            if kind not in ("target", "xfail"):
                raise tcl.Malformed(f"neither target nor xfail: {clause}")
            while at < len(parts) and parts[at] not in ("target", "xfail"):
                at += 1
            selected = parts[start:at]
            found[kind] = self.holds(selected[0]) if len(selected) == 1 else any(self.one(part) for part in selected)
        return found
