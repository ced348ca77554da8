# SPDX-License-Identifier: MIT
"""docs/conformance.md: what a full run found."""
import datetime
import subprocess

import expected
from counting import Part
from platforms import TOP, VERSION

PATH = TOP / "docs/conformance.md"
HEAD = """# Conformance

Test suites of others, from Debian's sources, unchanged, each file on an isle in QEMU and as a process of Linux built by the host's
gcc-{version}. Written by `scripts/test suites` on {date}, {commit}, {how}.

Every test of a suite counts; what was skipped, is unsupported here, does not build or takes too long has not passed. Samples are the
files whose path below the suite's root has a SHA-256 that begins with 0 to 3. Why a test fails is listed in `tests/suites/expected/`;
each deviation from these lists, in either direction, fails the run.

| suite | part | tests | pass on an isle | % | goal | pass on Linux | only on Linux | only on an isle |
|---|---|---|---|---|---|---|---|---|
"""


def git(*words: str) -> str:
    return subprocess.run(["git", "-C", TOP, *words], check=True, capture_output=True, text=True).stdout.strip()


def commit() -> str:
    changed = " and changes that are not committed" if git("status", "--porcelain", "-uno", "--", ":!docs") else ""
    return f"commit {git('rev-parse', '--short=12', 'HEAD')}{changed}"


def row(suite, part: Part) -> str:
    goal = f"{part.goal:g}" if part.goal is not None else ""
    return (f"| {suite.TITLE} | {part.name} | {part.tests} | {part.isle} | {part.share:.1f} | {goal} | {part.linux} "
            f"| {len(part.only_linux)} | {len(part.only_isle)} |")


def differences(suite, parts: list[Part]) -> list[str]:
    listed = expected.load(suite.NAME)
    worse = [name for part in parts for name in part.only_linux]
    better = [name for part in parts for name in part.only_isle]
    lines = [f"## {suite.TITLE}: where isle and Linux differ", ""] if worse or better else []
    if worse:
        lines += ["| passes on Linux only | on an isle |", "|---|---|",
                  *(f"| {name} | {listed.get(name, 'not listed').replace('|', '/')} |" for name in worse), ""]
    if better:
        lines += ["Pass on an isle only: " + ", ".join(better) + ".", ""]
    return lines


def write(results: list[tuple], accelerated: bool) -> None:
    """`results`: suites with their parts."""
    how = "KVM" if accelerated else "TCG"
    text = HEAD.format(version=VERSION, date=datetime.date.today().isoformat(), commit=commit(), how=how)
    lines = [row(suite, part) for suite, parts in results for part in parts]
    lines += ["", *(line for suite, parts in results for line in differences(suite, parts))]
    PATH.write_text(text + "\n".join(lines).rstrip() + "\n")
    print(f"table: {PATH.relative_to(TOP)}")
