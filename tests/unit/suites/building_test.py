# SPDX-License-Identifier: MIT
"""One test in two calls of the compiler, the first of which an earlier run may have made: what makes an object old."""
import os
import tempfile
import unittest
from pathlib import Path

import support  # noqa: F401
import build
import compile_cache
import platforms
from case import Case, Run


class Elsewhere(platforms.Linux):
    compiler_digest = "another compiler"


@unittest.skipUnless(compile_cache.tool(), "no ccache")
class Building(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name)
        compile_cache.CACHE, before = self.top, compile_cache.CACHE
        self.addCleanup(lambda: setattr(compile_cache, "CACHE", before))
        (self.top / "answer.h").write_text("#define ANSWER 42\n")
        (self.top / "one.c").write_text('#include "answer.h"\nint other(void);\nint main(void) { return ANSWER + other(); }\n')
        (self.top / "two.c").write_text("int other(void) { return WORD; }\n")

    def status(self, platform=None, *flags: str) -> int:
        case = Case("x", "all", "c", (self.top / "one.c", self.top / "two.c"), ("-DWORD=1", *flags))
        built = build.program(platform or platforms.Linux(), case, self.top / "folder", build.Extra())
        self.assertEqual(built.trouble, "")
        return platforms.Linux().run(built.program, Run(), self.top).status

    def hits(self) -> int:
        outcome = platforms.run([compile_cache.tool(), "--print-stats"], self.top, 10, compile_cache.environment(platforms.Linux()))
        counts = dict(line.split("\t") for line in outcome.output.splitlines())
        return int(counts["direct_cache_hit"]) + int(counts["preprocessed_cache_hit"])

    def test_a_second_run_finds_the_objects(self):
        self.assertEqual((self.status(), self.status(), self.hits()), (43, 43, 2))

    def test_headers_flags_and_compilers_make_them_old(self):
        self.assertEqual(self.status(), 43)
        (self.top / "answer.h").write_text("#define ANSWER 50\n")
        os.utime(self.top / "answer.h", (1, 1))  # the same size, and not even newer
        self.assertEqual(self.status(), 51)
        self.assertEqual(self.status(None, "-UWORD", "-DWORD=2"), 52)
        before = self.hits()
        self.assertEqual(self.status(Elsewhere()), 51)
        self.assertEqual(self.hits(), before)

    def test_what_means_something_else_in_two_calls_is_one(self):
        for flag in ("-x", "--coverage", "-fprofile-generate", "-save-temps", "-flto", "-fwhole-program"):
            self.assertFalse(compile_cache.in_two_calls(Case("x", "all", "c", (Path("a.c"),), (flag,))), flag)
        self.assertFalse(compile_cache.in_two_calls(Case("x", "all", "fortran", (Path("a.f90"),))))
        self.assertTrue(compile_cache.in_two_calls(Case("x", "all", "c++", (Path("a.cc"),), ("-O2", "-std=c++20"))))
