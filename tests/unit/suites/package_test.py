# SPDX-License-Identifier: MIT
"""Packages: what is judged, what makes a verdict old, and that every definition says what it must."""
import tempfile
import unittest
from pathlib import Path

import support  # noqa: F401
import package
import platforms
from case import Outcome
from definitions import PACKAGES


class Judging(unittest.TestCase):
    def test_status_output_and_what_must_not_be_there(self):
        check = package.test("a", "true", output="all done", unwanted="FAIL.*")
        self.assertTrue(package.judged(check, Outcome(0, "all done")).passed)
        self.assertFalse(package.judged(check, Outcome(1, "all done")).passed)
        self.assertFalse(package.judged(check, Outcome(0, "all")).passed)
        self.assertEqual(package.judged(check, Outcome(0, "one\nFAIL: two\nall done")).why, "output: FAIL: two")


class Platform:
    name, digest = "nowhere", "1"

    def tools(self):
        return {"RUN": ""}

    def command(self, command, environment, folder, timeout):
        return platforms.run(command, folder, timeout, environment)


class Building(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.top = Path(self.folder.name)
        package.sources.CACHE, self.cache = self.top / "cache", package.sources.CACHE
        self.source = self.top / "thing_1.0"
        self.source.mkdir()
        (self.source / "text").write_text("x\n")

    def tearDown(self):
        package.sources.CACHE = self.cache

    def verdict(self, commands, command):
        suite = package.Package("thing", "thing", "Thing", commands, lambda _: [package.test("a", command)])
        tree = suite.extra(Platform(), self.source, self.top)
        case, = suite.cases(self.source)
        return suite.verdict_of(Platform(), case, self.top / "scratch", tree)

    def test_a_package_is_built_once_in_a_tree_of_its_own(self):
        build = "cp $SOURCE/text made; echo y >>$SOURCE/text; echo built >>$TREE/../../log"
        for _ in range(2):
            self.assertTrue(self.verdict(build, "$RUN cmp $TREE/made <(echo x)").passed)
        self.assertEqual((self.top / "cache/suites/log").read_text(), "built\n")
        self.assertEqual((self.source / "text").read_text(), "x\n")

    def test_another_definition_is_another_tree_and_the_old_one_goes(self):
        self.verdict("touch one", "true")
        self.verdict("touch two", "true")
        self.assertEqual([path.name for path in (self.top / "cache/suites/packages").glob("*/*") if path.name in ("one", "two")], ["two"])

    def test_what_does_not_build_does_not_pass(self):
        verdict = self.verdict("echo 'x.c:1: error: no such thing'; false", "true")
        self.assertEqual((verdict.passed, verdict.why), (False, "does not build: x.c:1: error: no such thing"))

    def test_every_program_of_a_pipe_counts(self):
        self.assertFalse(self.verdict("true", "false | true").passed)
        self.assertFalse(self.verdict("true", "false; true").passed)


class Definitions(unittest.TestCase):
    def test_names_are_unique_and_fit_a_list(self):
        for suite in PACKAGES:
            names = [case.name for case in suite.cases(Path("/nowhere/thing_1.0"))]
            self.assertEqual(len(names), len(set(names)), suite.NAME)
            self.assertFalse([name for name in names if " | " in name], suite.NAME)

    def test_a_verdict_is_of_this_version_and_this_command(self):
        suite = PACKAGES[0]
        old, new = (suite.cases(Path(f"/nowhere/thing_{version}"))[0] for version in ("1", "2"))
        self.assertNotEqual(old.digest(Path("/nowhere")), new.digest(Path("/nowhere")))


if __name__ == "__main__":
    unittest.main()
