# SPDX-License-Identifier: MIT
"""Runs a program's Linux build and its isle build on the same input and compares output and exit status.

usage: compare.py {native|qemu|smp|smp-tcg} LINUX_PROGRAM ISLE_PROGRAM

native: the isle runs inside a Linux process (tests/app/native); qemu: as the user runs it, HERMIT_ISLE=qemu proxy; smp: that with
several CPUs; smp-tcg: and without KVM (kinds.py).
SKELLIG_NATIVE and SKELLIG_STAGE say where the two launchers are.
"""

import os
import subprocess
import sys
import tempfile

from cases import cases_of
from kinds import QEMU

TIMEOUT = 240
SKIPPED = 77


def run(command, case, folder, extra=None):
    arguments, text, variables = case
    environment = {**os.environ, **variables, **(extra or {})}
    result = subprocess.run(command + arguments, input=text, capture_output=True, cwd=folder, env=environment, timeout=TIMEOUT)
    status = result.returncode if result.returncode >= 0 else 128 - result.returncode
    return result.stdout, status, result.stderr


def launcher(kind):
    if kind == "native":
        path, variables = os.environ["SKELLIG_NATIVE"], {}
    else:
        path, variables = os.path.join(os.environ["SKELLIG_STAGE"], "bin", "proxy"), {"HERMIT_ISLE": "qemu", **QEMU[kind]}
    if not os.path.exists(path):
        print(f"{path}: not built")
        sys.exit(SKIPPED)
    return [path], variables


def compare(linux, isle, start, variables, case):
    with tempfile.TemporaryDirectory() as folder:
        expected = run([linux], case, folder)
        found = run(start + [isle], case, folder, variables)
    if found[:2] == expected[:2]:
        return True
    if found[1] == SKIPPED and b"native: this Linux" in found[2]:
        print(found[2].decode())
        sys.exit(SKIPPED)
    print(f"{os.path.basename(isle)} {case[0]}: Linux and isle differ\n"
          f"Linux: status {expected[1]}\n{expected[0][-2000:].decode(errors='replace')}\n"
          f"isle: status {found[1]}\n{found[0][-2000:].decode(errors='replace')}\n{found[2][-2000:].decode(errors='replace')}")
    return False


def main():
    kind, linux, isle = sys.argv[1:4]
    start, variables = launcher(kind)
    return 0 if all([compare(linux, isle, start, variables, case) for case in cases_of(os.path.basename(linux))]) else 1


sys.exit(main())
