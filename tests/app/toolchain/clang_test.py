# SPDX-License-Identifier: MIT
"""clang as the gcc drivers are used: what it defines and takes from where, what it links, what it refuses, and in CMake, make, configure."""
import shutil
import unittest

from support import IN_QEMU, PROJECT, STAGE, ToolchainTest, run, run_isle, tool

C = "#include <stdio.h>\nint main(void)\n{\n\treturn printf(\"%ld\\n\", (long)__STDC_VERSION__) < 0;\n}\n"
CXX = """#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
struct First { First() { std::cout << "constructed\\n"; } } first;
int main()
{
    std::string caught;
    std::thread([&] { try { throw std::runtime_error("caught"); } catch (std::exception &e) { caught = e.what(); } }).join();
    std::cout << caught << std::endl;
}
"""
OPENMP = """#include <omp.h>
#include <stdio.h>
int main(void)
{
	int sum = 0, threads = 0;
#pragma omp parallel for num_threads(3) reduction(+ : sum)
	for (int i = 0; i < 100; i++)
		sum += i, threads = omp_get_num_threads();
	printf("%d %d\\n", sum, threads);
	return 0;
}
"""


class Clang(ToolchainTest):
    def setUp(self):
        super().setUp()
        self.source = self.work / "program.c"
        self.source.write_text(C)
        self.output = self.work / "program"

    def build(self, *options, source=None, compiler="clang"):
        run(tool(compiler), "-Werror", source or self.source, "-o", self.output, *options)
        self.assert_image(self.output)
        return self.output

    def cxx(self):
        source = self.work / "program.cpp"
        source.write_text(CXX)
        return source

    def test_names_the_isle(self):
        self.assertEqual(run(tool("clang"), "-dumpmachine"), "x86_64-hermit\n")
        macros = run(tool("clang"), "-dM", "-E", "-x", "c", "/dev/null")
        self.assertIn("#define __hermit__ 1", macros)
        self.assertIn("#define __unix__ 1", macros)
        self.assertNotIn("linux", macros)
        self.assertIn(str(STAGE), run(tool("clang"), "-print-search-dirs"))

    def test_takes_nothing_from_the_host(self):
        self.build("-MD", "-MF", self.work / "headers", f"-Wl,--dependency-file={self.work}/inputs")
        self.assert_only_ours(self.work / "headers")
        self.assert_only_ours(self.work / "inputs")
        self.build("-MD", "-MF", self.work / "headers", source=self.cxx(), compiler="clang++")
        self.assert_only_ours(self.work / "headers")

    def test_compiles_each_standard_of_c(self):
        for standard, version in (("c99", 199901), ("c11", 201112), ("c17", 201710)):
            self.assertEqual(run_isle(self.build(f"-std={standard}")), f"{version}\n")

    def test_throws_across_threads(self):
        for options in (["-std=c++17", "-O2"], ["-std=c++20", "-O0"]):
            self.assertEqual(run_isle(self.build(*options, source=self.cxx(), compiler="clang++")), "constructed\ncaught\n")

    def test_optimizes_at_link_time(self):
        self.assertEqual(run_isle(self.build("-O3", "-flto")), "201710\n")
        self.build("-O2", "-flto=thin")
        run(tool("clang"), "-flto", "-c", self.source, "-o", self.work / "program.o")
        self.assertEqual((self.work / "program.o").read_bytes()[:2], b"BC")
        self.assertEqual(run_isle(self.build("-flto", source=self.work / "program.o")), "201710\n")
        self.assertEqual(run_isle(self.build("-flto", source=self.cxx(), compiler="clang++")), "constructed\ncaught\n")

    def test_compiles_for_the_machine_it_is_on(self):
        self.build("-O3", "-march=native")

    def test_runs_openmp(self):
        self.source.write_text(OPENMP)
        for options in (["-O2"], ["-O2", "-flto"]):
            self.assertEqual(run_isle(self.build("-fopenmp", *options)), "4950 3\n")
        headers = run(tool("clang"), "-fopenmp", "-M", self.source)
        self.assertIn(str(STAGE / "x86_64-hermit/overlay/omp.h"), headers)

    def test_stops_where_it_is_told_to(self):
        self.assertIn("main:", run(tool("clang"), "-S", self.source, "-o", "-"))
        self.assertIn("int main(void)", run(tool("clang"), "-flto", "-E", self.source))
        self.assertIn("program.o:", run(tool("clang"), "-M", self.source))

    def test_refuses_shared_libraries(self):
        for option, reason in (("-shared", "makes no shared libraries"), ("-static-pie", "links at a fixed address")):
            done = run(tool("clang"), option, self.source, "-o", self.output, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(reason, done.stdout)
        self.build("-pie", "-fPIE")

    def test_may_be_moved(self):
        moved = self.work / "moved"
        shutil.copytree(STAGE, moved, symlinks=True, ignore=shutil.ignore_patterns("skellig"))
        inputs = self.work / "inputs"
        run(moved / "bin/x86_64-hermit-clang++", self.cxx(), "-o", self.output, "-MD", "-MF", self.work / "headers",
            f"-Wl,--dependency-file={inputs}")
        self.assert_image(self.output)
        self.assertNotIn(str(STAGE), inputs.read_text() + (self.work / "headers").read_text())

    def test_builds_a_makefile_project(self):
        project = self.project("greet")
        run("make", "CC=x86_64-hermit-clang", "AR=x86_64-hermit-ar", cwd=project)
        self.assertEqual(run_isle(project / "greet"), "hello world 1.414\n")

    def test_builds_a_cmake_project(self):
        project = self.project("greet")
        build = project / "build"
        run("cmake", "-S", project, "-B", build, f"-DCMAKE_TOOLCHAIN_FILE={STAGE}/lib/hermit/cmake/hermit.cmake",
            "-DCMAKE_C_COMPILER=x86_64-hermit-clang")
        run("cmake", "--build", build)
        self.assert_image(build / "greet")
        self.assertIn("clang version", run(tool("readelf"), "-p", ".comment", build / "greet"))
        self.assertIn("100% tests passed", run("ctest", "--test-dir", build, env=IN_QEMU))

    def test_builds_gnu_hello_unchanged(self):
        source = self.work / "hello"
        run(PROJECT / "toolchain/fetch-source", "hello", source)
        run("./configure", "--host=x86_64-hermit", "CC=x86_64-hermit-clang", cwd=source,
            env={"CONFIG_SITE": str(STAGE / "x86_64-hermit/share/config.site")})
        run("make", "MAKEINFO=true", cwd=source)
        self.assert_image(source / "hello")
        self.assertEqual(run_isle(source / "hello"), "Hello, world!\n")


if __name__ == "__main__":
    unittest.main()
