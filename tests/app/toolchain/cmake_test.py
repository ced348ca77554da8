# SPDX-License-Identifier: MIT
"""A CMake project becomes an isle by the toolchain file; its tests go through the proxy."""
import unittest

from support import IN_QEMU, STAGE, ToolchainTest, run


class CMake(ToolchainTest):
    def test_builds_with_the_toolchain_file(self):
        project = self.project("greet")
        build = project / "build"
        run("cmake", "-S", project, "-B", build, f"-DCMAKE_TOOLCHAIN_FILE={STAGE}/lib/hermit/cmake/hermit.cmake",
            "-DCMAKE_EXE_LINKER_FLAGS=-Wl,--dependency-file=inputs")
        run("cmake", "--build", build)
        self.assert_image(build / "greet")
        self.assert_only_ours(build / "inputs")
        self.assertIn("HAVE_STRDUP:INTERNAL=1", (build / "CMakeCache.txt").read_text())
        self.assertRegex((build / "CMakeCache.txt").read_text(), "HAVE_NO_SUCH_FUNCTION:INTERNAL=\n")
        self.assertIn("100% tests passed", run("ctest", "--test-dir", build, env=IN_QEMU))
        self.assertIn(str(STAGE / "bin/proxy"), (build / "CTestTestfile.cmake").read_text())


if __name__ == "__main__":
    unittest.main()
