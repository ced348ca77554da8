# SPDX-License-Identifier: MIT
"""What launch cases are made of: their register, the proxy and its programs, the processes of a launch."""
import os
import signal
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[2]
CASES = {}
FULL = os.environ.get("SKELLIG_ROUNDS") == "full"

# Behind nohup or in the background of a script they are ignored, and what is ignored stays so in an isle, too.
for ignored in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
    signal.signal(ignored, signal.SIG_DFL)


def case(function):
    CASES[function.__name__] = function
    return function


class World:
    """The proxy, the program it runs, and the engine under test."""

    def __init__(self, options, folder):
        self.proxy, self.folder = str(Path(options.proxy).resolve()), Path(folder)
        self.gcc = options.gcc
        self.subject = str(self.folder / "subject")
        subprocess.run([options.gcc, "-O1", "-g", "-o", self.subject, HERE / "programs/subject.c"], check=True)
        self.fault = str(self.folder / "fault")
        subprocess.run([options.gcc, "-O1", "-g", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls", "-o", self.fault,
                        TOP / "tests/node/programs/fault.c"], check=True)
        self.stage = Path(options.gcc).resolve().parents[1] / "x86_64-hermit/extra/tests"
        self.kvm = options.accel == "kvm"
        self.first_choice = {"HERMIT_KVM": None if self.kvm else "0"}  # and what happens where that cannot be
        self.variables = {"HERMIT_ISLE": "qemu", "HERMIT_MEM": "64M", "HERMIT_KVM": "1" if self.kvm else "0"}

    def environment(self, extra):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HERMIT_")}
        return kept | {name: value for name, value in (self.variables | extra).items() if value is not None}

    def command(self, *arguments, program=None):
        return [self.proxy, program or self.subject, *map(str, arguments)]

    def run(self, *arguments, program=None, variables={}, **options):
        options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
        if options["stdin"] is None:
            del options["stdin"]
        options.setdefault("timeout", 60)
        return subprocess.run(self.command(*arguments, program=program), env=self.environment(variables), capture_output=True, text=True,
                              **options)

    def start(self, *arguments, variables={}, **options):
        return subprocess.Popen(self.command(*arguments), env=self.environment(variables), stdout=subprocess.PIPE, text=True, **options)


def same(got, expected):
    assert got == expected, f"{got!r} instead of {expected!r}"


def status(pid):
    """State and parent of a process; "" and 0 when there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return "", 0
    return fields[0], int(fields[1])


def state(pid):
    return status(pid)[0]


def children_of(pid):
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if status(entry.name)[1] == pid]


def machines_of(pid):
    """QEMU processes of this proxy: a process between has each as its child."""
    return [machine for keeper in children_of(pid) for machine in children_of(keeper)]


def gone(pid, seconds=5):
    deadline = time.monotonic() + seconds
    while state(pid) not in ("", "Z"):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
