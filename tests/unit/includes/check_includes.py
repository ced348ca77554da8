#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Who may include whom (docs/architecture.md), and an SPDX line in every source file.

    check_includes.py ROOT

Prints one line per breach and exits with 1 if there was any.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
SOURCES = {'.c', '.h', '.S', '.cpp', '.hpp', '.cc'}

# A folder may include its own files and those below the listed ones; the first matching folder counts.
ALLOWED = [
    ('kmod/include/uapi', ['kmod/include/uapi']),
    ('kmod', ['kmod']),
    ('cokernel/monitor', ['cokernel/monitor', 'cokernel/hw', 'cokernel/base', 'cokernel/arch', 'kmod/include/uapi']),
    ('cokernel/kernel', ['cokernel/kernel', 'cokernel/hw', 'cokernel/base', 'cokernel/arch', 'kmod/include/uapi']),
    ('cokernel', ['cokernel/hw', 'cokernel/base', 'cokernel/arch', 'kmod/include/uapi']),
    ('libos', ['libos', 'cokernel/kernel/api', 'kmod/include/uapi/skellig/note.h', 'kmod/include/uapi/skellig/spawn.h']),
    ('proxy', ['proxy', 'kmod/include/uapi']),
]


def sources(root):
    for top in ('kmod', 'cokernel', 'libos', 'toolchain', 'proxy', 'tests', 'scripts'):
        for path in sorted((root / top).rglob('*')):
            generated = path.name.endswith('.mod.c') or 'build' in path.relative_to(root).parts
            if path.is_file() and path.suffix in SOURCES and not generated:
                yield path


def owner(root, source, form, name):
    """The project file an include means, or None if it is not ours."""
    places = [source.parent] if form == '"' else []
    places += [root / 'kmod/include/uapi', root / 'cokernel', root / 'cokernel/kernel', root / 'libos', root / 'proxy', root]
    for place in places:
        path = (place / name).resolve()
        if path.is_file() and root in path.parents:
            return path.relative_to(root).as_posix()
    return None


def breaches(root):
    for source in sources(root):
        relative = source.relative_to(root).as_posix()
        text = source.read_text(errors='replace')
        if 'SPDX-License-Identifier:' not in text[:400]:
            yield f'{relative}: no SPDX-License-Identifier line at the top'
        allowed = next((to for folder, to in ALLOWED if relative.startswith(folder + '/')), None)
        if allowed is None:
            continue
        for form, name in INCLUDE.findall(text):
            target = owner(root, source, form, name)
            if target and not any(target == to or target.startswith(to + '/') for to in allowed):
                yield f'{relative}: includes {target}, which its folder may not use'


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    found = list(breaches(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
