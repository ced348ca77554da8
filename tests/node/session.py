# SPDX-License-Identifier: MIT
"""Runs the node tests on the build machine's side: boots nodes until every case has a result, then reports case by case.

usage: session.py run [CASE...] | report CASE | survived      CASE is test_file.py::test_name
"""
import ast
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
RESULTS = TOP / "build/results/node.json"
NAME = f"tests-{os.getpid()}"  # two sessions in one tree do not meet
LINE = os.environ.get("SKELLIG_KERNEL", "6.1")
MOST_BOOTS = 8
LOST = 125


def all_cases() -> list[str]:
    """In the order of the files: the plain things come first."""
    cases = []
    for file in sorted(HERE.glob("test_*.py")):
        tree = ast.parse(file.read_text())
        cases += [f"{file.name}::{item.name}" for item in tree.body if isinstance(item, ast.FunctionDef) and item.name.startswith("test_")]
    return cases


def build_all() -> None:
    """Module and test module for the node's kernel, and the programs."""
    for variant in [[], ["--test"]]:
        subprocess.run([str(TOP / "scripts/kernel"), "modules", *variant, LINE], check=False)
    out = TOP / "build/node-programs"
    out.mkdir(parents=True, exist_ok=True)
    for folder, compiler in {"programs": f"{TOP}/build/hermit/bin/x86_64-hermit-gcc", "linux": "gcc-12"}.items():
        subprocess.run(["make", "-s", "-C", str(HERE / folder), f"CC={compiler}", f"OUT={out}"], check=False)


def boot(cases: list[str]) -> tuple[int, dict[str, dict]]:
    """Runs the cases in one node; answers with its exit status and what each case that started came to."""
    command = [str(TOP / "scripts/node"), "--kernel", LINE, "--name", NAME, "--timeout", "1700", "--",
               "/usr/bin/python3", "-B", "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:doctest", "--rootdir", str(HERE)]
    status = subprocess.run(command + [str(HERE / case) for case in cases], stdin=subprocess.DEVNULL).returncode
    results: dict[str, dict] = {}
    log = TOP / "build/node" / NAME / "results.jsonl"
    for line in log.read_text().splitlines() if log.exists() else []:
        event = json.loads(line)
        seen = results.setdefault(event["case"], {"outcome": "started", "seconds": 0, "text": ""})
        if event["outcome"] != "started":
            # A case with parameters has failed when one of them has.
            seen["outcome"] = "failed" if "failed" in (seen["outcome"], event["outcome"]) else event["outcome"]
            seen["seconds"] += event["seconds"]
            seen["text"] += event["text"]
            seen["open"] = False
        else:
            seen["open"] = True
    return status, results


def kernel_tail() -> str:
    log = TOP / "build/node" / NAME / "kernel.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-60:]) if log.exists() else ""


def run(cases: list[str]) -> int:
    build_all()
    wanted = cases or all_cases()
    results: dict[str, dict] = {}
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
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps({"cases": results, "lost": lost}, indent=1))
    return 0 if results else 1


def report(case: str) -> int:
    seen = json.loads(RESULTS.read_text())["cases"].get(case)
    if seen is None:
        print(f"{case} did not run")
        return 1
    print(f"{case}: {seen['outcome']} after {seen['seconds']:.1f} s in the node\n{seen['text']}")
    return 0 if seen["outcome"] == "passed" else 1


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
    sys.exit(__doc__)
