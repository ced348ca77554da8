# SPDX-License-Identifier: MIT
"""An ordinary makefile project becomes an isle by `make CC=x86_64-hermit-gcc`."""
import unittest

from support import ToolchainTest, run, run_isle


class Make(ToolchainTest):
    def test_builds_with_cc_on_the_command_line(self):
        project = self.project("greet")
        run("make", "CC=x86_64-hermit-gcc", "AR=x86_64-hermit-ar", "LDFLAGS=-Wl,--dependency-file=inputs", cwd=project)
        self.assert_image(project / "greet")
        self.assert_only_ours(project / "inputs")
        self.assertEqual(run_isle(project / "greet"), "hello world 1.414\n")


if __name__ == "__main__":
    unittest.main()
