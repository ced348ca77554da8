# SPDX-License-Identifier: MIT
"""HERMIT_DEBUG: the distribution's gdb on a program in QEMU."""
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager

from ordinary_user import NOBODY, SOMEBODY, installed, without_privileges
from world import HERE, case, gone, machines_of, same


@contextmanager
def waiting(world, *arguments, command=None, program=None):
    """A program that waits for gdb: (its process, the port)."""
    isle = subprocess.Popen(command or world.command(*arguments, program=program), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=world.environment(world.first_choice | {"HERMIT_DEBUG": "1", "HERMIT_GDB_PORT": "0"}))
    try:
        yield isle, port_of(isle)
    finally:
        isle.kill()
        isle.communicate()


def port_of(isle):
    said = []
    for line in isle.stderr:
        said.append(line)
        if found := re.search(r"waiting for gdb: .* -ex 'target remote 127\.0\.0\.1:(\d+)'", line):
            return int(found[1])
    raise AssertionError(f"no word of where to connect: {said}")


def gdb_command(program, port, *commands):
    words = ["set pagination off", "set confirm off", f"target remote 127.0.0.1:{port}", *commands]
    return ["gdb", "-nx", "-batch", *(word for command in words for word in ("-ex", command)), program]


def gdb(program, port, *commands, prefix=()):
    done = subprocess.run([*prefix, *gdb_command(program, port, *commands)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=120)
    return done.stdout


def in_order(text, *patterns):
    """Each is found after the one before."""
    position = 0
    for pattern in patterns:
        found = re.compile(pattern).search(text, position)
        assert found, f"{pattern!r} is not where it should be in\n{text}"
        position = found.end()


def debugged(world):
    program = str(world.folder / "debugged")
    subprocess.run([world.gcc, "-O0", "-g", "-o", program, HERE / "programs/debugged.c"], check=True)
    return program


def walk_through(program, port):
    """From the isle's first instruction to its exit status, 18, if it was started with 4 and 5."""
    text = gdb(program, port, "break main", "continue", "backtrace", "next", "print argv[1]", "break twice", "continue", "backtrace", "step", "step",
               "print result", "print calls", "delete", "finish", "continue", "print $_exitcode")
    in_order(text, r"_start \(\) at \S*crt0\.S:\d+", r"Breakpoint 1, main \(argc=3, argv=0x\w+\) at \S*debugged\.c:\d+", r"#0  main \(argc=3,",
             r'\$1 = 0x\w+ "4"', r"Breakpoint 2, twice \(number=4\) at \S*debugged\.c:\d+", r"#0  twice \(number=4\) at \S*debugged\.c:\d+",
             r"#1  0x\w+ in main \(argc=3, argv=0x\w+\) at \S*debugged\.c:\d+", r"\$2 = 8", r"\$3 = 1", r"Value returned is \$4 = 8",
             r"exited with code 022\]", r"\$5 = 18")


@case
def gdb_follows_a_program(world):
    program = debugged(world)
    with waiting(world, 4, 5, program=program) as (isle, port):
        walk_through(program, port)
        same(isle.communicate(timeout=20)[0], "total 18\n")
        same(isle.returncode, 18)


@case
def gdb_interrupts_leaves_and_comes_back(world):
    with waiting(world, "loop") as (isle, port):
        first = subprocess.Popen(gdb_command(world.subject, port, "continue", "backtrace", "detach"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 text=True, process_group=0)
        same(isle.stdout.readline(), "looping\n")
        time.sleep(0.5)  # it may be anywhere in its loop
        first.send_signal(signal.SIGINT)
        in_order(first.communicate(timeout=60)[0], "received signal SIGINT", r"#0  main \(argc=.*subject\.c:\d+", "detached")
        in_order(gdb(world.subject, port, "backtrace", "break fall", "detach"), r"#0  main \(argc=.*subject\.c:\d+")
        isle.terminate()
        same(isle.wait(20), -signal.SIGTERM)


@case
def gdb_is_told_the_signal(world):
    with waiting(world, "fall") as (isle, port):
        in_order(gdb(world.subject, port, "break fall", "continue", "delete", "continue"), "Breakpoint 1, fall", "terminated with signal SIGSEGV")
        assert "page fault (#PF)" in isle.communicate(timeout=20)[1]
        same(isle.returncode, -signal.SIGSEGV)


@case
def waiting_for_gdb_can_be_ended(world):
    with waiting(world, "exit", 3) as (isle, _):
        machine, = machines_of(isle.pid)
        isle.send_signal(signal.SIGINT)
        same(isle.wait(20), -signal.SIGINT)
        assert gone(machine), "QEMU outlives the proxy"


@case
def gdb_where_it_cannot_be(world):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = world.run("exit", 3, variables=world.first_choice | {"HERMIT_DEBUG": "1", "HERMIT_GDB_PORT": str(port)})
        assert done.returncode == 125 and f"port {port} of 127.0.0.1" in done.stderr and "HERMIT_GDB_PORT" in done.stderr, done
    done = world.run("exit", 3, variables={"HERMIT_DEBUG": "1", "HERMIT_ISLE": "0"})
    assert done.returncode == 125 and "lent cores" in done.stderr and "HERMIT_ISLE=qemu" in done.stderr, done


@case
def gdb_of_another_user_is_refused(world):
    """Only root can be two users at once."""
    if os.geteuid() != 0:
        return
    command = [*without_privileges(NOBODY), installed(world), world.subject, "exit", "3"]
    with waiting(world, command=command) as (isle, port):
        text = gdb(world.subject, port, "continue", prefix=without_privileges(SOMEBODY))
        assert "exited" not in text, text
        same(isle.stderr.readline(), f"proxy: refused a debugger of user {SOMEBODY}\n")
        in_order(gdb(world.subject, port, "continue", prefix=without_privileges(NOBODY)), "exited with code 03")
        same(isle.wait(20), 3)
