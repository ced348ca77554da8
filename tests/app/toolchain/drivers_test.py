# SPDX-License-Identifier: MIT
"""The drivers one by one: what they brand, where they look, what they refuse, and that the tree may be moved."""
import os
import shutil
import unittest

from support import STAGE, ToolchainTest, run, segments_of, tool

PT_GNU_STACK = 0x6474e551
PROGRAM = "#include <stdio.h>\nint main(void)\n{\n\treturn puts(\"hello\") < 0;\n}\n"
NESTED = """int call(int (*function)(void)) { return function(); }
int main(int count, char **words)
{
	int inner(void) { return count + (words == 0); }
	return call(inner);
}
"""
FORTRAN = "program hello\n  print *, 'hello'\nend program\n"


def osabi(path):
    return path.read_bytes()[7]


def rights_of_stacks(path):
    return [rights for kind, rights, *_ in segments_of(path.read_bytes()) if kind == PT_GNU_STACK]


class Drivers(ToolchainTest):
    def setUp(self):
        super().setUp()
        self.source = self.work / "hello.c"
        self.source.write_text(PROGRAM)
        self.output = self.work / "hello"

    def link(self, *options, gcc=tool("gcc")):
        run(gcc, self.source, "-o", self.output, *options)
        return self.output

    def test_names_its_machine(self):
        self.assertEqual(run(tool("gcc"), "-dumpmachine"), "x86_64-hermit\n")
        self.assertEqual(run(tool("gcc"), "-print-sysroot").strip(), str(STAGE / "x86_64-hermit"))

    def test_brands_what_it_links(self):
        for options in ([], ["-O2", "-flto"], ["-fuse-ld=bfd"], ["-pie", "-fPIE"], ["-Wl,--gc-sections", "-s"], ["-pthread", "-lm"]):
            with self.subTest(options):
                self.assert_image(self.link(*options))

    def test_stacks_are_executable_only_if_an_object_asks(self):
        fortran, nested = self.work / "hello.f90", self.work / "nested.c"
        fortran.write_text(FORTRAN)
        nested.write_text(NESTED)
        for rights, command in ((6, ["gcc", self.source, "-lm"]), (6, ["g++", "-fopenmp", "-x", "c++", self.source]), (6, ["gfortran", fortran]),
                                (6, ["clang", self.source]), (7, ["gcc", nested]), (7, ["gcc", nested, "-flto"]),
                                (6, ["gcc", nested, "-Wl,-z,noexecstack"]), (7, ["gcc", self.source, "-z", "execstack"])):
            with self.subTest(command):
                run(tool(command[0]), *command[1:], "-o", self.output)
                self.assertEqual(rights_of_stacks(self.output), [rights])

    def test_brands_the_output_named_in_a_response_file(self):
        response = self.work / "arguments"
        response.write_text(f'"{self.source}" -o \'{self.output}\'\n')
        run(tool("gcc"), f"@{response}")
        self.assert_image(self.output)

    def test_brands_a_out(self):
        run(tool("gcc"), self.source, cwd=self.work)
        self.assert_image(self.work / "a.out")

    def test_leaves_merged_objects_unbranded(self):
        run(tool("gcc"), "-r", "-nostdlib", self.source, "-o", self.output)
        self.assertEqual(osabi(self.output), 0)

    def test_strip_and_objcopy_keep_the_brand(self):
        self.link("-g")
        run(tool("objcopy"), "--only-keep-debug", self.output, self.work / "debug")
        run(tool("strip"), self.output)
        self.assert_image(self.output)

    def test_elfedit_brands_any_object(self):
        made = self.work / "hello.o"
        run(tool("gcc"), "-c", self.source, "-o", made)
        run(tool("elfedit"), "--output-osabi", "HermitCore", made)
        self.assertEqual(osabi(made), 0x42)
        run(tool("elfedit"), "--output-osabi=none", made)
        self.assertEqual(osabi(made), 0)

    def test_elfedit_refuses_what_is_no_elf(self):
        before = self.source.read_bytes()
        done = run(tool("elfedit"), "--output-osabi", "HermitCore", self.source, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("not a readable ELF file", done.stdout)
        self.assertEqual(self.source.read_bytes(), before)

    def test_finds_main_in_an_archive(self):
        (self.work / "main.c").write_text("int answer(void);\nint main(void) { return answer(); }\n")
        (self.work / "answer.c").write_text("int answer(void) { return 42; }\n")
        run(tool("gcc"), "-c", "main.c", "answer.c", cwd=self.work)
        run(tool("ar"), "rc", "libmain.a", "main.o", cwd=self.work)
        run(tool("gcc"), "answer.o", "-L.", "-lmain", "-o", "found", cwd=self.work)
        self.assert_image(self.work / "found")

    def test_a_failing_link_fails(self):
        self.source.write_text("int missing(void); int main(void) { return missing(); }\n")
        done = run(tool("gcc"), self.source, "-o", self.output, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse(self.output.exists())

    def test_refuses_shared_libraries(self):
        done = run(tool("gcc"), "-shared", self.source, "-o", self.output, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("x86_64-hermit makes no shared libraries", done.stdout)

    def test_takes_nothing_from_the_host(self):
        self.link("-MD", "-MF", self.work / "headers", "-Wl,--dependency-file=" + str(self.work / "inputs"))
        self.assert_only_ours(self.work / "headers")
        self.assert_only_ours(self.work / "inputs")
        self.assertNotIn("linux", run(tool("gcc"), "-dM", "-E", "-x", "c", "/dev/null"))
        self.assertIn("#define __hermit__ 1", run(tool("cpp"), "-dM", "/dev/null"))

    def test_keeps_unwind_tables_of_libc(self):
        sections = run(tool("objdump"), "-h", STAGE / "x86_64-hermit/lib/libc.a")
        self.assertIn(".eh_frame", sections)
        self.assertNotIn(".debug_info", sections)

    def test_libc_is_built_with_our_headers(self):
        symbols = run(tool("nm"), "-A", STAGE / "x86_64-hermit/lib/libc.a")
        self.assertRegex(symbols, r"lib_a-errno\.o: .* U __getreent")
        self.source.write_text("#include <sys/stat.h>\n_Static_assert(sizeof(ino_t) == 8 && sizeof(off_t) == 8, \"as Linux\");\n")
        run(tool("gcc"), "-c", self.source, "-o", self.output)

    def test_may_be_moved(self):
        moved = self.work / "moved"
        shutil.copytree(STAGE, moved, symlinks=True, ignore=shutil.ignore_patterns("skellig"))
        (self.work / "cc").symlink_to(moved / "bin/x86_64-hermit-gcc")
        inputs = self.work / "inputs"
        self.link("-Wl,--dependency-file=" + str(inputs), gcc=self.work / "cc")
        self.assert_image(self.output)
        self.assertNotIn(str(STAGE), inputs.read_text())

    def test_offers_the_usual_tools(self):
        for name in "gcc cc cpp as ld ar nm objdump objcopy strip readelf ranlib size strings addr2line elfedit".split():
            with self.subTest(name):
                self.assertTrue(os.access(tool(name), os.X_OK))
                run(tool(name), "--version")


if __name__ == "__main__":
    unittest.main()
