# SPDX-License-Identifier: MIT
"""Many tests in one image and one launch.

Each test becomes one object in which only its main() is seen from outside, under a name of its own; batch.c calls them in turn.
A launch of a program that does nothing took 0.4 s of processor time in QEMU's TCG, and linking one another 0.1 s, where most tests of C
compile in 0.1 s and run in no time: together they take a quarter. C++ and Fortran are not batched. Their comdat functions, type
information, module variables and common blocks belong to the whole program, so a test that was made private would no longer be the same,
and compiling takes most of their time anyway. Nor is OpenMP, which reads its environment once. These have a launch each.

What a batch says counts only if it says "passed". Whoever fails there, or is never reached, is run again alone.
"""
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import build
import platforms
from case import Case, Run

HERE = Path(__file__).resolve().parent
SIZE = 64
SECONDS = 20  # for one test in a batch
RENAMED = {name: f"suite_{name}" for name in ("exit", "_exit", "_Exit", "abort")}
# These change the program around them: run before main(), after it, or look at what main() is called with or by.
UNSAFE = re.compile(r"constructor|destructor|atexit|\bsignal\b|sigaction|argv|freopen|__builtin_return_address|__builtin_frame_address")


def safe(case: Case) -> bool:
    return case.batch and not case.unsupported and not case.output and not case.should_fail and case.runs == (Run(),) and not any(
        UNSAFE.search(path.read_text(errors="replace")) for path in case.files)


def call(command: list, folder: Path) -> bool:
    outcome = platforms.run(command, folder, build.TIMEOUT, {})
    return outcome.status == 0 and not outcome.timed_out


def private_object(isle, case: Case, number: int, folder: Path, extra: build.Extra) -> Path | None:
    """The test as one object that shows but main(), as suite_main_NUMBER."""
    scratch = folder / str(number)
    scratch.mkdir(parents=True)
    objects = []
    for at, path in enumerate(case.files):
        objects.append(scratch / f"{at}.o")
        if build.compile_with(isle, case, scratch, [*extra.flags, "-c", path, "-o", objects[-1]]):
            return None
    whole, made, main = objects[0], folder / f"{number}.o", f"suite_main_{number}"
    renames = [f"--redefine-sym={old}={new}" for old, new in {**RENAMED, "main": main}.items()]
    done = True
    if len(objects) > 1:
        whole = scratch / "whole.o"
        done = call([*isle.compiler("c"), "-r", "-nostdlib", *objects, "-o", whole], scratch)
    done = done and call([isle.tool("objcopy"), *renames, f"--keep-global-symbol={main}", whole, made], scratch)
    shutil.rmtree(scratch)
    return made if done else None


def table(numbers: list[int]) -> str:
    """The array that batch.c goes through."""
    declared = "".join(f"int suite_main_{number}(int, char **);\n" for number in numbers)
    listed = "".join(f'\t{{"{number}", suite_main_{number}}},\n' for number in numbers)
    return (f"{declared}struct suite_test {{ const char *number; int (*main)(int, char **); }};\n"
            f"const unsigned suite_seconds = {round(SECONDS * platforms.patience())};\nconst struct suite_test suite_tests[] = {{\n{listed}\t{{0, 0}}}};\n")


def link(isle, objects: dict[int, Path], folder: Path) -> Path | None:
    made = folder / "batch.exe"
    (folder / "table.c").write_text(table(list(objects)))
    command = [*isle.compiler("c"), "-O1", folder / "table.c", HERE / "batch.c", *objects.values(), "-o", made, "-lm"]
    return made if call(command, folder) else None


def passed(output: str) -> set[int]:
    """Which tests say that they passed, each after it has begun."""
    begun, found = None, set()
    for number, word in re.findall(r"^@suite (\w+) (\w+) \d+$", output, re.M):
        if word == "begins":
            begun = number
        elif word == "passed" and number == begun:
            found.add(int(number))
    return found


def build_image(isle, cases: list[Case], folder: Path, extra: build.Extra, workers: int) -> Path | None:
    """In a fresh folder. The number of a test is its place in the list; those that do not build are left out."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with ThreadPoolExecutor(workers) as pool:
        made = pool.map(lambda at: private_object(isle, cases[at], at, folder, extra), range(len(cases)))
        objects = {number: path for number, path in enumerate(made) if path}
    return link(isle, objects, folder) if objects else None


def run(isle, cases: list[Case], folder: Path, extra: build.Extra, workers: int) -> set[str]:
    """The names of those that passed."""
    try:
        program = build_image(isle, cases, folder, extra, workers)
        if not program:
            return set()
        outcome = isle.run(program, Run(), folder, isle.timeout + SECONDS * 5)
        return {cases[number].name for number in passed(outcome.output)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
