# SPDX-License-Identifier: MIT
"""A copy of the tree in which mutants are built and tested, kept from run to run so that little is built again."""
import contextlib
import hashlib
import io
import os
import pathlib
import re
import subprocess
import tarfile

import whole
from mutant import Wrong
from process import run

SANITIZERS = {'sanitize': 'address,undefined', 'thread': 'thread'}
TEST_SECONDS = 60  # a test that does not end has noticed, too

# What each target is made of: a verdict holds for as long as none of it changes.
HARDWARE = ['kmod/include', 'cokernel/hw', 'cokernel/base']
SOURCES = {
    'unit-ring': ['kmod/include', 'tests/unit/ring'],
    'unit-hw': HARDWARE + ['tests/unit/hw'],
    'unit-monitor': HARDWARE + ['cokernel/monitor', 'tests/unit/monitor'],
    'unit-kernel': HARDWARE + ['cokernel/kernel', 'tests/unit/ring', 'tests/unit/kernel'],
    'unit-threads': HARDWARE + ['cokernel/kernel', 'tests/unit/threads'],
    'unit-libos': ['libos/newlib', 'libos/openmp', 'tests/unit/libos'],
    'unit-toolchain': ['toolchain/string', 'tests/unit/toolchain'],
    'unit-proxy': ['kmod/include', 'proxy', 'tests/unit/proxy', 'tests/unit/ring'],
    'includes': ['tests/unit/includes'],
} | whole.SOURCES
SCRIPTS = {'includes': ['check_includes.py', 'check_includes_test.py']}


def working_files(top):
    """What git tracks, as it is now: {name: content}."""
    names = subprocess.run(['git', '-C', top, 'ls-files'], check=True, capture_output=True, text=True).stdout.splitlines()
    return {name: (top / name).read_bytes() for name in names if (top / name).is_file()}


def committed_files(top, commit):
    archive = subprocess.run(['git', '-C', top, 'archive', commit], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


class Workspace:
    def __init__(self, folder, files):
        self.tree = pathlib.Path(folder) / 'tree'
        self.files = files
        self.configured = set()

    def synchronise(self):
        """Makes the copy what the tree is; files that are the same keep their time stamps."""
        for name, content in self.files.items():
            copy = self.tree / name
            if not copy.is_file() or copy.read_bytes() != content:
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)
            copy.chmod(0o755 if content.startswith(b'#!') else 0o644)
        for path in self.tree.rglob('*'):
            name = path.relative_to(self.tree).as_posix()
            if path.is_file() and not name.startswith('build/') and name not in self.files:
                path.unlink()

    def digest(self, target, tests):
        sha = hashlib.sha256()
        for name in sorted(self.files):
            if any(name.startswith(prefix + '/') for prefix in SOURCES[target]) and not whole.of_another_test(name, tests):
                sha.update(name.encode() + b'\0' + self.files[name])
        return sha.hexdigest()

    @contextlib.contextmanager
    def mutated(self, mutant):
        path = self.tree / mutant.file
        if not path.is_file():
            raise Wrong(f'{mutant.name}: there is no {mutant.file}')
        unbroken = path.read_text()
        changed = mutant.apply(unbroken)
        path.write_text(changed)
        try:
            yield
        finally:
            path.write_text(unbroken)

    def build(self, target, preset, last_layer):
        """None, or what the compiler says."""
        if target in whole.SOURCES:
            return whole.build(self.tree, target, last_layer)
        if target in SCRIPTS:
            return None
        folder = self.tree / 'build' / preset
        if preset not in self.configured:
            made = run(['cmake', '-S', self.tree, '-B', folder, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Debug',
                        '-DCMAKE_CXX_FLAGS_DEBUG=-g0', f'-DSKELLIG_SANITIZE={SANITIZERS[preset]}'])
            if made.returncode:
                return made.stdout
            self.configured.add(preset)
        made = run(['cmake', '--build', folder, '--target', target, '-j2'])
        return made.stdout if made.returncode else None

    def test(self, target, preset, tests='*', patience=1):
        """None when all tests pass, else the name of the one that failed first. Patience: how many mutants' worth of tests it is."""
        seconds = patience * (whole.TEST_SECONDS if target in whole.SOURCES else TEST_SECONDS)
        for command in self.commands(target, preset, tests):
            try:
                ran = run(command, env=os.environ | {'GTEST_FAIL_FAST': '1', 'GTEST_FILTER': tests, 'PYTHONDONTWRITEBYTECODE': '1'},
                          timeout=seconds, cwd=self.tree)
            except subprocess.TimeoutExpired as late:
                return culprit((late.stdout or b'').decode(errors='replace'), command) + ' (does not end)'
            if ran.returncode:
                return culprit(ran.stdout, command)
        return None

    def commands(self, target, preset, tests):
        if target in whole.SOURCES:
            return [whole.command(self.tree, target, tests)]
        if target in SCRIPTS:
            return [['python3', self.tree / 'tests/unit' / target / script, self.tree] for script in SCRIPTS[target]]
        part = target.removeprefix('unit-')
        folder = self.tree / 'build' / preset / 'tests/unit'
        return [[(folder / part if f'tests/unit/{part}/CMakeLists.txt' in self.files else folder) / target]]


def culprit(output, command):
    """The test that failed, or that was running when the program died."""
    if word := whole.culprit(output):
        return word
    failed = re.search(r'^\[  FAILED  \] (\S+?),? ', output + ' ', re.M) or re.search(r'^(?:FAIL|ERROR): (\S+)', output, re.M)
    started = re.findall(r'^\[ RUN      \] (\S+)', output, re.M)
    if failed:
        return failed[1]
    return started[-1] if started else pathlib.Path(command[1]).name if len(command) > 1 else 'start of the program'
