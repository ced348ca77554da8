# SPDX-License-Identifier: MIT
"""The Tiny C Compiler by its configure and make, which compile its runtime with the tcc they have just built; its tests2.

On an isle tcc compiles and links as it does on Linux, with glibc's headers and libraries, and what it makes is run by Linux: passed means
the output that the .expect file has; the makefile would have most of them run within tcc (-run), to the same output. Where it says -dt,
which takes a file apart into several tests, there is no way but -run.
"""
import re
from pathlib import Path

from package import Package, Test, test

BUILD = """
$SOURCE/configure --cpu=x86_64 --triplet=x86_64-linux-gnu --cross-prefix=${CC%gcc*} --cc=${CC##*-hermit-}
XTCC="$RUN $TREE/tcc" make tcc libtcc.a
XTCC="$RUN $TREE/tcc" make libtcc1.a
"""
TCC = "$RUN $TREE/tcc -B$TREE -I$SOURCE/include -I$SOURCE -I$TREE"
BUILT = "{tcc} {flags} $TESTS/{name}.c -lm -o a.exe && ./a.exe {words}"  # -run finds the math functions in tcc itself
LIBRARY = "{tcc} -bt $TESTS/{name}.c -shared -D DLL={number} -o a{number}.so && "
# Of the makefile: what is not for x86-64, or not C, and what some are called with.
SKIPPED = {"34_array_assignment", "73_arm64", "98_al_ax_extend", "99_fastcall"}
FLAGS = {"60_errors_and_warnings": "-dt", "76_dollars_in_identifiers": "-fdollars-in-identifiers", "96_nodata_wanted": "-dt",
         "104_inline": "$TESTS/104+_inline.c", "106_pthread": "-pthread", "112_backtrace": "-dt -b", "113_btdll": "-bt a1.so a2.so -Wl,-rpath=.",
         "114_bound_signal": "-b", "115_bound_setjmp": "-b", "116_bound_setjmp2": "-b"}
ARGUMENTS = {"31_args": "arg1 arg2 arg3 arg4 arg5", "46_grep": r"'[^* ]*[:a:d: ]+\:\*-/: $' $TESTS/46_grep.c"}
ADDRESSES = r" -e 's;[0-9A-Fa-fx]\{5,\};........;g' -e 's;0x[0-9A-Fa-f]\{1,\};0x?;g'"


def command(name: str) -> str:
    """As the makefile of tests2 has it."""
    flags = FLAGS.get(name, "")
    form = f"{{tcc}} {{flags}} -run $TESTS/{name}.c" if "-dt" in flags else BUILT
    if name == "113_btdll":
        form = "".join(LIBRARY.format(tcc="{tcc}", name=name, number=number) for number in (1, 2)) + form
    if name == "117_gcc_test":
        form += " && {tcc} -b $TESTS/{name}.c -o a.exe && ./a.exe"
    line = form.format(tcc=TCC, flags=flags, name=name, words=ARGUMENTS.get(name, ""))
    addresses = ADDRESSES if name in ("112_backtrace", "113_btdll") else ""
    return (f"TESTS=$SOURCE/tests/tests2; ({line}) 2>&1 | sed -e s,$TESTS/,,g -e '/^proxy: running/d'{addresses} >output || true; "
            f"diff -Nbu $TESTS/{name}.expect output")


def tests(source: Path) -> list[Test]:
    names = sorted(path.stem for path in source.glob("tests/tests2/*.expect") if re.match(r"\d+_", path.name))
    return [test(name, command(name)) for name in names if name not in SKIPPED]


SUITE = Package("tcc", "tcc", "Tiny C Compiler", BUILD, tests, goal=97)
