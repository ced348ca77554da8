# SPDX-License-Identifier: MIT
"""gcc's c-torture/execute: every file at -O0 and at -O2. Passed: main() returns 0, and nothing calls abort().

Names are below gcc/testsuite/gcc.c-torture/execute. In builtins/ a test is FILE.c, FILE-lib.c and lib/main.c.
"""
from pathlib import Path

import directives
from case import Case

NAME = "c-torture"
TITLE = "gcc c-torture/execute"
PACKAGE = "gcc-12"
GOALS = {"-O0": 98, "-O2": 98}
BATCHED = True
FLAGS = {"": ["-w"], "ieee": ["-w", "-fno-inline"],
         "builtins": ["-w", "-fno-tree-dse", "-fno-tree-loop-distribute-patterns", "-fno-tracer", "-fno-ipa-ra", "-fno-inline-functions"]}
# The .x files beside tests are programs in Tcl; these are what they say for this machine.
ADDED = {"builtins/abs-1.c": ["-fno-builtin-abs"], "ieee/pr38016.c": ["-fno-ivopts", "-fno-gcse"],
         **{f"ieee/{name}.c": ["-fno-trapping-math"] for name in ("compare-fp-3", "compare-fp-4", "fp-cmp-7")}}


def root(source: Path) -> Path:
    return source / "gcc/testsuite/gcc.c-torture/execute"


def files_of(top: Path, path: Path) -> list[Path]:
    if path.parent.name != "builtins":
        return [path]
    return [path, path.with_name(f"{path.stem}-lib.c"), top / "builtins/lib/main.c"]


def case(top: Path, path: Path, level: str) -> Case:
    name = str(path.relative_to(top))
    kind = path.parent.name if path.parent != top else ""
    before = [level, *FLAGS[kind], *ADDED.get(name, [])]
    test = directives.parse(directives.read(path), "c", before, [], "run")
    # What a test asks for comes last, its own -O too.
    return Case(f"{name} {level}", level, "c", tuple(files_of(top, path)), (*before, *test.options), ("-lm",), output=test.output,
                should_fail=test.should_fail, unsupported=test.unsupported, batch=True)


def cases(source: Path) -> list[Case]:
    top = root(source)
    found = [path for kind in ("", "ieee", "builtins") for path in sorted((top / kind).glob("*.c")) if not path.name.endswith("-lib.c")]
    return [case(top, path, level) for level in GOALS for path in found]

