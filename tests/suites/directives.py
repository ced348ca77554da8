# SPDX-License-Identifier: MIT
"""The `dg-` directives of one source file: how it is to be built, run and judged.

At most one directive stands on a line, from `{ dg-NAME` to the last ` }`, as DejaGnu reads them.
"""
import dataclasses
import fnmatch
import re
from pathlib import Path

import tcl
from targets import Target

LINE = re.compile(r"\{[ \t]+(dg-[-a-z]+)[ \t]+(.*)[ \t]+\}")
ADDED_OPTIONS = {
    "no_pch": "-D__GLIBCXX__=99999999", "using-deprecated": "-U_GLIBCXX_USE_DEPRECATED -D_GLIBCXX_USE_DEPRECATED=1",
    "tls": "", "ieee": "", "sse2": "-msse2", "sse": "-msse", "avx": "-mavx", "avx2": "-mavx2",
}


@dataclasses.dataclass
class Test:
    """What the directives of a file come to."""
    action: str  # run, compile, ...
    options: list[str]
    sources: list[str] = dataclasses.field(default_factory=list)  # beside the file, to be built with it
    modules: list[str] = dataclasses.field(default_factory=list)  # to be compiled before it
    files: list[str] = dataclasses.field(default_factory=list)  # to be there when it is built
    output: str = ""  # a pattern of Python's
    should_fail: bool = False
    unsupported: str = ""  # the reason
    environment: dict[str, str] = dataclasses.field(default_factory=dict)


def lines_of(text: str) -> list[tuple[str, list[str]]]:
    """Each directive with its words."""
    found = []
    for match in map(LINE.search, text.splitlines()):
        if match:
            try:
                found.append((match[1], tcl.words(match[2])))
            except tcl.Malformed:
                continue  # a line that only looks like one
    return found


def action_of(found: list[tuple[str, list[str]]], default: str) -> str:
    """What the last dg-do of a file says, whatever its selector."""
    return next((arguments[0] for name, arguments in reversed(found) if name == "dg-do" and arguments), default)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


def chosen(target: Target, arguments: list[str], at: int) -> bool:
    """Does the selector at this place hold, if there is one?"""
    return len(arguments) <= at or not arguments[at].strip() or target.answers(arguments[at]).get("target", True)


def matches(flags: list[str], lists: str) -> bool:
    """Do the flags have one of the options listed, which may be patterns or several words?"""
    return any(option == "*" or option and all(fnmatch.filter(flags, word) for word in option.split()) for option in tcl.words(lists))


def skips(target: Target, flags: list[str], arguments: list[str]) -> bool:
    """dg-skip-if and its kind: COMMENT SELECTOR [INCLUDED [EXCLUDED]]."""
    if len(arguments) < 2 or not target.holds(arguments[1]):
        return False
    if len(arguments) > 2 and arguments[2].strip() and not matches(flags, arguments[2]):
        return False
    return not (len(arguments) > 3 and matches(flags, arguments[3]))


def options_of(found, language: str, before: list[str], default: list[str]) -> list[str]:
    """Options first: selectors of all the others may ask about them. The last dg-options counts, dg-additional-options add up."""
    options, added = default, []
    for name, arguments in found:
        target = Target(language, before + options)
        if name == "dg-options" and arguments and chosen(target, arguments, 1):
            options = tcl.words(arguments[0])
        elif name == "dg-additional-options" and arguments and chosen(target, arguments, 1):
            added += tcl.words(arguments[0])
        elif name == "dg-add-options" and arguments:
            added += [word for key in arguments for word in ADDED_OPTIONS.get(key, "").split()]
    return options + added


def apply(test: Test, target: Target, flags: list[str], name: str, arguments: list[str]) -> None:
    """What one directive changes."""
    match name:
        case "dg-do" if len(arguments) > 1:
            answers = target.answers(arguments[1])
            if not answers.get("target", True):
                test.unsupported = f"dg-do {arguments[1].strip()}"
            test.should_fail |= answers.get("xfail", False)
        case "dg-require-effective-target" if not target.holds(arguments[0]) and chosen(target, arguments, 1):
            test.unsupported = f"needs {arguments[0]}"
        case "dg-require-namedlocale" if arguments[0] not in ("C", "POSIX"):
            test.unsupported = f"needs locale {arguments[0]}"
        case "dg-skip-if" if skips(target, flags, arguments):
            test.unsupported = f"skipped: {arguments[0] or arguments[1]}"
        case "dg-xfail-run-if" if skips(target, flags, arguments):
            test.should_fail = True
        case "dg-shouldfail" if len(arguments) < 2 or skips(target, flags, arguments):
            test.should_fail = True
        case "dg-output" if len(arguments) < 2 or target.answers(arguments[1]).get("target", True):
            test.output += tcl.pattern(arguments[0])
        case "dg-additional-sources" if chosen(target, arguments, 1):
            test.sources += tcl.words(arguments[0])
        case "dg-compile-aux-modules":
            test.modules += tcl.words(arguments[0])
        case "dg-additional-files":
            test.files += tcl.words(arguments[0])
        case "dg-set-target-env-var" if chosen(target, arguments, 2):
            test.environment[arguments[0]] = arguments[1]


def parse(text: str, language: str, before: list[str], default: list[str], action: str) -> Test:
    """`before` are the flags of the suite, `default` those of a test that has no dg-options, `action` that of one without dg-do."""
    found = lines_of(text)
    test = Test(action_of(found, action), options_of(found, language, before, default))
    flags = before + test.options
    for name, arguments in found:
        if arguments:
            apply(test, Target(language, flags), flags, name, arguments)
    return test


def parse_cxx(text: str, before: list[str], default: list[str], action: str) -> Test:
    """C++: in the standard that is gcc's default, or if that is not for this test in the first that is."""
    first = parse(text, "c++", before, default, action)
    if any(option.startswith("-std=") for option in first.options) or not first.unsupported:
        return first
    for standard in ("20", "14", "11", "98", "23"):
        test = parse(text, "c++", [*before, f"-std=gnu++{standard}"], default, action)
        if not test.unsupported:
            test.options.insert(0, f"-std=gnu++{standard}")
            return test
    return first
