# SPDX-License-Identifier: MIT
"""Objects of earlier runs, by ccache: a library of ours that changes makes an isle's verdicts void, but what was compiled stays as it is.

Each platform says by its compiler_digest what the objects depend on beyond the words of the call, the source and the headers.
"""
import functools
import re
import shutil

from case import Case
from sources import CACHE

C_FAMILY = {".c", ".cc", ".cpp", ".C", ".cxx"}
# Options that mean something else when compiling and linking are two calls, or write files named after the object.
ONE_CALL = re.compile(r"-(x|fprofile|-coverage|ftest-coverage|save-temps|fwhole-program|flto|fdump|E$|S$)")


@functools.cache
def tool() -> str | None:
    return shutil.which("ccache")


def in_two_calls(case: Case) -> bool:
    return all(path.suffix in C_FAMILY for path in case.files) and not any(map(ONE_CALL.match, case.flags))


def prefix(arguments: list) -> list[str]:
    return [tool()] if tool() and "-c" in arguments else []


def environment(platform) -> dict[str, str]:
    return {"CCACHE_DIR": str(CACHE / "suites/ccache"), "CCACHE_MAXSIZE": "2G", "CCACHE_NOHASHDIR": "1", "CCACHE_COMPILERCHECK": f"string:{platform.compiler_digest}"}
