# SPDX-License-Identifier: MIT
"""Cases out of files with directives."""
from pathlib import Path

import directives
from case import Case, Run


def is_run(path: Path, default: str) -> bool:
    """Is it a test that runs, whatever its selectors say?"""
    return directives.action_of(directives.lines_of(directives.read(path)), default) == "run"


def case(name: str, part: str, language: str, path: Path, before: list[str], default: list[str] = (), action: str = "compile",
         libraries: list[str] = (), data: list[Path] = (), batch: bool = False) -> Case:
    """`before`: flags of all tests; `default`: of those that have no dg-options; `action`: of those that have no dg-do."""
    text = directives.read(path)
    read = directives.parse_cxx if language == "c++" else lambda *words: directives.parse(words[0], language, *words[1:])
    test = read(text, list(before), list(default), action)
    beside = path.parent
    # DejaGnu puts options behind the source: where an archive must stand.
    archives = [option for option in test.options if option.startswith("-l")]
    options = [option for option in test.options if option not in archives]
    return Case(name, part, language, (path, *(beside / name for name in test.sources)), (*before, *options), (*archives, *libraries),
                tuple(beside / name for name in test.modules), (*data, *(beside / name for name in test.files)),
                (Run(tuple(sorted(test.environment.items()))),), test.output, test.should_fail, test.unsupported, batch)
