# SPDX-License-Identifier: MIT
"""Lua on the isle and Lua on Linux run the same script on the same text. usage: count_test.py SCRATCH LAUNCHER..."""

import os
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
scratch = pathlib.Path(sys.argv[1])
launcher = sys.argv[2:]


def run(command, folder):
    environment = {**os.environ, "HERMIT_ISLE": "qemu", "APP_LUA": "yes"}
    done = subprocess.run([*command, str(here / "count.lua"), "text", "result"], cwd=folder, env=environment, capture_output=True, timeout=300)
    errors = [line for line in done.stderr.splitlines() if not line.startswith(b"proxy: ")]  # which machine it chose
    return done.returncode, done.stdout, errors


with tempfile.TemporaryDirectory() as folder:
    text = b"".join(path.read_bytes() for path in sorted((here.parents[2] / "docs").glob("*.md")))
    (pathlib.Path(folder) / "text").write_bytes(text * 20)
    linux = run([scratch / "linux/lua"], folder)
    isle = run([*launcher, scratch / "isle/lua"], folder)
if isle[0] == 77:  # not in a process of this Linux
    sys.exit(77)
if isle != linux or linux[0] != 7:
    sys.exit(f"Linux and isle differ\nLinux: {linux}\nisle: {isle}")
