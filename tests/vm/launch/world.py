# SPDX-License-Identifier: MIT
"""What the cases share: the proxy, a program for it, the engine under test."""
import os
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = {}


def case(function):
    CASES[function.__name__] = function
    return function


class World:
    """The proxy, the program it runs, and the engine under test."""

    def __init__(self, options, folder):
        self.proxy, self.gcc, self.folder = str(Path(options.proxy).resolve()), options.gcc, Path(folder)
        self.subject = str(self.folder / "subject")
        subprocess.run([options.gcc, "-O1", "-g", "-o", self.subject, HERE / "programs/subject.c"], check=True)
        self.fault = str(self.folder / "fault")
        subprocess.run([options.gcc, "-O1", "-g", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls", "-o", self.fault,
                        HERE.parents[1] / "node/programs/fault.c"], check=True)
        self.kvm = options.accel == "kvm"
        self.stage = Path(options.gcc).resolve().parents[1] / "x86_64-hermit/extra/tests"
        self.variables = {"HERMIT_ISLE": "qemu", "HERMIT_MEM": "64M"} | ({} if self.kvm else {"HERMIT_KVM": "0"})

    def environment(self, extra):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HERMIT_")}
        return kept | {name: value for name, value in (self.variables | extra).items() if value is not None}

    def command(self, *arguments, program=None):
        return [self.proxy, program or self.subject, *map(str, arguments)]

    def run(self, *arguments, program=None, variables={}, **options):
        options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
        if options["stdin"] is None:
            del options["stdin"]
        return subprocess.run(self.command(*arguments, program=program), env=self.environment(variables), capture_output=True, text=True,
                              timeout=60, **options)

    def start(self, *arguments, variables={}, **options):
        return subprocess.Popen(self.command(*arguments), env=self.environment(variables), stdout=subprocess.PIPE, text=True, **options)


def same(got, expected):
    assert got == expected, f"{got!r} instead of {expected!r}"


def machines_of(pid):
    """QEMU processes whose parent is this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def gone(pid, seconds=5):
    deadline = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
