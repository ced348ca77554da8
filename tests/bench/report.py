# SPDX-License-Identifier: MIT
"""From the programs' output to counts, the table and the comparison with counts.json. No measuring here."""
from dataclasses import dataclass, field
from statistics import median

@dataclass(frozen=True)
class Row:
    title: str
    linux_inside: bool = True  # the isle's count includes code of Linux's
    kept: bool = True  # in counts.json
    per: int = 1  # so many in a sample


ROWS = {
    "getpid": Row("getpid()", linux_inside=False),
    "sched_yield": Row("sched_yield(), nobody else", linux_inside=False),
    "clock_gettime": Row("clock_gettime(MONOTONIC)", linux_inside=False),
    "write_1": Row("write() of 1 byte to /dev/null"),
    "write_4096": Row("write() of 4096 bytes to /dev/null"),
    "lseek": Row("lseek() of /dev/null"),
    "write_asleep": Row("write() of 1 byte, the proxy asleep"),
    "malloc_pair": Row("malloc(64) and free()", linux_inside=False, per=1000),
    "malloc_lifo": Row("1,000 of 16 to 4096, last first", linux_inside=False, per=1000),
    "malloc_fifo": Row("  first first", linux_inside=False, per=1000),
    "malloc_shuffled": Row("  in any order", linux_inside=False, per=1000),
    "malloc_replaced": Row("  one replaced after the other", linux_inside=False, per=1000),
    "malloc_elsewhere": Row("  freed by another thread, switch included", linux_inside=False, per=1000),
    "malloc_large": Row("malloc(1 MiB) and free()", linux_inside=False, per=1000),
    "thread_create_join": Row("pthread_create() and pthread_join()", linux_inside=False, per=100),
    "yield_switch": Row("sched_yield() to another thread and back", linux_inside=False, per=100),
    "mutex_hand_off": Row("mutex that another waits for, and back", linux_inside=False, per=100),
    "condition_turns": Row("condition: wake another, wait for it", linux_inside=False, per=100),
    "semaphore_turns": Row("semaphores: the same", linux_inside=False, per=100),
    "openmp_region_1": Row("OpenMP parallel region, 1 thread", linux_inside=False, per=100),
    "openmp_region_2": Row("  2 threads on one CPU, passive", linux_inside=False, per=100),
    "openmp_barrier_2": Row("OpenMP barrier, 2 threads on one CPU", linux_inside=False, per=100),
    "launch": Row("vfork() to main(), warm"),
    "launch_static": Row("  Linux: linked statically", kept=False),
    # Both CPUs sleep meanwhile, and time passes then as if it were instructions.
    "ended": Row("vfork() to waitpid() back, sleep counted", kept=False),
}
SCALE_ROUNDS = 1000  # bench.c: loop_1000, two instructions a round
PAUSES, PAUSE_ROUND = 100, 3  # bench.c: ROUNDS; tsc.h: instructions of a round


class BadRun(Exception):
    """The output is not what a whole run prints, or its clock does not count instructions."""


@dataclass
class Sample:
    ticks: int
    isle: int  # looks that found nothing
    proxy: int


@dataclass
class Run:
    """What one boot printed."""
    facts: dict[str, str] = field(default_factory=dict)
    samples: dict[str, dict[str, list[Sample]]] = field(default_factory=dict)  # side, row
    parts: list[tuple[str, int]] = field(default_factory=list)  # of one launch, in order
    whole: bool = False


@dataclass
class Count:
    name: str
    isle: float | None
    linux: float | None
    waited: float = 0  # instructions of looks that found nothing, left out

    def ratio(self) -> float | None:
        return self.isle / self.linux if self.isle is not None and self.linux else None


def parse(text: str) -> Run:
    run, side = Run(), ""
    for line in text.splitlines():
        match line.split():
            case ["fact", name, *words]:
                run.facts[name] = " ".join(words)
            case ["section", "end"]:
                run.whole = True
            case ["section", side]:
                run.samples.setdefault(side, {})
            case ["part", ticks, *words]:
                run.parts.append((" ".join(words), int(ticks)))
            case ["samples", name, *values]:
                run.samples[side][name] = [Sample(*map(int, value.split(":"))) for value in values]
    if not run.whole:
        raise BadRun("the output ends early")
    return run


def typical(rows: dict[str, list[Sample]], name: str, part: str = "ticks") -> float:
    if not rows.get(name):
        raise BadRun(f"no samples of {name}")
    return median(getattr(sample, part) for sample in rows[name])


def check_scale(rows: dict[str, list[Sample]], side: str) -> None:
    """A loop of known length: one tick must be one instruction."""
    ticks = typical(rows, "loop_1000") - typical(rows, "nothing")
    if not 0 <= ticks - 2 * SCALE_ROUNDS <= 3:
        raise BadRun(f"{side}: {2 * SCALE_ROUNDS} instructions took {ticks:.0f} ticks: the TSC does not count instructions")


@dataclass
class Looks:
    """Instructions of one look that finds nothing."""
    isle: float = 0
    proxy: float = 0


def calibrate(rows: dict[str, list[Sample]]) -> Looks:
    """The proxy's: it looks once for each pause of the isle's. The isle's: likewise while a Linux process pauses inside its call."""
    pauses = PAUSES * PAUSE_ROUND
    proxy_looks = typical(rows, "pause_100", "proxy")
    isle_looks = typical(rows, "partner_pauses_100", "isle") - typical(rows, "partner_pauses_0", "isle")
    if proxy_looks < PAUSES / 2 or isle_looks < PAUSES / 2:
        raise BadRun(f"calibration: {PAUSES} pauses gave {proxy_looks:.0f} looks of the proxy's and {isle_looks:.0f} of the isle's")
    overhead = typical(rows, "nothing")
    proxy = median((sample.ticks - overhead - pauses) / max(sample.proxy, 1) for sample in rows["pause_100"])
    isle = (typical(rows, "partner_pauses_100") - typical(rows, "partner_pauses_0") - pauses) / isle_looks
    return Looks(isle=round(isle), proxy=round(proxy))


def waited(sample: Sample, looks: Looks) -> float:
    return sample.isle * looks.isle + sample.proxy * looks.proxy


def net(rows: dict[str, list[Sample]], name: str, looks: Looks) -> tuple[float, float]:
    """(count, waiting left out): medians, since Linux's timer tick falls into some samples."""
    empty = 0 if name in ("launch", "ended") else typical(rows, "nothing")
    typical(rows, name)
    return ((median(sample.ticks - waited(sample, looks) for sample in rows[name]) - empty) / ROWS[name].per,
            median(waited(sample, looks) for sample in rows[name]) / ROWS[name].per)


def counts(run: Run) -> tuple[list[Count], Looks]:
    """Every row of both sides; the isle's are None in a run without an isle."""
    linux, static, isle = run.samples.get("linux", {}), run.samples.get("static", {}), run.samples.get("isle")
    looks = Looks()
    check_scale(linux, "linux")
    if isle is not None:
        check_scale(isle, "isle")
        looks = calibrate(isle)
    result = []
    for name in ROWS:
        rows, same = (static, "launch") if name == "launch_static" else (linux, name)
        theirs, _ = net(rows, same, Looks())
        ours, left_out = net(isle, same, looks) if isle is not None else (None, 0)
        result.append(Count(name, ours, theirs, left_out))
    return result, looks


def number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def ratio_text(value: float | None) -> str:
    if value is None:
        return "-"
    return f"1/{1 / value:,.1f}" if 0 < value < 0.5 else f"{value:,.2f}"


def table(title: str, run: Run) -> str:
    rows, looks = counts(run)
    lines = [title, f"{'':42}{'isle':>12}{'linux':>12}{'isle:linux':>12}{'waiting':>10}"]
    for row in rows:
        lines.append(f"{ROWS[row.name].title:42}{number(row.isle):>12}{number(row.linux):>12}{ratio_text(row.ratio()):>12}{number(row.waited):>10}")
    if run.parts:
        lines += ["one warm launch while Linux traces its calls:", *(f"  {name:44}{number(ticks):>12}" for name, ticks in run.parts)]
    lines += ["Instructions of all CPUs together, kernel included: medians, since Linux's timer tick falls into some samples.",
              f"`waiting` is left out: looks that found nothing ({looks.isle:.0f} instructions each in the isle, {looks.proxy:.0f} in the proxy).",
              "Counts say nothing of caches, TLBs or latency."]
    return "\n".join(lines)


def results(run: Run) -> dict:
    rows, looks = counts(run)
    return {"facts": run.facts, "launch": dict(run.parts), "look": {"isle": looks.isle, "proxy": looks.proxy},
            "rows": {row.name: {"isle": row.isle, "linux": row.linux, "ratio": row.ratio(), "waiting": row.waited} for row in rows}}


def expectation(measured: dict, ceilings: dict[str, float], rise: float) -> dict:
    """What counts.json says after an update; the ceilings of ratios are goals and stay."""
    return {"kernel": measured["facts"]["kernel"], "rise": rise, "most_ratio": ceilings,
            "isle": {name: round(row["isle"]) for name, row in measured["rows"].items() if ROWS[name].kept}}


def compare(measured: dict, expected: dict) -> tuple[list[str], list[str]]:
    """(what is worse than it was or than it may be, remarks)."""
    worse, remarks = [], []
    same_kernel = measured["facts"].get("kernel") == expected["kernel"]
    for name, before in expected["isle"].items():
        now = measured["rows"].get(name, {}).get("isle")
        if now is None:
            worse.append(f"{name}: not measured")
        elif ROWS[name].linux_inside and not same_kernel:
            remarks.append(f"{name}: not compared, the counts are of Linux {expected['kernel']}")
        elif now > before * (1 + expected["rise"]):
            worse.append(f"{name}: {now:.0f} instructions, were {before:.0f}")
        elif now < before * (1 - expected["rise"]):
            remarks.append(f"{name}: {now:.0f} instructions, were {before:.0f}: better")
    for name, most in expected["most_ratio"].items():
        ratio = measured["rows"].get(name, {}).get("ratio")
        if ratio is None or ratio > most:
            worse.append(f"{name}: isle:linux is {ratio_text(ratio)}, may be {ratio_text(most)} at most")
    return worse, remarks
