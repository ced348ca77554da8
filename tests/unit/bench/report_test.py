# SPDX-License-Identifier: MIT
"""From output to counts: what is subtracted, what is refused, when the comparison fails."""
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))
import report  # noqa: E402

NOTHING = 7
BLOCK = 50
ALLOCATION = {name: NOTHING + BLOCK * kind.per for name, kind in report.ROWS.items() if kind.per > 1}
ISLE_LOOK, PROXY_LOOK = 11, 40


def row(name: str, *values: tuple[int, int, int]) -> str:
    return f"samples {name} " + " ".join(":".join(map(str, value)) for value in values)


def linux_section(**changed: int) -> list[str]:
    ticks = {"nothing": NOTHING, "loop_1000": NOTHING + 2001, "getpid": NOTHING + 300, "sched_yield": 807, "clock_gettime": 82,
             "write_1": NOTHING + 600, "write_4096": 607, "lseek": 344, "write_asleep": 607,
             "launch": 1_000_000, "ended": 1_400_000} | ALLOCATION | changed
    return ["section linux"] + [row(name, (value, 0, 0)) for name, value in ticks.items()]


def isle_section(write: list[tuple[int, int, int]]) -> list[str]:
    pauses = report.PAUSES * report.PAUSE_ROUND
    return ["section isle", row("nothing", (NOTHING, 0, 0)), row("loop_1000", (NOTHING + 2001, 0, 0)),
            row("getpid", (NOTHING + 5, 0, 0)), row("sched_yield", (NOTHING + 9, 0, 0)), row("clock_gettime", (50, 0, 0)),
            row("write_1", *write), row("write_4096", *write), row("lseek", *write), row("write_asleep", *write),
            *(row(name, (value, 0, 0)) for name, value in ALLOCATION.items()),
            row("pause_100", (NOTHING + pauses + 100 * PROXY_LOOK, 0, 100)),
            row("partner_pauses_0", (5000, 2, 1)), row("partner_pauses_100", (5000 + pauses + 100 * ISLE_LOOK, 102, 1)),
            row("launch", (2_000_000, 0, 0)), row("ended", (2_500_000, 0, 0))]


STATIC = ["section static", row("launch", (460_000, 0, 0)), row("ended", (600_000, 0, 0))]
FACTS = ["fact kernel 6.1.0-1-amd64", "fact online 0"]


def text(*sections: list[str]) -> str:
    return "\n".join(line for section in [FACTS, *sections, ["section end"]] for line in section)


def whole(write=((NOTHING + 900, 0, 0),)) -> report.Run:
    return report.parse(text(linux_section(), STATIC, isle_section(list(write))))


def counted(run: report.Run) -> dict[str, report.Count]:
    return {count.name: count for count in report.counts(run)[0]}


def test_reads_facts_and_samples():
    run = whole()
    assert run.facts == {"kernel": "6.1.0-1-amd64", "online": "0"}
    assert run.samples["isle"]["partner_pauses_0"] == [report.Sample(5000, 2, 1)]


def test_refuses_output_that_ends_early():
    with pytest.raises(report.BadRun, match="ends early"):
        report.parse("\n".join(FACTS + linux_section()))


def test_refuses_a_clock_that_counts_something_else():
    run = report.parse(text(linux_section(loop_1000=NOTHING + 730), STATIC))
    with pytest.raises(report.BadRun, match="does not count instructions"):
        report.counts(run)


def test_names_the_row_that_is_missing():
    run = whole()
    del run.samples["isle"]["write_1"]
    with pytest.raises(report.BadRun, match="write_1"):
        report.counts(run)


def test_counts_one_of_those_that_a_sample_has_many_of():
    assert counted(whole())["malloc_pair"].isle == BLOCK


def test_leaves_the_cost_of_measuring_out():
    assert counted(whole())["getpid"].isle == 5
    assert counted(whole())["getpid"].linux == 300


def test_finds_what_one_empty_look_costs():
    assert report.counts(whole())[1] == report.Looks(isle=ISLE_LOOK, proxy=PROXY_LOOK)


def test_refuses_a_calibration_without_looks():
    run = whole()
    run.samples["isle"]["pause_100"] = [report.Sample(400, 0, 0)]
    with pytest.raises(report.BadRun, match="calibration"):
        report.counts(run)


def test_leaves_looks_that_found_nothing_out():
    write = counted(whole([(NOTHING + 900 + 3 * ISLE_LOOK + 2 * PROXY_LOOK, 3, 2)]))["write_1"]
    assert write.isle == 900
    assert write.waited == 3 * ISLE_LOOK + 2 * PROXY_LOOK


def test_is_not_led_astray_by_a_timer_tick():
    assert counted(whole([(NOTHING + 900, 0, 0), (NOTHING + 9000, 0, 0), (NOTHING + 900, 0, 0)]))["write_1"].isle == 900


def test_compares_the_launch_with_both_kinds_of_linux_program():
    rows = counted(whole())
    assert rows["launch"].ratio() == 2.0
    assert rows["launch_static"].linux == 460_000


def test_prints_a_table_without_an_isle():
    printed = report.table("title", report.parse(text(linux_section(), STATIC)))
    assert "getpid()" in printed and "300" in printed


def expected(**isle: float) -> dict:
    return {"kernel": "6.1.0-1-amd64", "rise": 0.02, "most_ratio": {}, "isle": isle}


def test_passes_counts_within_two_percent():
    assert report.compare(report.results(whole()), expected(write_1=890, getpid=5)) == ([], [])


def test_fails_counts_that_rose():
    worse, _ = report.compare(report.results(whole()), expected(write_1=880))
    assert worse == ["write_1: 900 instructions, were 880"]


def test_says_what_became_better():
    worse, remarks = report.compare(report.results(whole()), expected(write_1=1000))
    assert worse == [] and remarks == ["write_1: 900 instructions, were 1000: better"]


def test_does_not_compare_linux_code_of_another_kernel():
    old = expected(write_1=1, getpid=5) | {"kernel": "5.10"}
    worse, remarks = report.compare(report.results(whole()), old)
    assert worse == [] and "not compared" in remarks[0]


def test_compares_the_isles_own_code_on_every_kernel():
    worse, _ = report.compare(report.results(whole()), expected(getpid=4) | {"kernel": "5.10"})
    assert worse == ["getpid: 5 instructions, were 4"]


def test_fails_a_row_that_was_not_measured():
    run = report.parse(text(linux_section(), STATIC))
    assert report.compare(report.results(run), expected(getpid=5))[0] == ["getpid: not measured"]


def test_fails_a_ratio_above_its_ceiling():
    limits = expected() | {"most_ratio": {"write_1": 1.4, "getpid": 0.1}}
    assert report.compare(report.results(whole()), limits)[0] == ["write_1: isle:linux is 1.50, may be 1.40 at most"]


def test_update_keeps_the_ceilings():
    new = report.expectation(report.results(whole()), {"getpid": 0.1}, 0.02)
    assert new["most_ratio"] == {"getpid": 0.1} and new["isle"]["write_1"] == 900 and new["kernel"] == "6.1.0-1-amd64"
