# SPDX-License-Identifier: MIT
"""A quarter of gfortran.dg: files with `dg-do run`, at -O2. Passed: exit status 0, or what the directives say.

Names are below gcc/testsuite, and it is their SHA-256 that chooses. Coarrays are built for libcaf_single, the library with one image.
"""
import re
from pathlib import Path

import dejagnu
from case import Case, in_sample

NAME = "gfortran"
TITLE = "gfortran.dg"
PACKAGE = "gcc-12"
GOALS = {"sample": 95}
BATCHED = False
FLAGS = {"coarray": ["-fcoarray=lib"], "ieee": ["-fno-unsafe-math-optimizations", "-frounding-math", "-fsignaling-nans"],
         "gomp": ["-fopenmp"], "goacc": ["-fopenacc"], "asan": ["-fsanitize=address"], "ubsan": ["-fsanitize=undefined"],
         "vect": ["-ftree-vectorize", "-fno-vect-cost-model"], "guality": ["-g"]}


def root(source: Path) -> Path:
    return source / "gcc/testsuite"


def case(top: Path, path: Path) -> Case:
    folder = path.relative_to(top).parts[1]
    libraries = ["-lcaf_single"] if folder == "coarray" else []
    return dejagnu.case(str(path.relative_to(top)), "sample", "fortran", path, ["-O2", "-w", *FLAGS.get(folder, [])], libraries=libraries)


def cases(source: Path) -> list[Case]:
    top = root(source)
    return [case(top, path) for path in sorted((top / "gfortran.dg").rglob("*"))
            if re.search(r"\.[fF](|90|95|03|08)$", path.name) and in_sample(str(path.relative_to(top))) and dejagnu.is_run(path, "compile")]
