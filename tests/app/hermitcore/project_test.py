# SPDX-License-Identifier: MIT
"""A tree as HermitCore's was, usr/tests beside cmake/, is configured, built and installed without a word about us."""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "toolchain"))
from support import STAGE, ToolchainTest, run, run_isle  # noqa: E402

PROJECT = """
cmake_minimum_required(VERSION 3.7)
include(../../cmake/HermitCore-Application.cmake)
project(hermit_tests C)
add_executable(pi pi.c)
target_compile_options(pi PRIVATE -fopenmp)
target_link_libraries(pi -fopenmp)
add_executable(left_out pi.c)
target_compile_options(left_out PRIVATE -fopenmp)
target_link_libraries(left_out -fopenmp)
install_local_targets(extra/tests left_out)
"""


class Project(ToolchainTest):
    def setUp(self):
        super().setUp()
        self.source = self.work / "usr/tests"
        self.source.mkdir(parents=True)
        (self.work / "cmake").symlink_to(STAGE / "cmake")
        (self.source / "pi.c").write_text((HERE / "tests/pi.c").read_text())
        (self.source / "CMakeLists.txt").write_text(PROJECT)

    def build(self, *options):
        run("cmake", "-S", self.source, "-B", self.work / "build", *options)
        run("cmake", "--build", self.work / "build")

    def test_builds_isles_and_installs_them_where_told(self):
        self.build(f"-DCMAKE_INSTALL_PREFIX={self.work}/opt")
        run("cmake", "--install", self.work / "build")
        installed = self.work / "opt/x86_64-hermit/extra/tests"
        self.assertEqual([path.name for path in installed.iterdir()], ["pi"])
        self.assert_image(installed / "pi")
        self.assertIn("Pi: 3.14159265", run_isle(installed / "pi"))

    def test_installs_beside_the_toolchain_unless_told(self):
        self.build()
        self.assertIn(f"CMAKE_INSTALL_PREFIX:PATH={STAGE}\n", (self.work / "build/CMakeCache.txt").read_text())

    def test_takes_the_other_name_of_the_toolchain_file(self):
        self.build("-DHERMIT_ARCH=x86")
        self.assert_image(self.work / "build/pi")


if __name__ == "__main__":
    unittest.main()
