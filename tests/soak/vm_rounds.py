# SPDX-License-Identifier: MIT
"""Every case of label vm under TCG and KVM: 200 launches in a row, a minute of stress, and the rest once or as often as it likes."""
import json
import re
import subprocess
import sys
import time
from typing import NamedTuple

from record import TOP, Record, commit, output, write_table

sys.path[:0] = [str(TOP / "tests/vm/fence"), str(TOP / "tests/vm/launch")]
import fence  # noqa: E402
import launch  # noqa: E402
import leaks  # noqa: E402

HANGS = 3600  # seconds
RELEASE, STAGE = TOP / "build/release", TOP / "build/hermit"
NO_KVM = "skipped: /dev/kvm is not there or not for us"


class Case(NamedTuple):
    program: str
    accelerator: str
    name: str

    def key(self) -> str:
        return f"{self.program} --accel {self.accelerator} {self.name}"

    def command(self) -> list[str]:
        parts = {"fence": ["--monitor", RELEASE / "cokernel/monitor/monitor.elf", "--payload", RELEASE / "tests/vm/fence/fence-payload"],
                 "launch": ["--proxy", STAGE / "bin/proxy", "--gcc", STAGE / "bin/x86_64-hermit-gcc"]}[self.program]
        script = TOP / f"tests/vm/{self.program}/{self.program}.py"
        return [sys.executable, "-B", *map(str, [script, *parts]), "--accel", self.accelerator, self.name]


def all_cases() -> list[Case]:
    names = {"launch": list(launch.CASES), "fence": list(fence.CASES)}
    cases = [Case(program, accelerator, name) for accelerator in ("tcg", "kvm") for program in names for name in names[program]]
    return [case for case in cases if case.accelerator == "tcg" or case.name not in fence.NOT_UNDER_KVM]


def run_case(case: Case) -> dict:
    begin = time.monotonic()
    try:
        done = subprocess.run(case.command(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=HANGS)
        status, text = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        status, text = 1, f"did not end within {HANGS} s"
    figures = re.search(rf"^{case.name}: figures (.*)$", text, re.M)
    not_run = re.search(r"^not run: .*$", text, re.M)
    return {"outcome": "failed" if status else not_run[0] if not_run else "passed", "seconds": time.monotonic() - begin, "text": text,
            "figures": json.loads(figures[1]) if figures else {}}


def row(case: Case, seen: dict) -> str:
    figures = ", ".join(f"{name} {number}" for name, number in seen["figures"].items())
    return f"| {case.accelerator.upper()} | {case.program}.{case.name} | {figures} | {seen['outcome']} | {seen['seconds']:.0f} |"


def count(results: dict[Case, dict], outcome: str) -> int:
    return sum(seen["outcome"] == outcome for seen in results.values())


def table(results: dict[Case, dict], with_kvm: bool) -> list[str]:
    rows = [row(case, seen) for case, seen in results.items()]
    rows += [] if with_kvm else [f"| KVM | all | | {NO_KVM} | |"]
    return [f"`scripts/test soak` on {commit()}, {qemu()}: {count(results, 'passed')} of {len(results)} passed, "
            f"{count(results, 'failed')} failed.", "",
            "Launches in a row may leave no descriptor, process, zombie, shared file or huge page, and for all of them together at most "
            f"{leaks.MEMORY_BOUND} MiB that no process accounts for (the machine is in use; below 0: others gave some back). "
            f"Not under KVM: {', '.join(sorted(fence.NOT_UNDER_KVM))} (tests/vm/fence says why).", "",
            "| accelerator | case | figures | outcome | seconds |", "|---|---|---|---|---|", *rows]


def qemu() -> str:
    return output("qemu-system-x86_64", "--version").splitlines()[0]


def run(fresh: bool) -> tuple[int, int]:
    subprocess.run([TOP / "scripts/build"], check=True)  # results are kept by the sources: it must be them that run
    with_kvm = fence.kvm_works()
    cases = [case for case in all_cases() if with_kvm or case.accelerator != "kvm"]
    record = Record("vm", f"{qemu()} {output('uname', '-r')}", fresh)
    for case in cases:
        if case.key() not in record.results:
            record.results[case.key()] = seen = run_case(case)
            record.keep()
            print(f"{case.key()}: {seen['outcome']}, {seen['seconds']:.0f} s {seen['figures'] or ''}", flush=True)
            if seen["outcome"] == "failed":
                print(seen["text"], flush=True)
    if not with_kvm:
        print(f"KVM: {NO_KVM}")
    results = {case: record.results[case.key()] for case in cases}
    write_table("vm", "All rounds of the cases in QEMU", table(results, with_kvm))
    return count(results, "passed"), count(results, "failed")
