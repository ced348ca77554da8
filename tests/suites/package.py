# SPDX-License-Identifier: MIT
"""A package as a suite: built whole by its own build system, unchanged, for each platform; its test programs are then run one by one.

How it is built and what is run are lines for bash. They find in their environment

    TREE, SOURCE            the folder that it is built in, where building starts, and in it the package's source, a copy: some build
                            systems write into it
    SOURCE_name             the source of another package that it wants
    CC CXX FC AR RANLIB     the platform's tools, for make and configure
    HOST, CMAKE             what configure and cmake are to be told: --host=..., -DCMAKE_TOOLCHAIN_FILE=...
    RUN                     what stands in front of a program to run it on the platform; nothing on Linux
    PIECES                  where the definition's own inputs are: tests/suites/pieces

A test runs in a folder of its own. Passed: exit status 0, of each program in a pipe, and what is wanted in the output and what is not.
"""
import dataclasses
import fcntl
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import build
import platforms
import sources
from case import Case, Outcome, Verdict, judge

PIECES = Path(__file__).resolve().parent / "pieces"
BUILD_SECONDS = 3000


@dataclasses.dataclass(frozen=True)
class Test(Case):
    command: str = ""
    unwanted: str = ""  # a pattern that must not be in the output
    minutes: float = 3  # that it may take on an isle
    basis: str = ""  # all else that the verdict depends on: the package's version, how it is built, our inputs


@dataclasses.dataclass
class Tree:
    """The package as it is built for one platform."""
    environment: dict[str, str]
    trouble: str = ""


def test(name: str, command: str, output: str = "", unwanted: str = "", minutes: float = 3) -> Test:
    return Test(name, "all", "", (), output=output, command=command, unwanted=unwanted, minutes=minutes)


def shell(platform, command: str, environment: dict[str, str], folder: Path, seconds: float) -> Outcome:
    return platform.command(["bash", "-e", "-o", "pipefail", "-c", command], environment, folder, seconds)


def judged(test: Test, outcome: Outcome) -> Verdict:
    verdict = judge(test, outcome)
    found = re.search(test.unwanted, outcome.output, re.M) if test.unwanted and verdict.passed else None
    return Verdict(False, f"output: {outcome.output[found.start():].splitlines()[0].strip()[:160]}") if found else verdict


def pieces_in(commands: str) -> list[bytes]:
    """Our own inputs that are named there."""
    return [path.read_bytes() for path in sorted(PIECES.iterdir()) if path.name in commands]


class Package:
    """A suite, to the letter of definitions/__init__.py."""
    BATCHED = False
    SHARED = False  # a plain run has no time to build it

    def __init__(self, name: str, package: str, title: str, commands: str, tests: Callable[[Path], list[Test]], goal: float | None = 100,
                 also: tuple[str, ...] = ()):
        self.NAME, self.PACKAGE, self.TITLE, self.GOALS = name, package, title, {"all": goal}
        self.commands, self.tests, self.also = commands, tests, also

    def root(self, source: Path) -> Path:
        return source

    def cases(self, source: Path) -> list[Test]:
        return [dataclasses.replace(test, basis=self.basis(source, test)) for test in self.tests(source)]

    def building(self) -> list[bytes]:
        return [self.commands.encode(), *pieces_in(self.commands)]

    def basis(self, source: Path, test: Test) -> str:
        return platforms.digest_of([source.name.encode(), *self.building(), *pieces_in(test.command)])

    def extra(self, platform, source: Path, _folder: Path) -> Tree:
        """The tree in the cache; there is one for each platform, and it is built again when the platform or the definition changes."""
        place = sources.CACHE / "suites/packages"
        place.mkdir(parents=True, exist_ok=True)
        tree = place / f"{source.name}-{platform.name}-{platforms.digest_of([platform.digest.encode(), *self.building()])}"
        environment = {**platform.tools(), "SOURCE": str(tree / "source"), "TREE": str(tree), "PIECES": str(PIECES),
                       "MAKEFLAGS": f"-j{os.cpu_count()}", **{f"SOURCE_{name}": str(sources.folder(name)) for name in self.also}}
        with open(place / f"{self.NAME}-{platform.name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            trouble = "" if (tree / ".built").exists() else self.built(platform, environment, source, tree)
        return Tree(environment, trouble)

    def built(self, platform, environment: dict[str, str], source: Path, tree: Path) -> str:
        """What is wrong, or nothing. A package may know the path of its tree, so it is built in place."""
        for old in tree.parent.glob(f"{tree.name.rpartition('-')[0]}-*"):
            shutil.rmtree(old)
        shutil.copytree(source, tree / "source", symlinks=True)
        print(f"{self.NAME}, {platform.name}: building", flush=True)
        outcome = shell(platform, self.commands, environment, tree, BUILD_SECONDS)
        (tree / "skellig-build.log").write_text(outcome.output)
        if outcome.timed_out or outcome.status:
            return "building timed out" if outcome.timed_out else build.first_error(outcome.output)
        (tree / ".built").touch()
        return ""

    def verdict_of(self, platform, test: Test, folder: Path, tree: Tree) -> Verdict:
        if tree.trouble:
            return Verdict(False, f"does not build: {tree.trouble}")
        build.prepare(test, folder)
        try:
            return judged(test, shell(platform, test.command, tree.environment, folder, test.minutes * 60))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
