# SPDX-License-Identifier: MIT
"""What scripts/test counts, and says of tests that failed, comes out of ctest's own files."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

JUNIT = pathlib.Path(__file__).resolve().parents[3] / "scripts/lib/junit.py"
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(sample NONE)
enable_testing()
add_test(NAME good COMMAND true)
add_test(NAME bad COMMAND sh -c "seq 100; echo '<last & least>'; exit 3")
add_test(NAME hangs COMMAND sleep 60)
add_test(NAME skipped COMMAND sh -c "exit 77")
add_test(NAME missing COMMAND /nowhere/at/all)
set_tests_properties(hangs PROPERTIES TIMEOUT 1)
set_tests_properties(skipped PROPERTIES SKIP_RETURN_CODE 77)
"""


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


class Junit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        top = pathlib.Path(cls.folder.name)
        (top / "CMakeLists.txt").write_text(PROJECT)
        output_of("cmake", "-S", top, "-B", top / "build")
        cls.file = top / "build/results.xml"
        subprocess.run(["ctest", "--test-dir", top / "build", "--output-junit", cls.file], capture_output=True, check=False)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_whoever_skips_himself_is_named_and_not_counted(self):
        said = output_of(sys.executable, JUNIT, "count", self.file)
        self.assertEqual(said.stdout, "1 3\n")
        self.assertEqual(said.stderr, "test: skipped: skipped\n")

    def test_each_failure_is_told_with_its_last_words(self):
        lines = output_of(sys.executable, JUNIT, "failures", self.file, self.file).stdout.splitlines()
        self.assertEqual([line for line in lines if line.startswith("failed: ")],
                         [f"failed: {name}; its last words:" for name in ["bad", "hangs", "missing"] * 2])
        after_bad = lines[lines.index("failed: bad; its last words:") + 1:][:25]
        self.assertEqual(after_bad, [f"    {number}" for number in range(77, 101)] + ["    <last & least>"])

    def test_nothing_is_said_where_nothing_ran(self):
        self.assertEqual(output_of(sys.executable, JUNIT, "failures").stdout, "")


if __name__ == "__main__":
    unittest.main()
