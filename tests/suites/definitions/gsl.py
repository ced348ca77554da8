# SPDX-License-Identifier: MIT
"""The GNU Scientific Library by configure and make; the test program of each of its parts. Passed: exit status 0.

Debian's source lacks what its documentation is made of, so that part is left out.
"""
from pathlib import Path

from package import Package, Test, test

BUILD = r"""
CFLAGS=-O2 $SOURCE/configure $HOST --disable-shared --disable-dependency-tracking
PARTS=$(sed -n 's/^SUBDIRS = \(.*\) doc$/\1/p' Makefile)
make SUBDIRS="$PARTS"
make SUBDIRS="$PARTS" check TESTS=
"""


def tests(source: Path) -> list[Test]:
    parts = sorted(path.parent.name for path in source.glob("*/Makefile.am") if "\nTESTS = $(check_PROGRAMS)" in path.read_text())
    return [*(test(part, f"$RUN $TREE/{part}/test", unwanted="^FAIL.*", minutes=15) for part in parts),
            test("gsl-histogram", "echo 1 2 2.5 4 | $RUN $TREE/gsl-histogram 1 5 4", r"^1 2 1\n2 3 2\n3 4 0\n4 5 1\n$"),
            test("gsl-randist", "$RUN $TREE/gsl-randist 0 1000 gaussian 1 | $RUN $TREE/gsl-histogram -10 10 2", r"^-10 0 \d+\n0 10 \d+\n$")]


SUITE = Package("gsl", "gsl", "GNU Scientific Library", BUILD, tests)
