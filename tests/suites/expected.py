# SPDX-License-Identifier: MIT
"""Which tests are known to fail on an isle, and why: tests/suites/expected/SUITE.txt, a line `TEST | REASON` for each."""
from pathlib import Path

from case import Verdict

FOLDER = Path(__file__).resolve().parent / "expected"
HEAD = "# Expected to fail on an isle: test | reason. Any other failure, and any of these that passes, fails the run.\n"


class Malformed(Exception):
    """The list cannot be read."""


def parse(text: str, name: str = "") -> dict[str, str]:
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        test, bar, reason = (part.strip() for part in line.partition(" | "))
        if not bar or not reason or test in found:
            raise Malformed(f"{name}:{number}: not `TEST | REASON`, or twice: {line}")
        found[test] = reason
    return found


def known(suite: str) -> bool:
    """It has been run whole: what is not in its list passes."""
    return (FOLDER / f"{suite}.txt").exists()


def load(suite: str) -> dict[str, str]:
    path = FOLDER / f"{suite}.txt"
    return parse(path.read_text(), path.name) if path.exists() else {}


def deviations(verdicts: dict[str, Verdict], listed: dict[str, str], every: set[str]) -> dict[str, str]:
    """Tests that did not go as listed, and lines that name no test. What has no verdict yet deviates from nothing."""
    found = {}
    for name, verdict in verdicts.items():
        if verdict.passed and name in listed:
            found[name] = f"passes, but is listed as: {listed[name]}"
        elif not verdict.passed and name not in listed:
            found[name] = verdict.why
    found.update({name: "is listed, but there is no such test" for name in listed.keys() - every})
    return found


def accept(suite: str, verdicts: dict[str, Verdict], linux: dict[str, Verdict]) -> None:
    """Writes the list anew: reasons stay, new ones are what was seen."""
    listed = load(suite)
    lines = [HEAD]
    for name in sorted(name for name, verdict in verdicts.items() if not verdict.passed):
        on_linux = linux.get(name)
        also = "on Linux, too: " if on_linux and not on_linux.passed else ""
        lines.append(f"{name} | {listed.get(name) or (also + verdicts[name].why).replace(chr(10), ' ')}\n")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{suite}.txt").write_text("".join(lines))
