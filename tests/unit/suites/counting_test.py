# SPDX-License-Identifier: MIT
"""What is counted, what is judged, and what deviates from the lists."""
import unittest
from pathlib import Path

import support  # noqa: F401
import batch
import counting
import expected
import platforms
from case import Case, Outcome, Verdict, in_sample, judge

GOOD, BAD = Verdict(True), Verdict(False, "exit status 1")


def case(name, part="all", **more):
    return Case(name, part, "c", (Path(name),), **more)


class Judging(unittest.TestCase):
    def test_exit_status_decides(self):
        self.assertTrue(judge(case("a"), Outcome(0)).passed)
        self.assertEqual(judge(case("a"), Outcome(134, "x\nlast words\n")).why, "signal 6: last words")
        self.assertEqual(judge(case("a"), Outcome(3)).why, "exit status 3")
        self.assertEqual(judge(case("a"), Outcome(255)).why, "exit status 255", "what -1 comes to is no signal")

    def test_what_should_fail_must(self):
        self.assertTrue(judge(case("a", should_fail=True), Outcome(134)).passed)
        self.assertFalse(judge(case("a", should_fail=True), Outcome(0)).passed)
        self.assertFalse(judge(case("a", should_fail=True), Outcome(143, timed_out=True)).passed)

    def test_a_crash_report_is_not_output(self):
        self.assertEqual(platforms.without_report(REPORT), ("said by the program\n", "abort < main"))

    def test_output_is_asked_for_besides(self):
        self.assertTrue(judge(case("a", output="b.*d"), Outcome(0, "ab\ncd")).passed)
        self.assertFalse(judge(case("a", output="x"), Outcome(0, "ab")).passed)
        self.assertFalse(judge(case("a", output="a"), Outcome(1, "ab")).passed)


REPORT = """said by the program
proxy: /tmp/x: the program ended itself: Aborted on cpu 0
  rax 000000000000000b  rcx ffffc00000401000
   r8 0000000000000000   r9 0000000000000000
  rip 0000300010000002  rfl 0000000000000246
  #0  0000300010000002
  #1  000000000083c1e2 skl_panic+0x92 (/x/process.cpp:24)
  #7  00000000008113be abort+0xe
  #8  00000000008111db main+0xfb
"""


class Counting(unittest.TestCase):
    def test_every_case_counts_also_those_without_verdict(self):
        part, = counting.count([case("a"), case("b"), case("c")], {"all": 50}, {"a": GOOD, "b": BAD}, {"a": GOOD, "b": GOOD})
        self.assertEqual((part.tests, part.judged, part.isle, part.linux, part.only_linux, part.only_isle), (3, 2, 1, 2, ["b"], []))
        self.assertFalse(part.goal_missed, "nobody knows yet")

    def test_goals_are_of_all_tests_and_exact(self):
        cases, linux = [case(str(n)) for n in range(100)], {str(n): GOOD for n in range(100)}
        isle = {str(n): GOOD if n < 98 else BAD for n in range(100)}
        self.assertFalse(counting.count(cases, {"all": 98}, isle, linux)[0].goal_missed)
        isle["0"] = BAD
        self.assertTrue(counting.count(cases, {"all": 98}, isle, linux)[0].goal_missed)

    def test_parts_are_counted_apart(self):
        parts = counting.count([case("a", "x"), case("b", "y")], {"x": None, "y": 95}, {"a": BAD, "b": GOOD}, {"a": BAD, "b": BAD})
        self.assertEqual([(part.name, part.isle, part.only_isle, part.goal_missed) for part in parts], [("x", 0, [], False), ("y", 1, ["b"], False)])

    def test_samples_are_by_path(self):
        share = sum(in_sample(f"g++.dg/{n}.C") for n in range(4000)) / 4000
        self.assertTrue(0.22 < share < 0.28)
        self.assertEqual([in_sample("a"), in_sample("b"), in_sample("c")], [False, True, True])  # ca, 3e, 2e


class Expecting(unittest.TestCase):
    def test_deviations_in_both_directions(self):
        found = expected.deviations({"a": GOOD, "b": BAD, "c": BAD, "d": GOOD}, {"a": "why", "b": "why", "gone": "why"}, {"a", "b", "c", "d"})
        self.assertEqual(sorted(found), ["a", "c", "gone"])

    def test_what_has_not_run_does_not_deviate(self):
        self.assertEqual(expected.deviations({}, {"a": "why"}, {"a", "b"}), {})

    def test_lists(self):
        self.assertEqual(expected.parse("# c\n\na.c -O2 | no | here\n"), {"a.c -O2": "no | here"})
        for text in ("a.c\n", "a.c | \n", "a | b\na | c\n"):
            with self.assertRaises(expected.Malformed):
                expected.parse(text)


class Batches(unittest.TestCase):
    def test_only_what_begins_and_passes_has_passed(self):
        output = ("\n@suite 0 begins 0\ntext\n@suite 0 passed 0\n\n@suite 1 begins 0\n\n@suite 1 signal 11\n"
                  "\n@suite 3 passed 0\n\n@suite 2 begins 0\n")
        self.assertEqual(batch.passed(output), {0})

    def test_tests_that_reach_beyond_themselves_stay_alone(self):
        self.assertFalse(batch.safe(case("a", batch=True, output="x")))
        self.assertFalse(batch.safe(case("a", batch=True, should_fail=True)))
        self.assertFalse(batch.safe(case("a")))


if __name__ == "__main__":
    unittest.main()
