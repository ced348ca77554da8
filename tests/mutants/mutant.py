# SPDX-License-Identifier: MIT
"""Mutants as they are committed: a few fields, an empty line, and one hunk without line numbers.

    file: kmod/include/uapi/skellig/ring_ops.h
    breaks: an entry is published before the slot that it names
    target: unit-ring
    preset: thread          (sanitize unless said)
    tests: *Threads*        (a GoogleTest filter; all unless said)

For the target `app` tests is the pattern of ctest that must fail (^app.qemu.hello$), for `node` what pytest is to run in the test node
(test_20_pool.py::test_x); both build the whole tree, and `last-layer: newlib` spares them the toolchain's layers that stand on it.

    -old line
    +new line

Lines of the hunk start with '-', '+' or ' ' as in a diff; what it removes and keeps must occur exactly once in the file.
"""
import dataclasses
import hashlib
import pathlib

FIELDS = {'file', 'breaks', 'target'}
OPTIONAL = {'preset': 'sanitize', 'tests': '*', 'last-layer': 'gcc-tools'}


class Wrong(Exception):
    """A mutant that cannot be used as it is."""


@dataclasses.dataclass(frozen=True)
class Mutant:
    name: str  # component/what
    file: str
    breaks: str
    target: str
    preset: str
    tests: str
    last_layer: str
    before: str
    after: str

    @property
    def component(self):
        return self.name.split('/')[0]

    def digest(self):
        build = () if self.last_layer == OPTIONAL['last-layer'] else (self.last_layer,)
        return hashlib.sha256(repr((self.file, self.target, self.preset, self.tests, self.before, self.after) + build).encode()).hexdigest()

    def apply(self, text):
        found = ('\n' + text).count('\n' + self.before)
        if found != 1:
            raise Wrong(f'{self.name}: its lines occur {found} times in {self.file}, not once')
        start = ('\n' + text).index('\n' + self.before)
        return text[:start] + self.after + text[start + len(self.before):]


def parse(name, text):
    head, separator, hunk = text.partition('\n\n')
    fields = dict(OPTIONAL)
    for line in head.splitlines():
        if line.startswith('#'):
            continue
        key, colon, value = line.partition(':')
        if not colon or key not in FIELDS | OPTIONAL.keys():
            raise Wrong(f'{name}: not a field: {line}')
        fields[key] = value.strip()
    missing = FIELDS - fields.keys()
    lines = [line or ' ' for line in hunk.splitlines()]
    if missing or not separator or any(line[0] not in '-+ ' for line in lines):
        raise Wrong(f'{name}: ' + (f'no {sorted(missing)[0]}' if missing else 'a hunk has lines with -, + or a space in front'))
    before = ''.join(line[1:] + '\n' for line in lines if line[0] != '+')
    after = ''.join(line[1:] + '\n' for line in lines if line[0] != '-')
    if before == after:
        raise Wrong(f'{name}: changes nothing')
    return Mutant(name, fields['file'], fields['breaks'], fields['target'], fields['preset'], fields['tests'],
                  fields['last-layer'], before, after)


def load_all(folder):
    """All mutants below folder, those of one file together, so that little is built again."""
    paths = sorted(pathlib.Path(folder).glob('*/*.mutant'))
    mutants = [parse(f'{path.parent.name}/{path.stem}', path.read_text()) for path in paths]
    return sorted(mutants, key=lambda mutant: (mutant.preset, mutant.target, mutant.file, mutant.name))
