# SPDX-License-Identifier: MIT
"""What is known of earlier runs, and the tables in docs/results."""
import datetime
import hashlib
import json
import os
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("SKELLIG_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "skellig")
GOOD = ["passed", "skipped"]  # a case that has no meaning here says so itself


def output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def git(*words: str) -> str:
    return output("git", "-C", TOP, *words)


def digest(around: str) -> str:
    """Of all files that can change a result, as they are now, and of what they run on."""
    sha = hashlib.sha256(around.encode())
    for name in sorted(git("ls-files", "--", ":!docs", ":!*.md").splitlines()):
        if (TOP / name).is_file():
            sha.update(name.encode() + b"\0" + (TOP / name).read_bytes())
    return sha.hexdigest()[:16]


def commit() -> str:
    changed = " and changes that are not committed" if git("status", "--porcelain", "-uno", "--", ":!docs") else ""
    return f"commit {git('rev-parse', '--short=12', 'HEAD')}{changed}"


class Record:
    """Results by case, on disk for as long as nothing changes that they depend on. What has failed is tried again."""

    def __init__(self, name: str, around: str, fresh: bool):
        self.path = CACHE / "soak" / f"{name}-{digest(around)}.json"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        known = json.loads(self.path.read_text()) if self.path.is_file() and not fresh else {}
        self.results: dict[str, dict] = {case: seen for case, seen in known.items() if seen["outcome"] in GOOD}

    def keep(self) -> None:
        self.path.write_text(json.dumps(self.results, indent=1))

    def failed(self) -> list[str]:
        return [case for case, seen in self.results.items() if seen["outcome"] not in GOOD]


def write_table(name: str, title: str, lines: list[str]) -> None:
    today = datetime.date.today().isoformat()
    path = TOP / "docs/results" / f"{name}-{today}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([f"# {title}, {today}", "", *lines]) + "\n")
    print(f"table: {path.relative_to(TOP)}")
