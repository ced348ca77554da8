# SPDX-License-Identifier: MIT
"""Inside the node: writes each case's result out at once, so that a lost node loses one case only; provides module and pool."""
import json
import os
from pathlib import Path

import pytest

import audit
import host

RESULTS = Path("/.node/job/results.jsonl")


def note(case: str, outcome: str, seconds: float = 0, text: str = "", rounds: int = 1) -> None:
    event = {"case": case.split("/")[-1].split("[")[0], "outcome": outcome, "seconds": seconds, "text": text, "rounds": rounds}
    with RESULTS.open("a") as log:
        log.write(json.dumps(event) + "\n")
        log.flush()
        os.fsync(log.fileno())


def text_of(stage) -> str:
    return stage.longrepr[2] if stage.outcome == "skipped" else stage.longreprtext


def pytest_runtest_logstart(nodeid, location):
    host.told_rounds.clear()
    note(nodeid, "started")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    item.stages = getattr(item, "stages", []) + [report]
    if report.when == "teardown":
        worst = {stage.outcome for stage in item.stages} - {"passed"}
        note(item.nodeid, "failed" if "failed" in worst else "skipped" if worst else "passed", sum(stage.duration for stage in item.stages),
             "".join(map(text_of, item.stages)), sum(host.told_rounds) or 1)


@pytest.fixture(scope="session")
def session_start():
    return audit.Snapshot()


@pytest.fixture(autouse=True)
def from_the_start(session_start):
    """Takes the first snapshot before the first case, whichever that is."""


@pytest.fixture
def untouched():
    """No module at the start; at the end the node is the same, whatever the case loaded and lent."""
    host.unload()
    before = audit.Snapshot()
    yield before
    host.unload()
    assert audit.findings(before) == []


@pytest.fixture
def module(untouched):
    """The module loaded, nothing lent."""
    host.load()


@pytest.fixture
def pool():
    """A filled pool, kept from case to case; at the end nothing of it may be missing and nothing else changed."""
    host.fill_pool()
    before = audit.Snapshot()
    yield before
    host.end_started()
    host.settle()
    assert audit.findings(before) == []
