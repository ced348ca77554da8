# SPDX-License-Identifier: MIT
"""Tests that fail, crash, hang and end the whole batch are each reported by themselves, and their neighbours pass."""
import os
import sys
import tempfile
import unittest
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory()
os.environ["SKELLIG_CACHE"] = FOLDER.name  # nothing of this is to be remembered
import batch  # noqa: E402
import engine  # noqa: E402
import platforms  # noqa: E402
from case import Case  # noqa: E402
from record import Record  # noqa: E402

SKIPPED = 77
SHARED = "int counter; static int main_calls; "  # the same names in each: they must be private
GOOD = SHARED + "int main(void) { return counter++ + main_calls++; }"
TESTS = {
    "good-first": GOOD,
    "fails": SHARED + "int main(void) { return 1; }",
    "good-after-failing": GOOD,
    "crashes": SHARED + "int main(void) { *(volatile int *)8 = 1; return 0; }",
    "good-after-crashing": GOOD,
    "aborts": "void abort(void); int main(void) { abort(); }",
    "good-by-exit": "void exit(int); static void leave(void) { exit(0); } int main(void) { leave(); return 1; }",
    "exits-badly": "void exit(int); int main(void) { exit(7); }",
    "hangs": SHARED + "int main(void) { for (;;) { __asm__ volatile(\"\" ::: \"memory\"); } }",
    "good-after-hanging": GOOD,
    "leaves-rounding-changed": "int main(void) { unsigned m = 0x7f80; __asm__ volatile(\"ldmxcsr %0\" :: \"m\"(m)); return 0; }",
    "good-rounding": "volatile double a = 1, b = 3; int main(void) { return a / b * b != 1; }",
    "does-not-build": "int main(void) { return no_such_thing; }",
    "ends-all": "int kill(int, int), getpid(void), pause(void); int main(void) { kill(getpid(), 9); for (;;) pause(); }",
    "good-never-reached": GOOD,
}
WHY = {"fails": "exit status 1", "crashes": "signal 11", "aborts": "signal 6", "exits-badly": "exit status 7", "hangs": "timed out",
       "does-not-build": "does not build", "ends-all": "signal 9"}


class Suite:
    NAME = "batch-test"
    BATCHED = True


def cases(folder: Path) -> list[Case]:
    for name, text in TESTS.items():
        (folder / f"{name}.c").write_text(text)
    return [Case(name, "all", "c", (folder / f"{name}.c",), ("-O2", "-w"), ("-lm",), batch=True) for name in TESTS]


class Batch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        batch.SECONDS = 3
        cls.isle = platforms.Isle()
        cls.isle.timeout = 20.0
        cls.folder = Path(FOLDER.name)
        cls.cases = cases(cls.folder)

    def test_all_that_is_reached_and_good_passes_in_the_batch(self):
        passed = batch.run(self.isle, self.cases, self.folder / "scratch", batch.build.Extra(), 2)
        self.assertEqual(passed, set(TESTS) - set(WHY) - {"good-never-reached"})

    def test_verdicts(self):
        record = Record("batch-test", self.isle, self.folder, fresh=True)
        with engine.Run(Suite, self.isle, self.folder, record, 2, lambda: False) as run:
            verdicts = run.all(self.cases, lambda case, verdict: False)
        self.assertEqual(set(verdicts), set(TESTS))
        for name, verdict in verdicts.items():
            with self.subTest(name):
                self.assertEqual(verdict.passed, name not in WHY, verdict.why)
                self.assertTrue(verdict.why.startswith(WHY.get(name, "")), verdict.why)


if __name__ == "__main__":
    if not (platforms.STAGE / "bin/proxy").exists():
        print(f"{platforms.STAGE}/bin/proxy: not built")
        sys.exit(SKIPPED)
    unittest.main()
