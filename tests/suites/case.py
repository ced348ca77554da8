# SPDX-License-Identifier: MIT
"""A test of a suite, and what came of it."""
import dataclasses
import hashlib
import re
import signal
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Run:
    """How a program is called."""
    environment: tuple[tuple[str, str], ...] = ()
    arguments: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Case:
    name: str  # unique in the suite: path below its root, and what tells variants apart
    part: str  # what it is counted under
    language: str  # c, c++, fortran, clang, clang++
    files: tuple[Path, ...]  # all are compiled and linked
    flags: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    modules: tuple[Path, ...] = ()  # Fortran: compiled before, for the sake of their .mod files
    data: tuple[Path, ...] = ()  # copied to the folder that it is built and run in
    runs: tuple[Run, ...] = (Run(),)  # one after the other; all must pass
    output: str = ""  # a pattern for what it prints
    should_fail: bool = False
    unsupported: str = ""  # a reason not to try it
    batch: bool = False  # may share an image with others

    def digest(self, root: Path) -> str:
        """Of all that makes the case, wherever the sources lie."""
        words = repr(dataclasses.astuple(self)).replace(str(root), "")
        return hashlib.sha256(words.encode(errors="surrogateescape")).hexdigest()[:16]


@dataclasses.dataclass
class Outcome:
    """Of a program that was run."""
    status: int = 0  # as a shell has it: 128 + number of the signal
    output: str = ""
    timed_out: bool = False
    crashed_in: str = ""  # functions, innermost first


@dataclasses.dataclass
class Verdict:
    passed: bool
    why: str = ""  # it did not pass


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return re.sub(r"\S*/", "", re.sub(r"\s+", " ", lines[-1]))[:160] if lines else ""


def judge(case: Case, outcome: Outcome) -> Verdict:
    """The suite's own criterion: exit status, and the output where a pattern is given."""
    if outcome.timed_out:
        return Verdict(False, "timed out")
    if case.should_fail and outcome.status == 0:
        return Verdict(False, "ended well, and should not")
    if not case.should_fail and outcome.status != 0:
        kind = f"signal {outcome.status - 128}" if 128 < outcome.status <= 128 + signal.NSIG else f"exit status {outcome.status}"
        kind += f" in {outcome.crashed_in}" if outcome.crashed_in else ""
        said = last_line(outcome.output)
        return Verdict(False, f"{kind}: {said}" if said else kind)
    if case.output and not re.search(case.output, outcome.output, re.DOTALL):
        return Verdict(False, f"output: {last_line(outcome.output)}")
    return Verdict(True)


def in_sample(path: str) -> bool:
    """A quarter of all: the SHA-256 of the path below the suite's root begins with 0 to 3."""
    return hashlib.sha256(path.encode()).hexdigest()[0] in "0123"
