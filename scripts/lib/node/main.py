# SPDX-License-Identifier: MIT
"""scripts/node: boots a node, runs one command in it, answers with its exit status."""
import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import initramfs
import qemu
from session import Limits, NodeLost, Session, complain, is_early_int3, last_words

TOP = Path(__file__).resolve().parents[3]
RUNS = TOP / "build/node"
KEPT_RUNS = 30
BOOT_TRIES = 4
LOST, TIMED_OUT = 125, 124

EPILOG = """Without COMMAND: a shell on a terminal. The command runs as root, in the repository, with stdin, stdout, stderr and exit
status passed through; variables SKELLIG_* and HERMIT_* go with it. The node sees this machine's files; what it writes is
lost, except in /.node/job, which is RUN/ here. The user `hermit` is in group `skellig` (runuser -u hermit -- ...).
Exit status 125: the node was lost; 124: --timeout. Logs: build/node/RUN/kernel.log, the newest also build/node/last."""


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/node", description="A whole Linux node in QEMU.", epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="6.1", metavar="LINE", help="6.1 (default), 6.12, 6.1-rt or 6.12-rt")
    parser.add_argument("--cpus", type=int, default=4, metavar="N")
    parser.add_argument("--nodes", type=int, default=2, metavar="N", help="NUMA nodes")
    parser.add_argument("--mem", type=qemu.megabytes, default=4096, metavar="SIZE", help="4G")
    parser.add_argument("--cpu", default="max", metavar="MODEL", help="QEMU's CPU model, such as max,+svm")
    parser.add_argument("--append", action="append", default=[], metavar="WORD", help="kernel parameter; may be repeated")
    parser.add_argument("--icount", action="store_true", help="deterministic instruction counts; only CPU 0 is up")
    parser.add_argument("--terminal", action="store_true", help="give COMMAND a terminal")
    parser.add_argument("--ram-file", metavar="PATH", help="guest RAM in a shared file (PATH.0, PATH.1 with two NUMA nodes)")
    parser.add_argument("--qmp", metavar="SOCKET", help="QEMU's monitor protocol on this UNIX socket")
    parser.add_argument("--timeout", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--name", default="", help="name of the run's folder under build/node")
    parser.add_argument("command", nargs="*", metavar="COMMAND")
    options = parser.parse_args(arguments)
    if not 1 <= options.nodes <= options.cpus:
        parser.error("--nodes must be between 1 and --cpus")
    if not options.command:
        options.terminal = True
    return options


def kernel(line: str) -> tuple[Path, str]:
    tool = str(TOP / "scripts/kernel")
    subprocess.run([tool, "fetch", line], check=True)
    answer = [subprocess.run([tool, verb, line], check=True, capture_output=True, text=True).stdout.strip() for verb in ["path", "release"]]
    return Path(answer[0]), answer[1]


def new_run(name: str) -> Path:
    """A folder for job and logs; old ones go."""
    RUNS.mkdir(parents=True, exist_ok=True)
    runs = sorted((entry for entry in RUNS.iterdir() if entry.is_dir() and not entry.is_symlink()), key=lambda entry: entry.stat().st_mtime)
    for old in runs[:-KEPT_RUNS]:
        shutil.rmtree(old, ignore_errors=True)
    run = RUNS / (name or time.strftime("%m%d-%H%M%S-") + str(os.getpid()))
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    last = RUNS / f"last.{os.getpid()}"
    last.symlink_to(run.name)
    last.replace(RUNS / "last")
    return run


def write_job(run: Path, options: argparse.Namespace, kernel_root: Path) -> None:
    size = shutil.get_terminal_size((80, 24))
    settings = {"node_top": TOP, "node_kernel": kernel_root, "node_beat": 0 if options.icount else 2,
                "node_terminal": int(options.terminal), "node_rows": size.lines, "node_columns": size.columns}
    (run / "settings").write_text("".join(f"{name}={shlex.quote(str(value))}\n" for name, value in settings.items()))
    passed = {name: value for name, value in os.environ.items() if name.startswith(("SKELLIG_", "HERMIT_"))}
    passed["TERM"] = os.environ.get("TERM", "dumb")
    passed["LANG"] = "C.UTF-8"
    lines = [f"export {name}={shlex.quote(value)}" for name, value in passed.items()]
    lines += [f"cd {shlex.quote(str(TOP))}", "exec " + shlex.join(options.command or ["/bin/bash", "-l"])]
    (run / "command").write_text("\n".join(lines) + "\n")


def attempt(options: argparse.Namespace, run: Path, kernel_root: Path, release: str, limits: Limits) -> int | None:
    """The command's exit status, or None when QEMU's early-boot flaw hit and the boot should be tried again."""
    image = kernel_root / f"boot/vmlinuz-{release}"
    ram = initramfs.build(kernel_root, release, Path(os.environ.get("SKELLIG_CACHE") or
                          Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "skellig") / "node")
    log = run / "kernel.log"
    session = Session(limits, options.terminal)
    command = qemu.command(options, image, ram, run, log, session.port_fds())
    (run / "qemu").write_text(shlex.join(command) + "\n")
    try:
        return session.run(command)
    except NodeLost as lost:
        if is_early_int3(log, session.ready):
            with (RUNS / "retries").open("a") as counter:
                counter.write(f"{time.strftime('%F %T')} {release}\n")
            log.rename(run / f"kernel.log.int3-{time.time_ns()}")
            complain("booting again: QEMU's early-boot flaw (Oops: int3); counted in build/node/retries")
            return None
        complain(f"lost: {lost}\nhint: the kernel's last words, more in {log}:\n{last_words(log)}")
        return LOST
    except TimeoutError as timeout:
        complain(f"{timeout}\nhint: the kernel's log is {log}")
        return TIMED_OUT


def stopped(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    options = parse(sys.argv[1:])
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, stopped)
    kernel_root, release = kernel(options.kernel)
    run = new_run(options.name)
    write_job(run, options, kernel_root)
    limits = Limits(boot=3000 if options.icount else 240, beat=0 if options.icount else 120, total=options.timeout)
    for _ in range(BOOT_TRIES):
        status = attempt(options, run, kernel_root, release, limits)
        if status is not None:
            return status
    complain(f"no boot in {BOOT_TRIES} tries")
    return LOST


if __name__ == "__main__":
    sys.exit(main())
