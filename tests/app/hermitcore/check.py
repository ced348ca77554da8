# SPDX-License-Identifier: MIT
"""Runs a program that says itself whether all is well: status 0, no line that ends in ": no", and the last line ends in "yes" or "0".

usage: check.py {qemu|smp|smp-tcg|q35} PROGRAM
"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "programs"))
from kinds import QEMU  # noqa: E402

TIMEOUT = 500


def main():
    kind, program = sys.argv[1:]
    proxy = pathlib.Path(os.environ["SKELLIG_STAGE"]) / "bin/proxy"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([proxy, program], env={**os.environ, "HERMIT_ISLE": "qemu", **QEMU[kind]}, cwd=folder, timeout=TIMEOUT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    print(done.stdout)
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines or any(line.endswith(": no") for line in lines) or lines[-1].split()[-1] not in ("yes", "0"):
        sys.exit(f"{os.path.basename(program)}: status {done.returncode}, or not content")


main()
