# SPDX-License-Identifier: MIT
"""What is known of earlier runs, by platform and case, on disk for as long as the platform is the same."""
import json
from pathlib import Path

from case import Case, Verdict
from sources import CACHE


class Record:
    def __init__(self, suite: str, platform, root: Path, fresh: bool):
        self.path = CACHE / "suites" / f"{suite}-{platform.name}-{platform.digest}.json"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.known = json.loads(self.path.read_text()) if self.path.is_file() and not fresh else {}
        self.unsaved = 0

    def find(self, case: Case) -> Verdict | None:
        seen = self.known.get(case.name)
        return Verdict(seen["passed"], seen["why"]) if seen and seen["digest"] == case.digest(self.root) else None

    def add(self, case: Case, verdict: Verdict) -> None:
        self.known[case.name] = {"digest": case.digest(self.root), "passed": verdict.passed, "why": verdict.why}
        self.unsaved += 1
        if self.unsaved >= 20:
            self.save()

    def save(self) -> None:
        if self.unsaved:
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(self.known, indent=0))
            fresh.rename(self.path)
            self.unsaved = 0
