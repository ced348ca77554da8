# SPDX-License-Identifier: MIT
"""One file for all machines: what ran on lent cores in the node session runs here in QEMU, with KVM where that works and without, bit for
bit the same (SHA-256).

usage: same_image.py           after `session.py run`
"""
import hashlib
import json
import os
import subprocess
import sys

from session import RESULTS, TOP

PROXY, HELLO = TOP / "build/hermit/bin/proxy", TOP / "build/hermit/x86_64-hermit/extra/tests/hello"


def engine(variables: dict) -> str:
    """Which engine said hello."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HERMIT_")}
    done = subprocess.run([str(PROXY), str(HELLO), "here"], env=environment | {"HERMIT_ISLE": "qemu", "HERMIT_VERBOSE": "1"} | variables,
                          capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (0, "hello here\n"), done
    return next(line for line in done.stderr.splitlines() if "running in" in line)


def main() -> int:
    metal = json.loads(RESULTS.read_text()).get("image")
    here = hashlib.sha256(HELLO.read_bytes()).hexdigest()
    print(f"lent cores: {metal}\n{engine({})}: {here}\n{engine({'HERMIT_KVM': '0'})}: {here}")
    after = hashlib.sha256(HELLO.read_bytes()).hexdigest()
    return 0 if metal == here == after else 1


if __name__ == "__main__":
    sys.exit(main())
