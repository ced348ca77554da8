# SPDX-License-Identifier: MIT
"""GNU hello, as Debian has it, becomes an isle by `./configure --host=x86_64-hermit`; its config.sub does not know hermit."""
import unittest

from support import PROJECT, STAGE, ToolchainTest, run, run_isle


class Configure(ToolchainTest):
    def test_builds_gnu_hello_unchanged(self):
        source = self.work / "hello"
        run(PROJECT / "toolchain/fetch-source", "hello", source)
        run("./configure", "--host=x86_64-hermit", "LDFLAGS=-Wl,--dependency-file=inputs", cwd=source,
            env={"CONFIG_SITE": str(STAGE / "x86_64-hermit/share/config.site")})
        self.assertIn("host='x86_64-unknown-hermit'", (source / "config.log").read_text().splitlines())
        run("make", "MAKEINFO=true", cwd=source)
        self.assert_image(source / "hello")
        self.assert_only_ours(source / "inputs")
        self.assertEqual(run_isle(source / "hello"), "Hello, world!\n")
        self.assertEqual(run_isle(source / "hello", "--greeting=isle"), "isle\n")


if __name__ == "__main__":
    unittest.main()
