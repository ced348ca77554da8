# SPDX-License-Identifier: MIT
"""A quarter of g++.dg and g++.old-deja: files with `dg-do run`, at -O2. Passed: exit status 0, or what the directives say.

Names are below gcc/testsuite, and it is their SHA-256 that chooses. Each runs once: in C++17, or where its selectors do not allow that
in the first of 20, 14, 11, 98 and 23 that they do.
"""
from pathlib import Path

import dejagnu
from case import Case, in_sample

NAME = "g++"
TITLE = "g++.dg, g++.old-deja"
PACKAGE = "gcc-12"
GOALS = {"sample": 95}
BATCHED = False
FLAGS = {"coroutines": ["-std=c++20"], "asan": ["-fsanitize=address"], "tsan": ["-fsanitize=thread"], "hwasan": ["-fsanitize=hwaddress"],
         "gomp": ["-fopenmp"], "guality": ["-g"], "vect": ["-ftree-vectorize", "-fno-vect-cost-model"]}


def root(source: Path) -> Path:
    return source / "gcc/testsuite"


def case(top: Path, path: Path) -> Case:
    name = path.relative_to(top)
    return dejagnu.case(str(name), "sample", "c++", path, ["-O2", "-w", *FLAGS.get(name.parts[1], [])], libraries=["-lm"])


def cases(source: Path) -> list[Case]:
    top = root(source)
    return [case(top, path) for folder in ("g++.dg", "g++.old-deja") for path in sorted((top / folder).rglob("*"))
            if path.suffix in (".C", ".cc", ".c") and in_sample(str(path.relative_to(top))) and dejagnu.is_run(path, "compile")]
