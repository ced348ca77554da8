# SPDX-License-Identifier: MIT
"""zlib by configure and make; the tests are those of its makefile's `test` and `cover`, and what isle and host pack for each other.

Debian's source lacks a file of Windows that zlib's CMake wants, so there is one way to build it.
"""
from pathlib import Path

from package import Package, Test, test

BUILD = """
CHOST= CFLAGS=-O2 $SOURCE/configure --static
make example minigzip example64 minigzip64 infcover
"""
LAST = r"large_inflate\(\): OK.*inflate with dictionary"
TEXT = "cat $SOURCE/*.c >text; "
KINDS = {
    "": "echo hello world | {0} | {0} -d",
    " packs for gzip": TEXT + "{0} <text >text.gz; gzip -dc text.gz | cmp - text",
    " unpacks what gzip packed": TEXT + "gzip -9 <text >text.gz; {0} -d <text.gz | cmp - text",
    " in place": TEXT + "cp text copy; {0} -9 copy; test ! -e copy; {0} -d copy.gz; cmp copy text",
}


def tests(_source: Path) -> list[Test]:
    found = [test("infcover", "$RUN $TREE/infcover")]
    for bits in ("", "64"):
        found.append(test(f"example{bits}", f"$RUN $TREE/example{bits} foo.gz", LAST))
        found += [test(f"minigzip{bits}{kind}", command.format(f"$RUN $TREE/minigzip{bits}"), "" if kind else "^hello world$")
                  for kind, command in KINDS.items()]
    return found


SUITE = Package("zlib", "zlib", "zlib", BUILD, tests)
