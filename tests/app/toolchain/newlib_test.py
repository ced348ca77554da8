# SPDX-License-Identifier: MIT
"""What toolchain/recipes/newlib makes right or adds: positional arguments (docs/decisions/0010), signal jumps, stream locks."""
import unittest

from support import ToolchainTest, run, run_isle, tool

FORMATS = r"""
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

JUMPS = r"""
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
static int jump(int save)
{
	sigjmp_buf there;
	sigset_t usr1, now;

	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_UNBLOCK, &usr1, NULL);
	if (sigsetjmp(there, save) == 0) {
		sigprocmask(SIG_BLOCK, &usr1, NULL);
		siglongjmp(there, 7);
	}
	sigprocmask(SIG_SETMASK, NULL, &now);
	return sigismember(&now, SIGUSR1);
}
int main(void)
{
	jmp_buf there;
	volatile int turns = 0;

	if (_setjmp(there) < 3) {
		turns++;
		_longjmp(there, turns);
	}
	printf("%d %d %d\n", turns, jump(1), jump(0));
	return 0;
}
"""

STREAMS = r"""
#include <stdio.h>
int main(void)
{
	int refused;

	flockfile(stdout);
	refused = ftrylockfile(stdout);
	printf("%d\n", refused);
	funlockfile(stdout);
	funlockfile(stdout);
	return 0;
}
"""


class Newlib(ToolchainTest):
    def assert_says(self, program, answer, *options):
        source, image = self.work / "program.c", self.work / "program"
        source.write_text(program)
        run(tool("gcc"), "-Wall", "-Wextra", "-Werror", *options, source, "-o", image)
        self.assertEqual(run_isle(image), answer)

    def test_positional_arguments(self):
        for options in (["-O2"], ["-O0", "-fno-builtin"]):
            self.assert_says(FORMATS, "three 7 2.50 3.2 99\na b a 9 8 7 6 5 4 3\n3 of 3 scanned: 34 12 5.5\n5 wide\n", *options)

    def test_jumps_keep_the_signal_mask_when_asked(self):
        self.assert_says(JUMPS, "3 0 1\n")

    def test_streams_can_be_held_before_their_first_use(self):
        self.assert_says(STREAMS, "0\n")


if __name__ == "__main__":
    unittest.main()
