# SPDX-License-Identifier: MIT
"""Builds one test for one platform."""
import dataclasses
import re
import shutil
from pathlib import Path

import compile_cache
import platforms
from case import Case, Verdict

TIMEOUT = 400


@dataclasses.dataclass
class Built:
    program: Path | None
    trouble: str = ""


@dataclasses.dataclass
class Extra:
    """What all tests of a suite are built with on one platform: flags in front, libraries at the end."""
    flags: list[str] = dataclasses.field(default_factory=list)
    libraries: list[str] = dataclasses.field(default_factory=list)


def extra_of(suite, platform, source: Path, folder: Path) -> Extra:
    return suite.extra(platform, source, folder) if hasattr(suite, "extra") else Extra()


def archive(platform, files: list[Path], flags: list[str], folder: Path) -> str:
    """A library of the suite's own."""
    made = folder / "support.a"
    folder.mkdir(parents=True, exist_ok=True)
    for command in ([*platform.compiler("c++"), *flags, "-c", *files], ["ar", "rc", made, *(f"{path.stem}.o" for path in files)]):
        outcome = platforms.run(command, folder, TIMEOUT, {})
        if outcome.status:
            raise RuntimeError(f"the suite's own library does not build on {platform.name}: {first_error(outcome.output)}")
    return str(made)


def prepare(case: Case, folder: Path) -> None:
    """A fresh folder with what the test finds in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in case.data:
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
        elif path.exists():
            shutil.copy(path, folder)


def first_error(text: str) -> str:
    """The line that says most, without paths of this machine."""
    lines = [line for line in text.splitlines() if re.search(r"error:|undefined reference|Error:|cannot find|multiple definition", line)]
    line = lines[0] if lines else (text.strip().splitlines() or ["no message"])[-1]
    return re.sub(r"\S*/", "", line).strip()[:160]


def compile_with(platform, case: Case, folder: Path, arguments: list) -> str:
    """What is wrong, or nothing."""
    command = [*compile_cache.prefix(arguments), *platform.compiler(case.language), *case.flags, *arguments]
    outcome = platforms.run(command, folder, TIMEOUT, compile_cache.environment(platform))
    if outcome.timed_out:
        return "the compiler timed out"
    return first_error(outcome.output) if outcome.status else ""


def program(platform, case: Case, folder: Path, extra: Extra) -> Built:
    prepare(case, folder)
    for module in case.modules:
        if trouble := compile_with(platform, case, folder, [*extra.flags, "-c", module, "-o", folder / f"{module.stem}.module.o"]):
            return Built(None, f"{module.name}: {trouble}")
    made = folder / "test.exe"
    parts = list(case.files)
    if compile_cache.in_two_calls(case):
        parts = [folder / f"{number}.object.o" for number, _ in enumerate(case.files)]
        for path, part in zip(case.files, parts):
            if trouble := compile_with(platform, case, folder, [*extra.flags, "-c", path, "-o", part]):
                return Built(None, trouble)
    auxiliary = sorted(folder.glob("*.module.o"))
    trouble = compile_with(platform, case, folder, [*extra.flags, *parts, *auxiliary, "-o", made, *extra.libraries, *case.libraries])
    return Built(None, trouble) if trouble or not made.exists() else Built(made)


def untried(case: Case) -> Verdict | None:
    return Verdict(False, f"unsupported: {case.unsupported}") if case.unsupported else None


def failed(built: Built) -> Verdict:
    return Verdict(False, f"does not build: {built.trouble}")
