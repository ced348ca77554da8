# SPDX-License-Identifier: MIT
"""Targets for which the whole tree is built, toolchain included: what no unit test can load (assembly, libraries of the toolchain, the
module, signals) is broken here and noticed by a program on an isle or by a test in the node."""
import os
import pathlib
import re
import shutil

from process import run

EVERYTHING = ['kmod', 'cokernel', 'libos', 'proxy', 'toolchain']
SOURCES = {'app': EVERYTHING + ['tests/app', 'tests/vm'], 'node': EVERYTHING + ['tests/node']}
TEST_SECONDS = 240  # what hangs is noticed, too


def tests_of(target, chosen):
    """What the tree must pass before it is broken: everything in a unit test, of the whole only what the mutants ask for."""
    asked = sorted({mutant.tests for mutant in chosen if mutant.target == target})
    return {'app': '|'.join(asked), 'node': ' '.join(asked)}.get(target, '*')


def of_another_test(name, tests):
    """Is it a program for isles, or a file of node tests, that these tests do not name? Then it has no part in their verdict."""
    path = pathlib.PurePosixPath(name)
    is_one = path.parent.as_posix() == 'tests/app/programs' and path.suffix in ('.c', '.cpp', '.f90', '.S') or path.match('tests/node/test_*.py')
    return is_one and not re.search(rf'\b{re.escape(path.stem)}\b', tests)


def build(tree, target, last_layer):
    """None, or the last words of what could not be built."""
    # A layer from the cache is older than programs that a mutant was linked into, so make would keep those.
    shutil.rmtree(tree / 'build/hermit/x86_64-hermit/extra/tests', ignore_errors=True)
    made = run([tree / 'scripts/build', *(['--no-kernel'] if target == 'app' else [])], cwd=tree,
               env=os.environ | {'SKELLIG_LAST_LAYER': last_layer})
    return made.stdout if made.returncode else None


def command(tree, target, tests):
    if target == 'app':
        return ['ctest', '--test-dir', tree / 'build/release', '--output-on-failure', '--no-tests=error', '-R', tests]
    return [tree / 'scripts/node', '--name', 'mutants', '--', '/usr/bin/python3', '-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
            '--rootdir', 'tests/node', *(f'tests/node/{test}' for test in tests.split())]


def culprit(output):
    """The test that failed, or had begun last, as ctest or pytest name it; None if it was another's."""
    failed = re.search(r'^\s*\d+ - (\S+) \((?:Failed|Timeout|SEGFAULT)', output, re.M) or re.search(r'^FAILED (\S+)', output, re.M)
    if failed:
        return failed[1].split('::')[-1]
    begun = re.findall(r'^\s*Start +\d+: (\S+)', output, re.M)
    return begun[-1] if begun else None
