# SPDX-License-Identifier: MIT
"""GNU hello, as Debian has it, becomes an isle by `./configure --host=x86_64-hermit`; its config.sub does not know hermit."""
import unittest

from support import PROJECT, STAGE, ToolchainTest, run


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

    def test_finds_its_site_by_prefix(self):
        source = self.work / "hello"
        run(PROJECT / "toolchain/fetch-source", "hello", source)
        run("./configure", "--host=x86_64-hermit", f"--prefix={STAGE}/x86_64-hermit", cwd=source)
        self.assertIn("host='x86_64-unknown-hermit'", (source / "config.log").read_text().splitlines())


if __name__ == "__main__":
    unittest.main()
