# SPDX-License-Identifier: MIT
"""A test by itself: built, run and judged."""
import shutil
from pathlib import Path

import build
from case import Case, Verdict, judge


def verdict_of(platform, case: Case, folder: Path, extra: build.Extra) -> Verdict:
    if unsupported := build.untried(case):
        return unsupported
    try:
        made = build.program(platform, case, folder, extra)
        if not made.program:
            return build.failed(made)
        verdict = Verdict(True)
        for run in case.runs:
            verdict = judge(case, platform.run(made.program, run, folder))
            if not verdict.passed:
                break
        return verdict
    finally:
        shutil.rmtree(folder, ignore_errors=True)
