# SPDX-License-Identifier: MIT
"""What ctest's JUnit files say.

    junit.py count FILE          "PASSED FAILED"; who has skipped itself (exit status 77) is named on stderr, and is neither
    junit.py failures [FILE...]  for each test that failed its name and the last lines of what it said
"""
import sys
import xml.etree.ElementTree as tree

LAST_LINES, LONGEST_LINE, MOST_TESTS = 25, 300, 8


def cases_of(path: str) -> list[tree.Element]:
    return list(tree.parse(path).getroot().iter("testcase"))


def skipped_itself(case: tree.Element) -> bool:
    return any("SKIP_RETURN_CODE" in said.get("message", "") for said in case.iter("skipped"))


def count(path: str) -> None:
    cases = cases_of(path)
    skipped = sorted({case.get("name") for case in cases if skipped_itself(case)})
    for name in skipped:
        print("test: skipped:", name, file=sys.stderr)
    good = sum(case.get("status") == "run" for case in cases)
    print(good, len(cases) - good - len(skipped))


def failures(paths: list[str]) -> None:
    failed = [case for path in paths for case in cases_of(path) if case.get("status") != "run" and not skipped_itself(case)]
    for case in failed[:MOST_TESTS]:
        print(f"failed: {case.get('name')}; its last words:")
        for line in (case.findtext("system-out") or "").rstrip().splitlines()[-LAST_LINES:]:
            print(f"    {line[:LONGEST_LINE]}")
    for case in failed[MOST_TESTS:]:
        print(f"failed: {case.get('name')}")


if __name__ == "__main__":
    verb, *files = sys.argv[1:] or ["help"]
    if verb == "count" and len(files) == 1:
        count(*files)
    elif verb == "failures":
        failures(files)
    else:
        sys.exit(__doc__)
