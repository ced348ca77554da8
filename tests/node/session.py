# SPDX-License-Identifier: MIT
"""Runs the node tests on the build machine's side: boots nodes until every case has a result, then reports case by case.

usage: session.py run [CASE...] | report CASE | survived | smoke     CASE is test_file.py::test_name

SKELLIG_KERNEL chooses the node's kernel (6.1). `smoke` runs a handful of cases, a few of each kind, and reports them at once: for
kernels that do not get all of them.
"""
import ast
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
NAME = f"tests-{os.getpid()}"  # two sessions in one tree do not meet
LINE = os.environ.get("SKELLIG_KERNEL", "6.1")
RESULTS = TOP / f"build/results/node-{LINE}.json"
MOST_BOOTS = 8
IMAGE: list[str] = []  # SHA-256 of the program that said hello on lent cores, after each boot
GOOD = ["passed", "skipped"]  # a case that has no meaning on this kernel says so itself

# What depends on the kernel: hot-plug both ways, vetoes, the doorbell, mappings, a launch and its files, faults, sudden ends.
SMOKE = """
test_10_module.py::test_loads_and_leaves_nothing_behind
test_20_pool.py::test_lent_cpus_and_blocks_are_offline_for_linux
test_20_pool.py::test_nobody_can_online_a_lent_cpu
test_20_pool.py::test_nobody_can_online_lent_memory
test_20_pool.py::test_suspend_is_refused_while_something_is_lent
test_25_enclave.py::test_more_contig_than_there_is_is_refused_at_once
test_25_enclave.py::test_contig_is_all_or_nothing
test_25_enclave.py::test_kick_and_ring
test_25_enclave.py::test_maps_two_mebibytes_at_a_time
test_25_enclave.py::test_becoming_another_program_ends_the_enclave
test_26_escalation.py::test_a_deaf_cpu_is_started_anew
test_26_escalation.py::test_the_doorbell_follows_its_interrupt
test_30_hello.py::test_is_started_by_a_shell_as_it_starts_anything
test_30_hello.py::test_passes_the_exit_status_on
test_40_files.py::test_stands_in_a_pipe
test_50_signals.py::test_stop_parks_and_continue_resumes
test_56_hermitcore.py::test_serves_the_syscall_instruction
test_60_faults.py::test_a_faulting_isle_is_reported_and_gone
test_70_bad_input.py::test_more_than_there_is_is_refused
test_80_repeat.py::test_the_proxy_killed_at_random_moments
test_99_audit.py::test_node_is_as_it_was_at_the_start
""".split()


def all_cases() -> list[str]:
    """In the order of the files: the plain things come first."""
    cases = []
    for file in sorted(HERE.glob("test_*.py")):
        tree = ast.parse(file.read_text())
        cases += [f"{file.name}::{item.name}" for item in tree.body if isinstance(item, ast.FunctionDef) and item.name.startswith("test_")]
    return cases


def build_all() -> None:
    """Module and test module for the node's kernel, the programs, and what of the suites is run here."""
    for variant in [[], ["--test"]]:
        subprocess.run([str(TOP / "scripts/kernel"), "modules", *variant, LINE], check=False)
    out = TOP / "build/node-programs"
    out.mkdir(parents=True, exist_ok=True)
    for folder, compiler in {"programs": f"{TOP}/build/hermit/bin/x86_64-hermit-gcc", "linux": "gcc-12"}.items():
        subprocess.run(["make", "-s", "-C", str(HERE / folder), f"CC={compiler}", f"OUT={out}"], check=False)
    if LINE == "6.1":
        subprocess.run([str(TOP / "tests/suites/metal"), "build", str(TOP / "build/suites-share")], check=False)


def boot(cases: list[str]) -> tuple[int, dict[str, dict]]:
    """Runs the cases in one node; answers with its exit status and what each case that started came to."""
    command = [str(TOP / "scripts/node"), "--kernel", LINE, "--name", NAME, "--timeout", "1700", "--",
               "/usr/bin/python3", "-B", "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:doctest", "--rootdir", str(HERE)]
    status = subprocess.run(command + [str(HERE / case) for case in cases], stdin=subprocess.DEVNULL).returncode
    results: dict[str, dict] = {}
    log = TOP / "build/node" / NAME / "results.jsonl"
    IMAGE.append((log.parent / "hello.sha256").read_text() if (log.parent / "hello.sha256").exists() else "")
    for line in log.read_text().splitlines() if log.exists() else []:
        event = json.loads(line)
        seen = results.setdefault(event["case"], {"outcome": "started", "seconds": 0, "text": "", "rounds": 0})
        if event["outcome"] != "started":
            # A case with parameters has failed when one of them has.
            seen["outcome"] = "failed" if "failed" in (seen["outcome"], event["outcome"]) else event["outcome"]
            seen["seconds"] += event["seconds"]
            seen["rounds"] += event["rounds"]
            seen["text"] += event["text"]
            seen["open"] = False
        else:
            seen["open"] = True
    return status, results


def kernel_tail() -> str:
    log = TOP / "build/node" / NAME / "kernel.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-60:]) if log.exists() else ""


def collect(wanted: list[str], results: dict[str, dict], keep=lambda: None) -> list[str]:
    """Boots until each wanted case has a result, `keep` called after each boot. Answers with the cases that lost their node."""
    lost: list[str] = []
    for _ in range(MOST_BOOTS):
        rest = [case for case in wanted if case not in results]
        if not rest:
            break
        status, new = boot(rest)
        results.update(new)
        culprit = next((case for case, seen in new.items() if seen.pop("open", False)), None)
        if culprit:
            lost.append(culprit)
            results[culprit].update(outcome="failed", text=f"the node was lost meanwhile (status {status})\n{kernel_tail()}")
        elif not new:
            lost.append(f"no case started (status {status})")
            break
        keep()
    return lost


def run(cases: list[str]) -> int:
    build_all()
    results: dict[str, dict] = {}
    lost = collect(cases or all_cases(), results)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps({"cases": results, "lost": lost, "image": max(IMAGE, default="")}, indent=1))
    return 0 if results else 1


def smoke() -> int:
    unknown = set(SMOKE) - set(all_cases())
    assert not unknown, unknown
    run(SMOKE)
    seen = json.loads(RESULTS.read_text())["cases"]
    failed_last = sorted(SMOKE, key=lambda case: case not in seen or seen[case]["outcome"] not in GOOD)
    return max([report(case) for case in failed_last] + [survived()])


def report(case: str) -> int:
    seen = json.loads(RESULTS.read_text())["cases"].get(case)
    if seen is None:
        print(f"{case} did not run")
        return 1
    print(f"{case}: {seen['outcome']} after {seen['seconds']:.1f} s in the node\n{seen['text']}")
    return 0 if seen["outcome"] in GOOD else 1


def survived() -> int:
    lost = json.loads(RESULTS.read_text())["lost"]
    for case in lost:
        print(f"a node was lost during: {case}")
    return 1 if lost else 0


if __name__ == "__main__":
    verb, *names = sys.argv[1:] or ["help"]
    if verb == "run":
        sys.exit(run(names))
    if verb == "report" and len(names) == 1:
        sys.exit(report(names[0]))
    if verb == "survived":
        sys.exit(survived())
    if verb == "smoke":
        sys.exit(smoke())
    sys.exit(__doc__)
