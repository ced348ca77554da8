# SPDX-License-Identifier: MIT
"""What fence cases are made of: their register, the machines they run in, the module's side of the mailbox."""

import os
import re
import struct
import time

from machine import BLOCK_SIZE, BLOCKS_PA, CONTROL_PA, OWN_PA, PUBLIC_VA, STATE, Machine

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {}
FULL = os.environ.get("SKELLIG_ROUNDS") == "full"


def case(function):
    CASES[function.__name__] = function
    return function


def payload_number(name):
    with open(os.path.join(HERE, "cases.h")) as header:
        names = re.findall(r"\bX\((\w+)\)", header.read().split("enum")[0])
    return names.index(name)


def equal(seen, wanted, what=""):
    if seen != wanted:
        raise AssertionError(f"{what}: saw {seen!r}, wanted {wanted!r}")


# Where ring 0 is emulated instruction by instruction, a tenth of the heavy cases must do.
FEWER_UNDER_KVM = {"random_changes": 100, "store_random": 10000}
# Such a ring 0 has no vector instructions, so XRSTOR never returns; the monitor leaves it out in QEMU, this case asks for it.
NOT_UNDER_KVM = {"park_with_the_whole_scrub"}


class Lab:
    def __init__(self, options):
        self.options = options

    def machine(self, name, **more):
        if self.options.accel == "kvm" and not FULL:
            more.setdefault("amount", FEWER_UNDER_KVM.get(name, 0))
        return Machine(self.options.monitor, self.options.payload, payload_number(name), accel=self.options.accel,
                       board=self.options.board, **more)

    def passes(self, name, cpus=1, timeout=60):
        with self.machine(name, cpus=cpus) as machine:
            record = machine.result(timeout)
            if record.kind != "EXIT" or record.status != 0:
                raise AssertionError(f"{record}\nlog: {machine.log()}")
            return machine.log()

    def faults(self, name, vector, error=0, address=None):
        with self.machine(name) as machine:
            record = machine.result()
            equal(record.kind, "EXCEPTION", f"{record}")
            equal((record.vector, record.error), (vector, error), f"{record}")
            if address is not None:
                equal(record.address, address, "address")
            equal(record.gs_base, PUBLIC_VA + 0x2000, "gs base")
            return record


def await_loop(machine):
    """endless_loop counts in own memory once rbx holds what the record must show."""
    deadline = time.monotonic() + 20
    while not machine.words(OWN_PA, 1)[0]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"it does not loop: {machine.record()}")
        time.sleep(0.002)


def command(machine, cpu, number, *arguments, ring=None):
    """Does what the module does: argument, command, sequence, and an interrupt; if nothing else is said, the doorbell's."""
    box = BLOCKS_PA + cpu * BLOCK_SIZE
    sequence = struct.unpack_from("<I", machine.ram, box + 64)[0] + 1
    struct.pack_into("<4Q", machine.ram, box + 72, *(list(arguments) + [0] * (4 - len(arguments))))
    struct.pack_into("<I", machine.ram, box + 68, number)
    struct.pack_into("<I", machine.ram, box + 64, sequence)
    (ring or machine.ring)()
    deadline = time.monotonic() + 20
    while struct.unpack_from("<I", machine.ram, box + 128)[0] != sequence:
        if time.monotonic() > deadline:
            raise TimeoutError(f"command {number} not acknowledged")
        time.sleep(0.002)
    return struct.unpack_from("<iI", machine.ram, box + 132)


ENTER, PARK, PAUSE, RESUME, SCRUB = 1, 2, 3, 4, 5
PARKED, ENTERED, PAUSED = 1, 2, 3


def second_life(machine):
    """The same CPU enters again, with the descriptor of another enclave in the same memory."""
    state = CONTROL_PA + STATE
    machine.ram[state:state + 8192] = bytes(8192)
    machine.launch.fields["enclave"] = 2
    machine.write_memory(payload_number("hello"), 1)
    equal(command(machine, 0, ENTER, CONTROL_PA, 0), (0, ENTERED), "enter again")
    record = machine.result()
    equal((record.kind, record.status), ("EXIT", 42))
    equal(command(machine, 0, PARK), (0, PARKED), "park what has ended")
    equal(machine.record().kind, "EXIT", "the record stays")
