# SPDX-License-Identifier: MIT
"""The directives of gcc's tests: words, selectors, and what they come to."""
import re
import unittest

import support  # noqa: F401
import directives
import tcl
from targets import Target


def parse(text, language="c", before=(), default=(), action="compile"):
    return directives.parse(text, language, list(before), list(default), action)


class Words(unittest.TestCase):
    def test_braces_keep_what_quotes_replace(self):
        self.assertEqual(tcl.words(r'{a\n {b c}} "a\n\[x\]" bare'), [r"a\n {b c}", "a\n[x]", "bare"])

    def test_an_open_brace_is_malformed(self):
        with self.assertRaises(tcl.Malformed):
            tcl.words("{ a { b }")

    def test_classes_become_those_of_python(self):
        self.assertTrue(re.fullmatch(tcl.pattern(r"[[:digit:]]+[^[:space:]]"), "12x"))


class Selectors(unittest.TestCase):
    def holds(self, selector, language="c++", flags=()):
        return Target(language, list(flags)).holds(selector)

    def test_triplets_are_those_of_linux(self):
        self.assertTrue(self.holds("*-*-*"))
        self.assertTrue(self.holds("i?86-*-* x86_64-*-linux*"))
        self.assertFalse(self.holds("arm*-*-* *-*-darwin*"))

    def test_operations_nest(self):
        self.assertTrue(self.holds("{ i?86-*-* x86_64-*-* } && { ! ia32 }"))
        self.assertFalse(self.holds("! { *-*-linux* *-*-gnu* }"))
        self.assertTrue(self.holds("ilp32 || { lp64 && { ! llp64 } }"))

    def test_standards_are_compared_with_the_flags(self):
        self.assertTrue(self.holds("c++11 && { ! c++20 }"))
        self.assertTrue(self.holds("c++2a", flags=["-std=gnu++20"]))
        self.assertFalse(self.holds("c++14_down"))
        self.assertTrue(self.holds("c++98_only", flags=["-std=c++03"]))
        self.assertFalse(self.holds("c++11", language="c"))

    def test_optimisation_is_what_the_last_flag_says(self):
        self.assertTrue(self.holds("__OPTIMIZE__", flags=["-O0", "-O2"]))
        self.assertFalse(self.holds("__OPTIMIZE__", flags=["-O2", "-O0"]))

    def test_what_is_unknown_is_tried(self):
        self.assertTrue(self.holds("some_new_thing"))


class Directives(unittest.TestCase):
    def test_without_any_the_defaults_hold(self):
        test = parse("int main() {}", default=["-O2"], action="run")
        self.assertEqual((test.action, test.options, test.unsupported, test.should_fail), ("run", ["-O2"], "", False))

    def test_a_brace_without_blank_is_no_directive(self):
        self.assertEqual(parse("/* {dg-do run} */").action, "compile")

    def test_dg_do_with_target_and_xfail(self):
        test = parse("// { dg-do run { target c++11 xfail *-*-* } }", "c++")
        self.assertEqual((test.action, test.unsupported, test.should_fail), ("run", "", True))
        self.assertTrue(parse("/* { dg-do run { target arm*-*-* } } */").unsupported)

    def test_the_last_options_that_apply_count_and_others_add_up(self):
        test = parse('/* { dg-options "-O0 -g" } */\n/* { dg-options "-m32" { target ia32 } } */\n'
                     '/* { dg-additional-options "-fwrapv" } */\n/* { dg-additional-options "-mthumb" { target arm*-*-* } } */', default=["-O2"])
        self.assertEqual(test.options, ["-O0", "-g", "-fwrapv"])

    def test_requirements(self):
        self.assertEqual(parse("/* { dg-require-effective-target ilp32 } */").unsupported, "needs ilp32")
        self.assertEqual(parse("/* { dg-require-effective-target int128 } */").unsupported, "")
        self.assertEqual(parse('// { dg-require-namedlocale "de_DE.UTF-8" }').unsupported, "needs locale de_DE.UTF-8")

    def test_skips_look_at_flags(self):
        text = '/* { dg-skip-if "why" { *-*-* } { "-O0" } { "-g" } } */'
        self.assertEqual(parse(text, before=["-O0"]).unsupported, "skipped: why")
        self.assertEqual(parse(text, before=["-O2"]).unsupported, "")
        self.assertEqual(parse(text, before=["-O0", "-g"]).unsupported, "")
        self.assertEqual(parse('/* { dg-skip-if "" { *-*-* } { "*" } { "-O2" } } */', before=["-O2"]).unsupported, "")

    def test_outputs_are_one_pattern(self):
        test = parse('! { dg-output "a\\[1\\](\\n|\\r\\n|\\r)" }\n! { dg-output "b.*$" }\n! { dg-output "never" { target ilp32 } }', "fortran")
        self.assertTrue(re.search(test.output, "x a1\nb and more\n", re.DOTALL))
        self.assertFalse(re.search(test.output, "a1 b", re.DOTALL))

    def test_sources_environment_and_failing(self):
        test = parse('! { dg-additional-sources "one.c two.c" }\n! { dg-set-target-env-var OMP_NUM_THREADS "9" }\n'
                     '! { dg-shouldfail "stops" }', "fortran")
        self.assertEqual((test.sources, test.environment, test.should_fail), (["one.c", "two.c"], {"OMP_NUM_THREADS": "9"}, True))

    def test_xfail_of_runs_depends_on_the_target(self):
        self.assertTrue(parse('/* { dg-xfail-run-if "" { *-*-* } } */').should_fail)
        self.assertFalse(parse('/* { dg-xfail-run-if "" { hppa*-*-* } } */').should_fail)

    def test_words_that_only_look_like_a_directive_are_passed_over(self):
        self.assertEqual(parse("/* { dg-output { a } */", action="run").action, "run")

    def test_cxx_takes_the_first_standard_that_is_allowed(self):
        def options(text):
            return directives.parse_cxx(text, ["-O2"], [], "compile").options
        self.assertEqual(options("// { dg-do run }"), [])
        self.assertEqual(options("// { dg-do run { target c++20 } }"), ["-std=gnu++20"])
        self.assertEqual(options("// { dg-do run { target c++14_down } }"), ["-std=gnu++14"])
        self.assertEqual(options('// { dg-do run { target c++20 } }\n// { dg-options "-std=c++11" }'), ["-std=c++11"])


if __name__ == "__main__":
    unittest.main()
