# SPDX-License-Identifier: MIT
"""gcc's tests of its OpenMP runtime, in C, C++ and Fortran; on an isle they test LLVM's runtime through gcc's entry points.

Names are below libgomp/testsuite; files for both C and C++ count twice. `host` are those without a target construct, which the goal is
for; `target` are the others, on a Linux without a device, too, run by the host. OpenACC is left out. Passed: exit status 0, or what the
directives say; run unless dg-do says otherwise; -O2 where dg-options says nothing, and for Fortran always first.
"""
import re
from pathlib import Path

import dejagnu
import directives
from case import Case

NAME = "libgomp"
TITLE = "gcc libgomp"
PACKAGE = "gcc-12"
GOALS = {"host": 92, "target": None}
BATCHED = False
TARGET = re.compile(r"omp\b[^\n]*\btarget\b|omp_target_|omp_get_mapped_ptr|omp_is_initial_device|omp_(get|set)_default_device", re.I)
KINDS = [("c", "libgomp.c", r"\.c$", ""), ("c", "libgomp.c-c++-common", r"\.c$", " (C)"), ("c++", "libgomp.c++", r"\.C$", ""),
         ("c++", "libgomp.c-c++-common", r"\.c$", " (C++)"), ("fortran", "libgomp.fortran", r"\.[fF](|90|95|03|08)$", "")]


def root(source: Path) -> Path:
    return source / "libgomp/testsuite"


def case(top: Path, path: Path, language: str, suffix: str) -> Case:
    part = "target" if TARGET.search(directives.read(path)) else "host"
    include = ["-w", "-fopenmp", f"-I{top.parents[1] / 'include'}", f"-I{top.parent}"]
    # g++ takes a file named .c for C++ as well; gcc's suite says -x c++, which would hold for libraries, too.
    before, default = (["-O2", *include], []) if language == "fortran" else (include, ["-O2"])
    return dejagnu.case(f"{path.relative_to(top)}{suffix}", part, language, path, before, default, "run", ["-lm"])


def cases(source: Path) -> list[Case]:
    top = root(source)
    found = [case(top, path, language, suffix) for language, folder, pattern, suffix in KINDS
             for path in sorted((top / folder).rglob("*")) if re.search(pattern, path.name) and dejagnu.is_run(path, "run")]
    parts_of_others = {path for case in found for path in case.files[1:]}
    return [case for case in found if case.files[0] not in parts_of_others]
