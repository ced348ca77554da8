# SPDX-License-Identifier: MIT
"""printf and scanf with positional arguments, which plain newlib 3.3.0 crashes on (docs/decisions/0010)."""
import unittest

from support import ToolchainTest, run, run_isle, tool

PROGRAM = r"""
#include <stdio.h>
#include <wchar.h>
int main(void)
{
	int a = 0, b = 0;
	double c = 0;
	wchar_t wide[40];

	printf("%3$s %1$d %2$.2f %5$.1Lf %4$ld\n", 7, 2.5, "three", 99L, 3.25L);
	printf("%1$s %2$s %1$s %9$d %8$d %7$d %6$d %5$d %4$d %3$d\n", "a", "b", 3, 4, 5, 6, 7, 8, 9);
	printf("%d of %d scanned: ", sscanf("12 34 5.5", "%2$d %1$d %3$lf", &a, &b, &c), 3);
	printf("%d %d %g\n", a, b, c);
	swprintf(wide, 40, L"%2$d %1$ls", L"wide", 5);
	printf("%ls\n", wide);
	return 0;
}
"""
ANSWER = "three 7 2.50 3.2 99\na b a 9 8 7 6 5 4 3\n3 of 3 scanned: 34 12 5.5\n5 wide\n"


class Formats(ToolchainTest):
    def test_positional_arguments(self):
        source, program = self.work / "formats.c", self.work / "formats"
        source.write_text(PROGRAM)
        for options in (["-O2"], ["-O0", "-fno-builtin"]):
            run(tool("gcc"), *options, source, "-o", program)
            self.assertEqual(run_isle(program), ANSWER)


if __name__ == "__main__":
    unittest.main()
