# SPDX-License-Identifier: MIT
"""FFTW by configure and make, with threads and SSE2. `bench --verify` compares transforms with what must hold for them: linearity and shifts.

FFTW's own script lets it verify random problems. These are of the same kinds and sizes, but always the same ones, some forty to a launch.
"""
from pathlib import Path

from package import Package, Test, test

BUILD = """
CFLAGS=-O1 $SOURCE/configure $HOST --enable-threads --enable-sse2 --disable-shared --disable-fortran --disable-doc --disable-dependency-tracking
make
"""
SIZES = [*range(1, 17), 25, 31, 32, 49, 60, 97, 100, 128, 243, 500, 1009, 1024, 2310, 4096]  # 31, 97 and 1009 are prime
SHAPES = ["12x13", "8x8", "1x17", "30x30", "64x32", "5x6x7", "16x16x16", "2x3x4x5"]
REAL = ["e00", "e01", "e10", "e11", "o00", "o01", "o10", "o11", "f", "b", "h"]
DIRECTIONS = [f"{place}{sign}" for place in "io" for sign in "fb"]


def kinds(shapes: list) -> list[str]:
    return [f"{direction}{field}{shape}" for shape in shapes for field in "cr" for direction in DIRECTIONS]


PROBLEMS = {
    "one dimension": kinds(SIZES),
    "several dimensions": kinds(SHAPES),
    "vectors": kinds(["16*5", "12*3x4", "8x9v7", "100v10", "7x5*3"]),
    "split arrays": [f"//{direction}c{size}" for size in (*SIZES[:20], "12x13", "5x6x7") for direction in DIRECTIONS],
    "real kinds": [f"{place}k{size}{kind}" for size in (2, 5, 8, 12, 31, 64, 100) for kind in REAL for place in "io"],
    "real kinds, two dimensions": [f"ok{a}{kind}x{b}{other}" for a, b in ((6, 9), (16, 10)) for kind in REAL for other in REAL[::3]],
}
WAYS = {
    "estimated": (PROBLEMS, "-oestimate", 40),
    "measured": ({name: PROBLEMS[name] for name in ("one dimension", "several dimensions", "real kinds")}, "", 40),
    "two threads": ({name: PROBLEMS[name] for name in ("one dimension", "several dimensions", "vectors")}, "-onthreads=2 -oestimate", 40),
    "patient": ({"a few": kinds([24, 31, 128, "12x10"])}, "-opatient", 40),
    "wisdom": ({"a few": kinds([24, 31, 128, "12x10"])}, "-owisdom", 40),
}


def tests(_source: Path) -> list[Test]:
    found = []
    for way, (groups, options, size) in WAYS.items():
        for name, problems in groups.items():
            for part, at in enumerate(range(0, len(problems), size), 1):
                words = " ".join(f"--verify {problem}" for problem in problems[at:at + size])
                found.append(test(f"{way}: {name} {part}", f"$RUN $TREE/tests/bench {options} --verify-rounds=1 {words}", unwanted="^(Found|FAIL).*"))
    again = "$RUN $TREE/tests/bench -owisdom --verify ofc1000; $RUN $TREE/tests/bench -owisdom -owisdom-only --verify ofc1000"
    return [*found, test("wisdom is kept", f"{again}; test -s wis.dat")]


SUITE = Package("fftw", "fftw3", "FFTW", BUILD, tests)
