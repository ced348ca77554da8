# SPDX-License-Identifier: MIT
"""A program of threads, OpenMP and exceptions again and again: 1,000 times on two CPUs under KVM, 1,000 times on four lent CPUs of a node.

usage: thread_rounds.py kvm | node       a tenth of it; SKELLIG_ROUNDS=full: all. 77: no KVM
       thread_rounds.py inside ROUNDS    in the node
"""
import os
import subprocess
import sys
import time
from pathlib import Path

from record import TOP, Record, commit, output, write_table

sys.path.insert(0, str(TOP / "tests/node"))
import session  # noqa: E402

NAME = "exceptions_openmp"
LINUX, ISLE = TOP / "build/release/tests/app/programs/linux" / NAME, TOP / "build/hermit/x86_64-hermit/extra/tests" / NAME
ROUNDS = 1000
BATCHES = 4  # kept one by one
HANGS = 120  # seconds
SKIPPED = 77
LENT = "1,2,4,5"  # of six on two NUMA nodes
TITLES = {"kvm": "2 CPUs in QEMU with KVM", "node": f"CPUs {LENT} of a node with 6, kernel {session.LINE}"}


def again(rounds: int, launch, expected: tuple[int, str]) -> float:
    """Seconds that the longest took; ends at the first that differs or hangs."""
    longest = 0.0
    for number in range(rounds):
        begin = time.monotonic()
        done = launch()
        longest = max(longest, time.monotonic() - begin)
        if (done.returncode, done.stdout) != expected:
            sys.exit(f"launch {number}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return longest


def on_linux() -> tuple[int, str]:
    done = subprocess.run([LINUX], capture_output=True, text=True, timeout=HANGS)
    assert done.returncode == 0, done.stdout
    return done.returncode, done.stdout


def kvm_works() -> bool:
    return os.access("/dev/kvm", os.R_OK | os.W_OK)


def under_kvm(rounds: int) -> None:
    variables = os.environ | {"HERMIT_ISLE": "qemu", "HERMIT_KVM": "1", "HERMIT_CPUS": "2", "HERMIT_MEM": "128M"}

    def launch() -> subprocess.CompletedProcess:
        return subprocess.run([TOP / "build/hermit/bin/proxy", ISLE], env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=HANGS)

    print(f"{rounds} rounds, the longest {again(rounds, launch, on_linux()):.1f} s")


def inside_node(rounds: int) -> None:
    import audit
    import host

    before = audit.Snapshot()
    host.load()
    host.reserve(LENT, "256M@0,256M@1")
    host.settle()
    longest = again(rounds, lambda: host.isle(ISLE, timeout=HANGS, env={"HERMIT_CPUS": LENT}), on_linux())
    host.unload()
    assert audit.findings(before) == [], audit.findings(before)
    print(f"{rounds} rounds, the longest {longest:.1f} s")


def in_node(rounds: int) -> None:
    subprocess.run([TOP / "scripts/kernel", "modules", session.LINE], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([TOP / "scripts/node", "--kernel", session.LINE, "--cpus", "6", "--name", f"threads-{os.getpid()}", "--timeout", "3000", "--",
                    "/usr/bin/python3", "-B", Path(__file__).resolve(), "inside", str(rounds)], check=True, stdin=subprocess.DEVNULL)


PARTS = {"kvm": under_kvm, "node": in_node}


def batch(part: str, rounds: int) -> dict:
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-B", Path(__file__).resolve(), part, str(rounds)], capture_output=True, text=True)
    return {"outcome": "passed" if done.returncode == 0 else "failed", "seconds": time.monotonic() - begin, "text": done.stdout + done.stderr,
            "said": (done.stdout.strip().splitlines() or [""])[-1]}


def table(results: dict[str, dict]) -> list[str]:
    rows = [f"| {TITLES[case.split()[0]]} | {seen['said']} | {seen['outcome']} | {seen['seconds']:.0f} |" for case, seen in results.items()]
    return [f"`scripts/test soak` on {commit()}: {sum(seen['outcome'] == 'passed' for seen in results.values())} of {len(results)} batches passed. "
            f"Each round starts `{NAME}`: 4 threads that open parallel regions whose iterations throw, tasks, a queue; output and exit status are those "
            "of a Linux process.", "", "| where | | outcome | seconds |", "|---|---|---|---|", *rows]


def run(fresh: bool) -> tuple[int, int]:
    subprocess.run([TOP / "scripts/build"], check=True)
    record = Record("threads", output("uname", "-r"), fresh)
    for part in PARTS:
        if part == "kvm" and not kvm_works():
            continue
        for number in range(BATCHES):
            if (key := f"{part} {number}") not in record.results:
                record.results[key] = seen = batch(part, ROUNDS // BATCHES)
                record.keep()
                print(f"threads {key}: {seen['outcome']}, {seen['seconds']:.0f} s\n{seen['text'] if seen['outcome'] == 'failed' else seen['said']}", flush=True)
    write_table("threads", "Threads, OpenMP and exceptions a thousand times", table(record.results))
    return len(record.results) - len(record.failed()), len(record.failed())


def main(words: list[str]) -> int:
    usual = ROUNDS if os.environ.get("SKELLIG_ROUNDS") == "full" else ROUNDS // 10
    match words:
        case ["inside", rounds]:
            inside_node(int(rounds))
        case ["kvm", *_] if not kvm_works():
            return SKIPPED
        case ["kvm" | "node" as part, *rounds]:
            PARTS[part](int(rounds[0]) if rounds else usual)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
