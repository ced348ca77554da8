# SPDX-License-Identifier: MIT
"""Runs what has no verdict yet: in batches, then alone, on an isle and on Linux."""
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import alone
import batch
import build
from case import Case, Verdict
from record import Record


class Run:
    """Cases of one suite on one platform."""

    def __init__(self, suite, platform, source: Path, record: Record, workers: int, time_is_up: Callable[[], bool]):
        self.suite, self.platform, self.source, self.record = suite, platform, source, record
        self.workers, self.time_is_up = workers, time_is_up
        self.scratch = Path(tempfile.mkdtemp(prefix="skellig-suites-"))
        self.extra = build.extra_of(suite, platform, source, self.scratch / "extra")
        self.verdict_of = getattr(suite, "verdict_of", alone.verdict_of)
        self.seen = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.record.save()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def tell(self, done: int, of: int, how: str) -> None:
        if time.monotonic() - self.seen > 30 or done == of:
            self.seen = time.monotonic()
            print(f"{self.suite.NAME}, {self.platform.name}, {how}: {done} of {of}", flush=True)

    def batches(self, cases: list[Case]) -> None:
        """Those that pass together have their verdict."""
        fit = [case for case in cases if batch.safe(case)]
        for at in range(0, len(fit), batch.SIZE):
            if self.time_is_up():
                return
            members = fit[at:at + batch.SIZE]
            passed = batch.run(self.platform, members, self.scratch / "batch", self.extra, self.workers)
            for case in members:
                if case.name in passed:
                    self.record.add(case, Verdict(True))
            self.tell(min(at + batch.SIZE, len(fit)), len(fit), "in batches")

    def one(self, numbered: tuple[int, Case]) -> tuple[Case, Verdict | None]:
        number, case = numbered
        if self.time_is_up():
            return case, None
        return case, self.verdict_of(self.platform, case, self.scratch / f"alone-{number}", self.extra)

    def singles(self, cases: list[Case]) -> None:
        with ThreadPoolExecutor(self.workers) as pool:
            for done, (case, verdict) in enumerate(pool.map(self.one, enumerate(cases)), 1):
                if verdict:
                    self.record.add(case, verdict)
                self.tell(done, len(cases), "alone")

    def all(self, cases: list[Case], again: Callable[[Case, Verdict], bool]) -> dict[str, Verdict]:
        """`again` says which known verdicts are not to be believed."""
        def open_cases() -> list[Case]:
            return [case for case in cases if case.name not in believed]

        known = {case.name: self.record.find(case) for case in cases}
        believed = {case.name for case in cases if known[case.name] and not again(case, known[case.name])}
        unknown = [case for case in open_cases() if not known[case.name]]
        if self.suite.BATCHED and self.platform.name == "isle":
            self.batches(unknown)
            believed |= {case.name for case in unknown if self.record.find(case)}
        self.singles(open_cases())
        verdicts = {case.name: self.record.find(case) for case in cases}
        return {name: verdict for name, verdict in verdicts.items() if verdict}
