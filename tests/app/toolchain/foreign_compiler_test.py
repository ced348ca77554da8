# SPDX-License-Identifier: MIT
"""HermitCore's recipe for a compiler that knows nothing of isles (icc; here the host's plain clang): our headers, elfedit, link by gcc."""
import os
import subprocess
import unittest

from support import STAGE, ToolchainTest, run, run_isle, tool

CLANG = "clang-" + os.environ.get("SKELLIG_CLANG_VERSION", "14")

PROGRAM = r"""#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#ifndef __hermit__
#error compiled for something else
#endif
static _Thread_local int mine = 20;
int main(int argc, char **argv)
{
	double *values = malloc(100 * sizeof(*values)), sum = 0;

	for (int i = 0; i < 100; i++)
		values[i] = sqrt(i * i);
	for (int i = 0; i < 100; i++)
		sum += values[i];
	errno = 0;
	fopen("/no/such/file", "r");
	fprintf(stdout, "%g %d %d\n", sum, errno == ENOENT, ++mine);
	free(values);
	return 0;
}
"""

OPENMP = r"""#include <omp.h>
#include <stdio.h>
int main(void)
{
	static double a[10000];
	double sum = 0;
	int threads = 0;

#pragma omp parallel num_threads(3)
	{
#pragma omp for schedule(dynamic, 10)
		for (int i = 0; i < 10000; i++)
			a[i] = i;
#pragma omp for simd reduction(+ : sum)
		for (int i = 0; i < 10000; i++)
			sum += a[i];
#pragma omp single
		threads = omp_get_num_threads();
	}
	printf("%g %d\n", sum, threads);
	return 0;
}
"""


class ForeignCompiler(ToolchainTest):
    def compile(self, text, *options):
        """By a compiler for Linux, told by options alone."""
        source, made = self.work / "program.c", self.work / "program.o"
        source.write_text(text)
        root = STAGE / "x86_64-hermit"
        subprocess.run([CLANG, "-c", "-O3", "-D__hermit__", "-mno-red-zone", "-ffreestanding", f"-I{root}/overlay", f"-I{root}/include",
                        *options, source, "-o", made], check=True)
        return made

    def brand(self, made):
        run(tool("elfedit"), "--output-osabi", "HermitCore", made)
        self.assertEqual(made.read_bytes()[7], 0x42)

    def link(self, made, *options):
        run(tool("gcc"), made, "-o", self.work / "program", *options)
        self.assert_image(self.work / "program")
        return self.work / "program"

    def test_makes_an_isle_that_runs(self):
        made = self.compile(PROGRAM)
        self.brand(made)
        self.assertEqual(run_isle(self.link(made, "-lm")), "4950 1 21\n")

    def test_makes_openmp_programs(self):
        made = self.compile(OPENMP, "-fopenmp")
        self.brand(made)
        self.assertEqual(run_isle(self.link(made, "-fopenmp")), "4.9995e+07 3\n")

    def assert_refused(self, reason, *arguments):
        done = run(tool("elfedit"), *arguments, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(reason, done.stdout)
        self.assertIn("hint:", done.stdout)

    def test_elfedit_says_what_it_cannot_brand(self):
        brand = ("--output-osabi", "HermitCore")
        good = self.compile(PROGRAM)
        narrow, archive, bitcode, short = (self.work / name for name in ("narrow.o", "lib.a", "bitcode.o", "short.o"))
        (self.work / "empty.c").write_text("int empty;\n")
        run(CLANG, "-m32", "-c", self.work / "empty.c", "-o", narrow)
        run(CLANG, "-flto", "-c", self.work / "empty.c", "-o", bitcode)
        run(tool("ar"), "rc", archive, good)
        short.write_bytes(good.read_bytes()[:10])
        for reason, path in (("no such file", self.work / "missing.o"), ("not a readable file", self.work), ("not for x86-64", narrow),
                             ("an archive", archive), ("bitcode", bitcode), ("not for x86-64", short)):
            with self.subTest(path.name):
                before = path.read_bytes() if path.is_file() else None
                self.assert_refused(reason, *brand, good, path)
                self.assertEqual(good.read_bytes()[7], 0, "nothing is written when one of the files is refused")
                self.assertEqual(path.read_bytes() if path.is_file() else None, before)
        self.assert_refused("no file named", *brand)
        self.assert_refused("--input-osabi", *brand, "--input-osabi=none", good)

    def test_elfedit_takes_its_arguments_in_any_order(self):
        first, second = self.compile(PROGRAM), self.work / "second with blank.o"
        second.write_bytes(first.read_bytes())
        run(tool("elfedit"), first, "--output-osabi=HermitCore", second)
        self.assertEqual([path.read_bytes()[7] for path in (first, second)], [0x42, 0x42])


if __name__ == "__main__":
    unittest.main()
