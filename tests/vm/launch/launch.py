#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Isles in QEMU as a user starts them: `launch.py --proxy PROXY --gcc GCC [--accel kvm|tcg] [CASE...]`. 77: skipped."""
import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
import big_pages  # noqa: E402, F401: more cases
import cpus  # noqa: E402, F401: more cases
import debugger  # noqa: E402, F401: more cases
import files  # noqa: E402, F401: more cases
import gcc_options  # noqa: E402, F401: more cases
import ordinary_user  # noqa: E402, F401: more cases
import repeated  # noqa: E402, F401: more cases
from world import CASES, TOP, World, case, gone, machines_of, same, state  # noqa: E402

SKIPPED = 77


@case
def arguments_and_status(world):
    done = world.run("show", "", "two words", variables={"HERMIT_VERBOSE": "1"})
    assert f"running in QEMU with {'KVM' if world.kvm else 'TCG'}" in done.stderr, done.stderr
    same(done.stdout.splitlines()[1:], ["1:show", "2:", "3:two words"])
    same(done.returncode, 4)
    same(world.run("exit", 256 + 7).returncode, 7)


@case
def environment_and_folder(world):
    done = world.run("environment", "COLOUR", variables={"COLOUR": "blue"}, cwd=world.folder)
    same(done.stdout.splitlines(), ["COLOUR=blue", str(world.folder)])


@case
def pipes(world):
    text = "".join(f"line {number}\n" for number in range(20000))
    same(world.run("copy", input=text).stdout, text)


@case
def broken_pipe(world):
    isle = world.start("yes")
    isle.stdout.readline()
    isle.stdout.close()
    same(isle.wait(20), -signal.SIGPIPE)


@case
def descriptors_are_a_process_own(world):
    done = world.run("descriptors", "/dev/null")
    same(done.stdout.splitlines(), ["3 1", "still here"])


@case
def copies_are_refused_and_the_way_is_named(world):
    done = world.run("fork", variables={"HERMIT_VERBOSE": "1"})
    same(done.returncode, 0)
    for name in ("fork", "execl"):
        assert f"{name}: an isle is one program from beginning to end; start others with posix_spawn()" in done.stderr, done.stderr
    assert "posix_spawn" not in world.run("fork").stderr


@case
def clocks(world):
    before = int(time.time())
    seconds, slept = map(int, world.run("clocks").stdout.split())
    assert before - 1 <= seconds <= int(time.time()) + 1, seconds
    assert slept >= 200, slept


@case
def signals_end_it(world):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1):
        isle = world.start("loop")
        same(isle.stdout.readline(), "looping\n")
        isle.send_signal(number)
        same(isle.wait(20), -number)


@case
def stops_and_continues(world):
    isle = world.start("loop", process_group=0) if sys.version_info >= (3, 11) else world.start("loop", preexec_fn=os.setpgrp)
    same(isle.stdout.readline(), "looping\n")
    machine, = machines_of(isle.pid)
    isle.send_signal(signal.SIGTSTP)
    deadline = time.monotonic() + 10
    while not (state(isle.pid) == "T" and state(machine) == "T"):
        assert time.monotonic() < deadline, "not stopped"
        time.sleep(0.05)
    isle.send_signal(signal.SIGCONT)
    while state(machine) == "T":
        assert time.monotonic() < deadline, "not continued"
        time.sleep(0.05)
    isle.terminate()
    same(isle.wait(20), -signal.SIGTERM)


@case
def killed_proxy_leaves_no_machine(world):
    isle = world.start("loop")
    same(isle.stdout.readline(), "looping\n")
    machine, = machines_of(isle.pid)
    isle.kill()
    isle.wait(20)
    assert gone(machine), "QEMU outlives the proxy"


@case
def lost_machine_is_told(world):
    isle = world.start("loop", stderr=subprocess.PIPE)
    same(isle.stdout.readline(), "looping\n")
    os.kill(*machines_of(isle.pid), signal.SIGKILL)
    same(isle.wait(20), 125)
    assert "the virtual machine ended" in isle.stderr.read()


@case
def crash_report(world):
    done = world.run("fall")
    same(done.returncode, -signal.SIGSEGV)
    for words in ("page fault (#PF): writing address 0x0", "rip", "fall+", "main+", "subject.c:"):
        assert words in done.stderr, done.stderr
    assert done.stderr.count("fall+") == 4, done.stderr
    done = world.run("abort")
    same(done.returncode, -signal.SIGABRT)
    assert "main+" in done.stderr, done.stderr
    done = world.run("cli")
    same(done.returncode, -signal.SIGSEGV)
    assert "general protection fault" in done.stderr, done.stderr


def is_report(text, words):
    for word in ("rip", "rsp", "main+", "fault.c:", *words):
        assert word in text, f"{word} is missing: {text}"


@case
def forbidden_instructions_and_addresses(world):
    """What tests/node/test_60_faults.py does on lent cores."""
    page, protection = "page fault (#PF)", "general protection fault (#GP)"
    for name, number, cause in [
            ("null-read", signal.SIGSEGV, page), ("null-write", signal.SIGSEGV, page), ("null-call", signal.SIGSEGV, page),
            ("execute-data", signal.SIGSEGV, page), ("write-text", signal.SIGSEGV, page),
            ("divide-by-zero", signal.SIGFPE, "(#DE)"), ("undefined", signal.SIGILL, "(#UD)"), ("cli", signal.SIGSEGV, protection),
            ("hlt", signal.SIGSEGV, protection), ("wrmsr", signal.SIGSEGV, protection), ("lidt", signal.SIGSEGV, protection),
            ("out", signal.SIGSEGV, protection), ("int3", signal.SIGTRAP, "(#BP)")]:
        done = world.run(name, program=world.fault)
        same((name, done.returncode), (name, -number))
        is_report(done.stderr, [cause, f"{name.replace('-', '_')}+"])
    done = world.run("stack-overflow", program=world.fault)
    same(done.returncode, -signal.SIGSEGV)
    assert page in done.stderr and "stack_overflow+" in done.stderr, done.stderr


@case
def endless_loop_with_upcalls_masked(world):
    isle = subprocess.Popen(world.command("masked-loop", program=world.fault), env=world.environment({}))
    deadline = time.monotonic() + 20
    while not machines_of(isle.pid):
        assert time.monotonic() < deadline, "no machine"
        time.sleep(0.05)
    time.sleep(1)  # it may loop by now, or end before: both must do
    isle.send_signal(signal.SIGTERM)
    same(isle.wait(20), -signal.SIGTERM)


@case
def lua_counts_words(world):
    text = "".join(path.read_text() for path in sorted((TOP / "docs").glob("*.md")))
    (world.folder / "text").write_text(text * 20)
    script = str(TOP / "tests/app/lua/count.lua")
    results = []
    for command in (["lua5.4", script, "text", "result"], world.command(script, "text", "result", program=str(world.stage / "lua"))):
        done = subprocess.run(command, cwd=world.folder, env=world.environment({"APP_LUA": "yes"}), capture_output=True, text=True, timeout=300,
                              stdin=subprocess.DEVNULL)
        results.append((done.returncode, done.stdout))
    assert results[0][0] == 7 and len(results[0][1]) > 500, results[0]
    same(results[1], results[0])


@case
def stands_in_a_pipe(world):
    line = f"printf 'b\\na\\n' | {world.proxy} {world.stage / 'upcase'} | sort"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], env=world.environment({}), capture_output=True, text=True, timeout=60)
    same((done.returncode, done.stdout), (0, "A\nB\n"))


@case
def refusals(world):
    for variables, words in [({"HERMIT_CPUS": "65"}, "65"), ({"HERMIT_MEM": "lots"}, "HERMIT_MEM"), ({"HERMIT_MEM": "7T"}, "needed"),
                             ({"HERMIT_CPUS": "none"}, "HERMIT_CPUS"), ({"HERMIT_QEMU": "/nonexistent"}, "/nonexistent"),
                             ({"SKELLIG_MONITOR": "/nonexistent"}, "/nonexistent"), ({"HERMIT_ISLE": "1"}, "/dev/skellig")]:
        done = world.run(variables=variables)
        assert done.returncode == 125 and words in done.stderr and done.stdout == "", (variables, done)
    same(world.run(program="/bin/true").returncode, 126)
    same(world.run(program="/nonexistent").returncode, 127)


@case
def any_address_layout(world):
    def unlimited_stack():
        resource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    same(world.run("exit", 5, preexec_fn=unlimited_stack).returncode, 5)
    for flags in (["-R"], ["-L"], ["-R", "-L"]):
        command = ["setarch", *flags, *world.command("exit", 6)]
        same(subprocess.run(command, env=world.environment({}), timeout=60).returncode, 6)


@case
def falls_back_and_says_so(world):
    done = world.run("exit", 3, variables={"HERMIT_ISLE": None})
    if Path("/dev/skellig").exists():
        return
    same(done.returncode, 3)
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and "/dev/skellig" in lines[0] and "QEMU" in lines[0], done.stderr


@case
def several_cpus_and_other_board(world):
    same(world.run("exit", 4, variables={"HERMIT_CPUS": "4"}).returncode, 4)
    if not world.kvm:
        same(world.run("exit", 5, variables={"HERMIT_MACHINE": "q35"}).returncode, 5)


@case
def kvm_is_left_when_it_gets_nowhere_not_when_it_is_slow(world):
    """QEMU is a script here. Only with a KVM that works; as the first choice, not the only one."""
    if not world.kvm:
        return
    qemu = world.folder / "qemu"
    for first, engine in [("while :; do :; done", "TCG (the isle did not begin within "), ("sleep 4", "KVM\n")]:
        qemu.write_text(f'#!/bin/sh\ncase "$*" in *"-accel kvm"*) {first} ;; esac\nexec qemu-system-x86_64 "$@"\n')
        qemu.chmod(0o755)
        done = world.run("exit", 5, variables={"HERMIT_QEMU": str(qemu), "HERMIT_KVM": None, "HERMIT_VERBOSE": "1"})
        assert done.returncode == 5 and f"running in QEMU with {engine}" in done.stderr, (first, done)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--proxy", required=True)
    parser.add_argument("--gcc", required=True)
    parser.add_argument("--accel", default="tcg", choices=["tcg", "kvm"])
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    if options.accel == "kvm" and not os.access("/dev/kvm", os.R_OK | os.W_OK):
        print("skipped: /dev/kvm is not there or not for us")
        return SKIPPED
    if not Path(options.gcc).exists():
        print(f"skipped: {options.gcc} is not built")
        return SKIPPED
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(options, folder)
        for name in options.cases or CASES:
            started = time.monotonic()
            try:
                figures = CASES[name](world) or {}
                print(f"{name}: passed, {time.monotonic() - started:.1f} s", flush=True)
                if figures:
                    print(f"{name}: figures {json.dumps(figures)}", flush=True)
            except (AssertionError, subprocess.TimeoutExpired, ValueError) as error:
                failed += 1
                print(f"{name}: FAILED: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
