#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs fence cases: fence.py --monitor monitor.elf --payload fence-payload [--accel tcg|kvm] [case ...]; without a case, all."""

import argparse
import json
import os
import struct
import sys
import time
import traceback

sys.dont_write_bytecode = True
import injected  # noqa: E402, F401: more cases
import stress  # noqa: E402, F401: one more
import tables  # noqa: E402
from lab import (CASES, ENTERED, NOT_UNDER_KVM, PARK, PARKED, PAUSE, PAUSED, RESUME, SCRUB, Lab, await_loop, case, command,  # noqa: E402
                 equal, second_life)
from machine import (BLOCK_SIZE, BLOCKS_PA, CALL_VA, CONTROL_PA, IMAGE_SIZE, IMAGE_VA, OWN, OWN_PA, OWN_SIZE, OWN_VA,  # noqa: E402
                     PUBLIC_VA, STATE, TABLES)


def check_tables(machine, allow_code_anywhere=False):
    windows = [(va, pa, size) for va, pa, size, _ in machine.launch.extents]
    windows += [(PUBLIC_VA, machine.public, machine.launch.fields["public_size"]), (CALL_VA, CONTROL_PA + 0xA000, 4096)]
    code = None if allow_code_anywhere else [(va, size) for va, size, rights in machine.launch.segments if rights & 4] + [(CALL_VA, 4096)]
    found = list(tables.violations(machine.ram, machine.root(), windows, code))
    equal(found, [], "page tables")
    return list(tables.leaves(machine.ram, machine.root()))


@case
def hello(lab):
    with lab.machine("hello") as machine:
        record = machine.result()
        equal((record.kind, record.status), ("EXIT", 42))
        equal(machine.log(), "hello from ring 3\n")


@case
def tables_at_launch(lab):
    with lab.machine("hello", cpus=2) as machine:
        machine.result()
        found = check_tables(machine)
        own = [leaf for leaf in found if leaf.va >= OWN_VA and leaf.user and leaf.va < OWN_VA + OWN_SIZE]
        equal({leaf.size for leaf in own}, {2 << 20}, "own memory in large pages")
        equal(sum(leaf.size for leaf in own), OWN_SIZE)
        guards = [BLOCKS_PA + i * BLOCK_SIZE + 0xB000 for i in range(2)]
        equal([leaf for leaf in found if leaf.pa in guards], [], "guard pages under the monitor's stacks")
        monitor = [leaf for leaf in found if not leaf.user]
        equal([leaf for leaf in monitor if leaf.writable and leaf.executable], [], "monitor W^X")


@case
def tables_after_random_changes(lab):
    with lab.machine("random_changes") as machine:
        record = machine.result()
        equal((record.kind, record.status), ("EXIT", 0), f"{record} {machine.log()}")
        check_tables(machine, allow_code_anywhere=True)


@case
def null_read(lab):
    record = lab.faults("null_read", 14, 4, 0)
    equal(record.gpr[0], 0)


@case
def jump_to_data(lab):
    record = lab.faults("jump_to_data", 14, 0x15)
    equal(record.rip, record.address)


@case
def stack_overflow(lab):
    record = lab.faults("stack_overflow", 14, 6)
    guard = OWN_VA + (1 << 20) - 4096
    if not guard <= record.address < guard + 4096:
        raise AssertionError(f"not in the guard page: {record}")


@case
def divide_by_zero(lab):
    lab.faults("divide_by_zero", 0)


def protected(name):
    def run(lab):
        lab.faults(name, 13)
    run.__name__ = name
    return case(run)


for privileged in ("clear_interrupts", "halt_cpu", "write_msr", "load_idt", "port_out"):
    protected(privileged)


@case
def sysenter(lab):
    with lab.machine("sysenter") as machine:
        record = machine.result()
        equal((record.kind, record.vector in (6, 13)), ("EXCEPTION", True), f"{record}")


@case
def nested_exception(lab):
    lab.faults("nested_exception", 14, 4, 0)


@case
def abort_with_panic(lab):
    with lab.machine("abort_with_panic") as machine:
        record = machine.result()
        equal((record.kind, record.status), ("PANIC", 6))


@case
def park_an_endless_loop(lab):
    with lab.machine("endless_loop") as machine:
        await_loop(machine)
        equal(command(machine, 0, PAUSE), (0, PAUSED), "pause")
        equal(command(machine, 0, RESUME), (0, ENTERED), "resume")
        equal(command(machine, 0, SCRUB, 0, 4096)[0], -16, "scrub of a CPU in use")
        equal(command(machine, 0, PARK), (0, PARKED), "park")
        record = machine.record()
        equal(record.kind, "STOPPED")
        equal(record.gpr[3], 0x1234567, "rbx where it looped")
        equal(command(machine, 0, PARK), (0, PARKED), "park again")
        machine.ram[OWN_PA:OWN_PA + 4] = b"dirt"
        equal(command(machine, 0, SCRUB, OWN_PA, 4096), (0, PARKED), "scrub")
        equal(machine.ram[OWN_PA:OWN_PA + 4], b"\0" * 4)
        equal(command(machine, 0, SCRUB, OWN_PA, 100), (-22, PARKED), "scrub of no page")
        equal(command(machine, 0, 77), (-22, PARKED), "no such command")
        second_life(machine)


def as_on_metal(launch):
    launch.fields["flags"] = 0


@case
def park_with_the_whole_scrub(lab):
    """Without the QEMU flag parking also resets vector and segment registers, and the doorbell is an interrupt that must be armed."""
    with lab.machine("endless_loop", spoil=as_on_metal) as machine:
        await_loop(machine)
        equal(command(machine, 0, PARK), (0, PARKED), "park")
        equal(machine.record().kind, "STOPPED")
        equal(machine.record().gpr[3], 0x1234567)
        suppressed, = struct.unpack_from("<I", machine.ram, CONTROL_PA + STATE + 16)
        equal(suppressed, 1, "kicks of the host while nothing was armed")


@case
def park_a_sleeper(lab):
    with lab.machine("sleep_until_parked") as machine:
        machine.wait_bell(20)
        equal(command(machine, 0, PARK), (0, PARKED), "park")
        # Either the command or the event came first; both end in PARKED.
        if machine.record().kind not in ("STOPPED", "EXIT"):
            raise AssertionError(f"{machine.record()}")


@case
def host_event(lab):
    with lab.machine("host_event") as machine:
        for _ in range(2):
            if not machine.wait_bell(20):
                raise TimeoutError("no doorbell")
            machine.ring()
        record = machine.result()
        equal((record.kind, record.status), ("EXIT", 0), f"{record} {machine.log()}")


def plain(name, cpus=1):
    def run(lab):
        log = lab.passes(name, cpus)
        if lab.options.verbose and log:
            print(log, end="")
    run.__name__ = name
    return case(run)


for simple in ("bad_calls", "timer_upcalls", "exception_upcalls", "wait_sleeps", "map_and_protect", "store_everywhere", "store_random",
               "kernel_pointers", "control_words", "kick_host", "count_calls"):
    plain(simple)
for pair in ("kick_and_wait", "shootdown", "stop_and_restart"):
    plain(pair, 2)


def few_tables(launch):
    """Room for a handful of page tables: the public area is put right behind them."""
    launch.fields["public_pa"] = CONTROL_PA + TABLES + 24 * 4096


@case
def tables_run_out(lab):
    with lab.machine("tables_run_out", spoil=few_tables) as machine:
        record = machine.result()
        equal((record.kind, record.status), ("EXIT", 0), f"{record} {machine.log()}")


def no_tables(launch):
    launch.fields["public_pa"] = CONTROL_PA + TABLES + 3 * 4096


SPOILS = {
    "magic": (lambda launch: launch.fields.update(revision=2), 8),
    "control size": (lambda launch: launch.fields.update(control_size=4096), 32),
    "extent in the control area": (lambda launch: launch.extents.append((OWN_VA + (1 << 30), CONTROL_PA, 2 << 20, OWN)), 88 + 4096 + 64 + 8),
    "extent on a CPU block": (lambda launch: launch.extents.append((OWN_VA + (1 << 30), BLOCKS_PA, 2 << 20, OWN)), 88 + 4096 + 64 + 8),
    "writable and executable": (lambda launch: launch.segments.append((IMAGE_VA + IMAGE_SIZE - 4096, 4096, 7)), None),
    "entry in data": (lambda launch: launch.fields.update(entry=OWN_VA), 56),
    "too few tables": (no_tables, 32),
}


@case
def refused_launches(lab):
    for name, (spoil, field) in SPOILS.items():
        with lab.machine("hello", spoil=spoil) as machine:
            record = machine.result()
            equal(record.kind, "REFUSED", name)
            if field is not None:
                equal(record.error, field, name)


def kvm_works():
    try:
        os.close(os.open("/dev/kvm", os.O_RDWR))
        return True
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--monitor", required=True)
    parser.add_argument("--payload", required=True)
    parser.add_argument("--accel", default="tcg")
    parser.add_argument("--board", default="microvm")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("case", nargs="*")
    options = parser.parse_args()
    if options.accel == "kvm" and not kvm_works():
        print("no usable /dev/kvm: skipped")
        return 77
    failed = 0
    left_out = NOT_UNDER_KVM if options.accel == "kvm" else set()
    for name in options.case or [name for name in CASES if name not in left_out]:
        begin, figures = time.monotonic(), None
        try:
            figures = CASES[name](Lab(options))
            verdict = "ok"
        except Exception:  # a case that fails must not hide the next
            traceback.print_exc()
            verdict = "FAILED"
            failed += 1
        print(f"{verdict} {name} {time.monotonic() - begin:.2f} s", flush=True)
        if figures:
            print(f"{name}: figures {json.dumps(figures)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
