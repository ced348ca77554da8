# SPDX-License-Identifier: MIT
"""Every node test with all its rounds and its largest input."""
import sys

from record import TOP, Record, commit, output, write_table

sys.path.insert(0, str(TOP / "tests/node"))
import session  # noqa: E402


def release() -> str:
    return output(TOP / "scripts/kernel", "release", session.LINE)


def table(record: Record, lost: list[str]) -> list[str]:
    results = record.results
    rows = [f"| {case} | {seen['rounds']} | {seen['outcome']} | {seen['seconds']:.0f} |" for case, seen in results.items()]
    return [f"`SKELLIG_KERNEL={session.LINE} scripts/test soak` on {commit()}, Linux {release()}: "
            f"{len(results) - len(record.failed())} of {len(results)} passed; {len(lost)} nodes lost. "
            "Lua reads 64 MiB. Each case ends with the audit of the node.", "",
            "| case | rounds or variants | outcome | seconds in the node |", "|---|---|---|---|", *rows,
            *[f"\nLost a node: {case}" for case in lost]]


def run(fresh: bool) -> tuple[int, int]:
    session.build_all()
    record = Record(session.LINE, release(), fresh)
    lost = session.collect(session.all_cases(), record.results, keep=record.keep)
    record.keep()
    for case in record.failed():
        print(f"{case}: {record.results[case]['outcome']}\n{record.results[case]['text']}")
    write_table(f"soak-{session.LINE}", "All rounds of the node tests", table(record, lost))
    missing = [case for case in session.all_cases() if case not in record.results]
    return len(record.results) - len(record.failed()), len(record.failed()) + len(missing)
