# SPDX-License-Identifier: MIT
"""What comparisons in KVM share: where things are, when nothing can be said, and how many launches decide."""
import math
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[2]
BUILD = TOP / "build/bench"
TABLE = TOP / "build/results/bench.table"
PROXY = TOP / "build/hermit/bin/proxy"
HERMIT_GCC = TOP / "build/hermit/bin/x86_64-hermit-gcc"
LEVEL = 0.004  # eight launches that agree
SKIPPED = 77  # exit status


class Skip(Exception):
    """Nothing can be said; the text says why."""


def check_kvm() -> None:
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        raise Skip("/dev/kvm is not there or not for us")


def chance(successes: int, tries: int) -> float:
    """That a fair coin shows as many or more."""
    return sum(math.comb(tries, count) for count in range(successes, tries + 1)) / 2 ** tries


def verdict(ratios: list[float], least: float) -> bool | None:
    """Whether their median is at least that; None: not decided."""
    good = sum(ratio >= least for ratio in ratios)
    if chance(good, len(ratios)) <= LEVEL:
        return True
    return False if chance(len(ratios) - good, len(ratios)) <= LEVEL else None


def said(decided: bool | None) -> str:
    return {True: "reached", False: "NOT reached", None: "not decided"}[decided]


def tell(lines: list[str], kept: bool) -> None:
    """To standard output and, if kept, to the end of the table."""
    text = "\n".join(lines) + "\n"
    print(text, flush=True)
    if not kept:
        return
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    with TABLE.open("a") as table:
        table.write("\n" + text)
