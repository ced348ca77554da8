# SPDX-License-Identifier: MIT
"""Lua by its makefile. Its own tests are not in the package, so the scripts are ours: pieces/*.lua, each full of assert()."""
from pathlib import Path

from package import PIECES, Package, Test, test

BUILD = """
make -C $SOURCE/src posix CC="$CC -std=gnu99" AR="$AR rcu" RANLIB=$RANLIB
"""
COMPILED = "$RUN $SOURCE/src/luac -o out.luac $PIECES/{0}.lua; $RUN $SOURCE/src/lua out.luac"


def tests(_source: Path) -> list[Test]:
    scripts = sorted(path.stem for path in PIECES.glob("*.lua"))
    return [test(f"{name}.lua", f"$RUN $SOURCE/src/lua $PIECES/{name}.lua", "^fine$") for name in scripts] + [
        *(test(f"{name}.lua, compiled by luac", COMPILED.format(name), "^fine$") for name in scripts),
        test("standard input", "echo 'print(6 * 7)' | $RUN $SOURCE/src/lua -", "^42$"),
        test("interactive", "printf '1 + 1\\nx =\\n\"two\"\\nx\\n' | $RUN $SOURCE/src/lua -i", r"2\n.*two\n"),
        test("exit status", "$RUN $SOURCE/src/lua -e 'os.exit(5)' || test $? = 5"),
        test("an error ends it", "$RUN $SOURCE/src/lua -e 'error(\"oh\")' || test $? = 1", "oh\n.*stack traceback:"),
    ]


SUITE = Package("lua", "lua5.4", "Lua", BUILD, tests)
