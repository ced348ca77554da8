# SPDX-License-Identifier: MIT
"""libstdc++'s tests: a quarter of those that run, and all of 30_threads. Passed: exit status 0, or what the directives say.

Names are below libstdc++-v3/testsuite, and it is their SHA-256 that chooses. As in conformance.exp, interactive tests, performance and
experimental/simd are left out; a file without dg-do runs. What wants the library's debug mode gets it, as from gcc's own `make check-debug`.
"""
import re
from pathlib import Path

import build
import dejagnu
from case import Case, in_sample

NAME = "libstdc++"
TITLE = "libstdc++"
PACKAGE = "gcc-12"
GOALS = {"sample": 90, "30_threads": 95}
BATCHED = False
FOLDERS = re.compile(r"(\d\d_.*|std|abi|backward|ext|tr1|tr2|decimal|experimental|special_functions)$")
SUPPORT = ["testsuite_abi.cc", "testsuite_allocator.cc", "testsuite_character.cc", "testsuite_hooks.cc", "io/verified_cmd_line_input.cc", "io/prog_bar.cc",
           "performance/time/elapsed_timer.cc"]
FLAGS = ["-O2", "-w", "-DLOCALEDIR=\".\""]


def root(source: Path) -> Path:
    return source / "libstdc++-v3/testsuite"


def data_of(top: Path, path: Path) -> list[Path]:
    named = re.findall(r"\"([\w-]+\.(?:tst|txt))\"", path.read_text(errors="replace"))
    return [top / "data" / name for name in sorted(set(named)) if (top / "data" / name).exists()]


def case(top: Path, path: Path) -> Case:
    name = str(path.relative_to(top))
    part = "30_threads" if name.startswith("30_threads") else "sample"
    flags = [*FLAGS, "-D_GLIBCXX_DEBUG"] if "dg-require-debug-mode" in path.read_text(errors="replace") else FLAGS
    return dejagnu.case(name, part, "c++", path, flags, [], "run", ["-lm"], data_of(top, path))


def wanted(top: Path, path: Path) -> bool:
    name = str(path.relative_to(top))
    return (path.suffix in (".cc", ".c") and "_xin" not in name and "/experimental/simd/" not in f"/{name}" and "performance" not in name
            and (name.startswith("30_threads") or in_sample(name)) and dejagnu.is_run(path, "run"))


def cases(source: Path) -> list[Case]:
    top = root(source)
    folders = sorted(path for path in top.iterdir() if FOLDERS.match(path.name))
    return [case(top, path) for folder in folders for path in sorted(folder.rglob("*")) if wanted(top, path)]


def extra(platform, source: Path, folder: Path) -> build.Extra:
    """What gcc's own harness builds for all of them."""
    util = root(source) / "util"
    return build.Extra([f"-I{util}"], [build.archive(platform, [util / name for name in SUPPORT], [*FLAGS, f"-I{util}", f"-I{root(source)}"], folder)])
