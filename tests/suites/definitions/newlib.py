# SPDX-License-Identifier: MIT
"""newlib's own tests; all are plain programs. Passed: exit status 0, and for two of them the output that the .exp file beside says.

Names are below newlib/testsuite. On Linux they test glibc, which was never meant to pass them all.
"""
import re
from pathlib import Path

import tcl
from case import Case

NAME = "newlib"
TITLE = "newlib"
PACKAGE = "newlib"
GOALS = {"all": None}
BATCHED = False


def root(source: Path) -> Path:
    return source / "newlib/testsuite"


def output_of(path: Path) -> str:
    """What the .exp file of this name wants to see, line by line."""
    script = path.with_suffix(".exp")
    match = re.search(r"^set \w*output (\{.*?^\s*\})", script.read_text(), re.M | re.S) if script.exists() else None
    return r"\r?\n".join(map(re.escape, tcl.words(tcl.words(match[1])[0]))) if match else ""


def cases(source: Path) -> list[Case]:
    top = root(source)
    return [Case(str(path.relative_to(top)), "all", "c", (path,), ("-O2", "-w", f"-I{top / 'include'}"), ("-lm",), output=output_of(path))
            for path in sorted(top.glob("newlib.*/*.c"))]
