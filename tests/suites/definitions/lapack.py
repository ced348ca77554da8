# SPDX-License-Identifier: MIT
"""LAPACK and its BLAS by CMake, with the testing programs of all four kinds of numbers.

Passed: exit status 0, and none of the words that LAPACK's own summary counts as a failure. Inputs are named as its CMake lists name them.
LAPACK's own tests (CMake's) ask for the exit status only. In its summary a ratio of an ill-conditioned
problem may fail on Linux, too, with other seeds: the goal leaves room for one test, see docs/decisions/0073-one-ratio-of-lapack.md.
"""
import re
from pathlib import Path

from package import Package, Test, test

BUILD = """
cmake -S $SOURCE -B by-cmake -DCMAKE_Fortran_FLAGS=-O1 -DBUILD_TESTING=ON $CMAKE
cmake --build by-cmake
"""
FAILED = r".*(failed to pass the threshold|illegal values|error exits failed|Error\b|\bFAIL).*"


def inputs(source: Path, folder: str, macro: str) -> list[tuple[str, str]]:
    """Program and input of each test in a CMake list."""
    path = source / folder / "CMakeLists.txt"
    return re.findall(rf"^\s*{macro}\(\S+ (\S+) (\S+)\)", path.read_text(), re.M) if path.exists() else []


def tests(source: Path) -> list[Test]:
    blas = [f"xblat{level}{kind}" for level in "123" for kind in "sdcz"]
    read = {name: f"< $SOURCE/BLAS/TESTING/{name[6]}blat{name[5]}.in" if name[5] in "23" else "" for name in blas}
    return [*(test(name, f"$RUN $TREE/by-cmake/bin/{name} {read[name]}; cat *.out *.SUMM 2>/dev/null || true", "PASS", FAILED) for name in blas),
            *(test(f"{program} {name}", f"$RUN $TREE/by-cmake/bin/{program} <$SOURCE/TESTING/{name}", "Total time used|End of tests", FAILED, 15)
              for name, program in inputs(source, "TESTING", "add_lapack_test"))]


SUITE = Package("lapack", "lapack", "LAPACK", BUILD, tests, goal=99)
