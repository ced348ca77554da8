# SPDX-License-Identifier: MIT
"""LLVM's tests of its OpenMP runtime that are plain programs: RUN lines that only compile and run, nothing that looks at output.

Names are below openmp/runtime/test. Passed: every run ends with status 0. Tests of OMPT, which our runtime is built without, are left
out. What says that gcc cannot build it, or must fail with it, is built by clang, on both sides. Linux has
the runtime that Debian's clang brings, LLVM 14's; isles have LLVM 19's, which is where the tests are from, and four CPUs, since some
tests want two threads where they ask for half of what there is. What includes a header of the runtime's own is told that it is on Linux, as
the runtime was.
"""
import re
import shlex
from pathlib import Path

import build
from case import Case, Run
from platforms import CLANG_VERSION, VERSION

NAME = "openmp"
TITLE = "LLVM OpenMP runtime"
PACKAGE = "llvm-toolchain-19"
GOALS = {"plain": 95}
BATCHED = False
SHARED = False  # where KVM does not work some need minutes
COMPILE = re.compile(r"%libomp-(?:(cxx20|cxx|c99)-)?compile(-and-run|-c)?$")
STANDARD = {"cxx": "-std=c++17", "cxx20": "-std=c++20", "c99": "-std=c99"}
# What lit would find here: a machine with several processors and affinity, a runtime with neither hwloc nor OMPT.
FEATURES = {"linux", "affinity", "hidden-helper", "multicpu", "x86_64-target-arch", "x86-target-arch"}
# gcc refuses a schedule for a nest that is no rectangle.
FOR_CLANG = {f"omp_for_collapse_{kind}" for kind in ("LowerTriangularLess", "LowerTriangularLessEqual", "UpperTriangular")}
# Three and four threads meet at some 400,000 barriers: where four CPUs stand on fewer, each costs a time slice of the host.
FOR_TWO_CPUS = {"kmp_sch_simd_guided"}
CLANG = {"c": "clang", "c++": "clang++"}


class NotPlain(Exception):
    """It does more than compile and run."""


def root(source: Path) -> Path:
    return source / "openmp/runtime/test"


def commands(text: str) -> list[list[str]]:
    """The words of each command of the RUN lines."""
    lines = re.sub(r"\\[ \t]*\n", " ", "\n".join(re.findall(r"RUN:(.*)$", text, re.M))).splitlines()
    if not lines:
        raise NotPlain
    return [shlex.split(command) for line in lines for command in line.split("&&")]


def plain(text: str) -> tuple[str, list[str], list[Run]]:
    """The driver that compiles it, its flags, and the runs."""
    driver, flags, runs = None, [], []
    for words in commands(text):
        if words[:1] == ["env"]:
            words = words[1:]
        variables = []
        while words and re.match(r"\w+=", words[0]):
            name, _, value = words.pop(0).partition("=")
            variables.append((name, value))
        match = COMPILE.match(words[0]) if words else None
        if match and driver is None and not any(word.startswith(("%", "|", ">", "2>")) for word in words[1:]):
            driver = "c++" if (match[1] or "").startswith("cxx") else "c"
            flags = [*([STANDARD[match[1]]] if match[1] else []), *words[1:]]
            if match[2] == "-and-run":
                runs.append(Run(tuple(variables)))
        elif words[:1] == ["%libomp-run"] and driver and not any(word.startswith(("%", "|", ">", "2>")) for word in words[1:]):
            runs.append(Run(tuple(variables), tuple(words[1:])))
        else:
            raise NotPlain
    if not runs:
        raise NotPlain
    return driver, flags, runs


def lacking(text: str) -> str:
    """A feature that the test requires and that there is not."""
    required = [word for line in re.findall(r"REQUIRES:(.*)", text) for word in re.split(r"[,&\s]+", line) if word]
    return next((word for word in required if word not in FEATURES and "||" not in word), "")


def case(top: Path, path: Path) -> Case | None:
    text = path.read_text(errors="replace")
    try:
        language, flags, runs = plain(text)
    except NotPlain:
        return None
    must_fail = " ".join(re.findall(r"XFAIL:(.*)", text))
    excluded = " ".join(re.findall(r"UNSUPPORTED:(.*)", text)) + must_fail
    compiler = CLANG[language] if path.stem in FOR_CLANG or re.search(rf"\bgcc(-{VERSION})?(?![-\d])", excluded) else language
    missing = lacking(text)
    cpus = ("HERMIT_CPUS", "2" if path.stem in FOR_TWO_CPUS else "4")
    own_header = ["-D__linux__"] if re.search(r'#include "[^"]*\bkmp', text) else []
    return Case(str(path.relative_to(top)), "plain", compiler, (path,),
                ("-w", "-fopenmp", "-fno-omit-frame-pointer", f"-I{top}", *own_header, *flags), ("-lm",),
                runs=tuple(Run((cpus, *run.environment), run.arguments) for run in runs),
                unsupported=f"needs {missing}" if missing else "")


def cases(source: Path) -> list[Case]:
    top = root(source)
    found = [case(top, path) for path in sorted(top.rglob("*")) if path.suffix in (".c", ".cpp") and path.relative_to(top).parts[0] != "ompt"]
    return [case for case in found if case]


def extra(platform, source: Path, folder: Path) -> build.Extra:
    """gcc would take its own runtime on Linux."""
    if platform.name == "isle":
        return build.Extra()
    library = f"/usr/lib/llvm-{CLANG_VERSION}/lib"
    return build.Extra(["-idirafter", f"/usr/lib/llvm-{CLANG_VERSION}/include"],
                       [f"-L{library}", f"-Wl,-rpath,{library}", "-lomp"])
