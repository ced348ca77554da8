# SPDX-License-Identifier: MIT
"""Inside the node: runs the programs on Linux and on an isle, from memory; their output goes on to standard output, in sections.

usage: guest.py PROGRAMS [--no-isle]       PROGRAMS: the folder with what `run` has built
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import parts

sys.path.append(str(Path(__file__).resolve().parents[1] / "node"))
import host  # noqa: E402

LAUNCHES = 20
MEMORY = Path("/run/bench")  # a tmpfs: no file is fetched from outside while something is measured
CPU, POOL = "1", "256M@0"
BINFMT = Path("/proc/sys/fs/binfmt_misc")


def say(line: str) -> None:
    print(line, flush=True)


def run(*command: object) -> None:
    """Without a time limit: the node's clock leaps ahead whenever all CPUs wait for something outside. scripts/node has one."""
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL)


def facts() -> None:
    spectre = Path("/sys/devices/system/cpu/vulnerabilities/spectre_v2").read_text().strip()
    say(f"fact kernel {os.uname().release}")
    say(f"fact spectre_v2 {spectre}")
    say(f"fact online {Path('/sys/devices/system/cpu/online').read_text().strip()}")


def programs_to_memory(source: Path) -> None:
    MEMORY.mkdir(parents=True)
    for program in source.iterdir():
        shutil.copy2(program, MEMORY)


def product_to_memory() -> None:
    """The staged install, at its place, out of the tmpfs too; binfmt_misc keeps the proxy's file open, so it is told anew."""
    copy = MEMORY / "hermit"
    copy.mkdir()
    for folder in ["bin/proxy", "bin/skellig", "lib/skellig", "lib/binfmt.d"]:
        source, target = host.PREFIX / folder, copy / folder
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    run("mount", "-o", "bind", copy, host.PREFIX)
    for line in (host.PREFIX / "lib/binfmt.d/hermit.conf").read_text().splitlines():
        if line.startswith(":"):
            (BINFMT / line.split(":")[1]).write_text("-1")
            (BINFMT / "register").write_text(line)


def libraries_to_memory() -> None:
    """What a dynamically linked program opens, at the same paths below MEMORY."""
    found = subprocess.run(["ldd", MEMORY / "bench-linux"], check=True, capture_output=True, text=True).stdout
    for path in re.findall(r"/\S+", found):
        if not path.startswith(str(MEMORY)):
            target = MEMORY / path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)


def linux() -> None:
    libraries_to_memory()
    # Threads of this class take turns when they say so, as on an isle, and not a slice each.
    Path("/proc/sys/kernel/sched_rt_runtime_us").write_text("-1")
    in_turn = ["chrt", "--fifo", "1"]
    say("section linux")
    run(MEMORY / "bench-linux", "calls")
    run(*in_turn, MEMORY / "bench-linux", "threads")
    run(*in_turn, MEMORY / "bench-openmp-linux")
    run("chroot", MEMORY, "/launch", LAUNCHES, "/bench-linux", "main")
    say("section static")
    run("chroot", MEMORY, "/launch", LAUNCHES, "/bench-static", "main")


def trace_launch() -> None:
    """One launch with the kernel's trace of all calls on: into the job's folder, and its parts into the output."""
    tracing = Path("/sys/kernel/tracing")
    run("mount", "-t", "tracefs", "tracefs", tracing)
    (tracing / "trace_clock").write_text("x86-tsc")
    (tracing / "events/syscalls/enable").write_text("1")
    said = subprocess.run([MEMORY / "bench-isle", "main"], stdin=subprocess.DEVNULL, check=True, capture_output=True, text=True).stdout
    (tracing / "events/syscalls/enable").write_text("0")
    trace = (tracing / "trace").read_text()
    Path("/.node/job/launch.trace").write_text(trace)
    for name, ticks in parts.parts(trace, int(said.split()[1])):
        say(f"part {ticks} {name}")


def isle() -> None:
    product_to_memory()
    run("insmod", host.module_file())
    run(host.SKELLIG, "reserve", "--cpus", CPU, "--mem", POOL)
    os.environ["HERMIT_ISLE"] = "0"
    fifo = MEMORY / "fifo"
    os.mkfifo(fifo)
    say("section isle")
    with subprocess.Popen([MEMORY / "partner", fifo], stdin=subprocess.DEVNULL):
        run(MEMORY / "bench-isle", "calls", fifo)
    run(MEMORY / "bench-isle", "threads")
    run(MEMORY / "bench-openmp-isle")
    run(MEMORY / "bench-isle", "main")  # from here on launches are warm
    run(MEMORY / "launch", LAUNCHES, MEMORY / "bench-isle", "main")
    trace_launch()


def main() -> None:
    programs, *options = sys.argv[1:]
    os.environ["OMP_WAIT_POLICY"] = "passive"
    programs_to_memory(Path(programs))
    facts()
    linux()
    if "--no-isle" not in options:
        isle()
    say("section end")


if __name__ == "__main__":
    main()
