# SPDX-License-Identifier: MIT
"""Cases that disturb a machine from outside: NMIs, machine checks.

QEMU's own inject-nmi comes by LINT1, which the monitor masks. So an NMI is sent as a device could send it: a message to the APICs, which
QEMU's test protocol lets us write to any CPU. Machine checks come by the human monitor's `mce`.
"""
import struct
import tempfile
import time

from lab import ENTERED, NOT_UNDER_KVM, PARK, PARKED, PAUSE, PAUSED, RESUME, SCRUB, await_loop, case, command, equal, second_life
from machine import BLOCK_SIZE, BLOCKS_PA, OWN_PA
from qmp import Qmp, connected

NMIS, CHECKS, CPU_STATE, FAULT_VECTOR = 144, 148, 136, 184  # struct skl_mailbox
FAILED = 5
APIC, NMI_DELIVERY = 0xfee00000, 0x400
# Of bank 1: valid, uncorrected, enabled, address and misc valid, context corrupt.
UNCORRECTED = 0xbe << 56
IN_PROGRESS, CAN_RESTART = 4, 1  # IA32_MCG_STATUS
MACHINE_CHECK = 18


class Disturbed:
    """A machine with a socket for each of the two protocols."""

    def __init__(self, lab, name, **more):
        self.folder = tempfile.TemporaryDirectory()
        extra = ["-qtest-log", "/dev/null"]
        for protocol in ["qmp", "qtest"]:
            extra += [f"-{protocol}", f"unix:{self.folder.name}/{protocol},server=on,wait=off"]
        self.machine = lab.machine(name, extra=extra, **more)
        try:
            self.qmp = Qmp(f"{self.folder.name}/qmp")
            self.qtest = connected(f"{self.folder.name}/qtest", time.monotonic() + 60)
        except Exception:
            self.machine.close()  # or it would run on for ever
            raise
        self.ram = self.machine.ram

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.qtest.close()
        self.qmp.close()
        self.machine.close()
        self.folder.cleanup()

    def mailbox(self, cpu, offset):
        return struct.unpack_from("<I", self.ram, BLOCKS_PA + cpu * BLOCK_SIZE + offset)[0]

    def wait_for(self, condition, what):
        deadline = time.monotonic() + 20
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not after 20 s: {what}; {self.machine.record()}")
            time.sleep(0.0005)

    def await_entry(self, cpus=2):
        """Before that a CPU may have no gates yet."""
        for cpu in range(cpus):
            self.wait_for(lambda: self.mailbox(cpu, CPU_STATE) == ENTERED, f"CPU {cpu} is in the enclave")

    def send_nmi(self, cpu=0):
        self.qtest.sendall(f"writel {APIC | cpu << 12:#x} {NMI_DELIVERY:#x}\n".encode())
        equal(self.qtest.recv(16), b"OK\n", "NMI")

    def nmis(self, count, cpu=0):
        """One after the other: the processor keeps no more than one back."""
        for _ in range(count):
            before = self.mailbox(cpu, NMIS)
            self.send_nmi(cpu)
            self.wait_for(lambda: self.mailbox(cpu, NMIS) == before + 1, f"NMI of CPU {cpu} is counted")

    def check(self, cpu=0, status=IN_PROGRESS | CAN_RESTART):
        before = self.mailbox(cpu, CHECKS)
        equal(self.qmp.line(f"mce {cpu} 1 {UNCORRECTED:#x} {status:#x} 0x1000 0x0"), "", "mce")
        self.wait_for(lambda: self.mailbox(cpu, CHECKS) == before + 1, f"machine check of CPU {cpu} is counted")

    def has_bell(self):
        equal(self.machine.wait_bell(20), True, "the isle rings")

    def tell(self):
        struct.pack_into("<Q", self.ram, OWN_PA, 1)

    def passes(self):
        record = self.machine.result()
        equal((record.kind, record.status), ("EXIT", 0), f"{record} {self.machine.log()}")

    def ends_by_check(self, cpu=0):
        record = self.machine.result()
        equal((record.kind, record.cpu, record.vector), ("MACHINE_CHECK", cpu, MACHINE_CHECK), f"{record}")
        return record


def injected(function):
    NOT_UNDER_KVM.add(function.__name__)  # where only ring 3 is real, these come to nobody or to the wrong one
    return case(function)


@injected
def nmi_in_ring3(lab):
    with Disturbed(lab, "hold_on") as disturbed:
        disturbed.has_bell()
        disturbed.nmis(200)
        disturbed.tell()
        disturbed.passes()


@injected
def nmi_in_wait(lab):
    with Disturbed(lab, "wait_through") as disturbed:
        disturbed.has_bell()
        disturbed.nmis(200)
        disturbed.tell()
        disturbed.machine.ring()
        disturbed.has_bell()
        disturbed.nmis(20)
        disturbed.passes()


@injected
def nmi_under_load(lab):
    """Both CPUs full of timers, kicks and vector registers."""
    with Disturbed(lab, "stress", cpus=2, amount=500) as disturbed:
        disturbed.await_entry()
        while disturbed.machine.record().kind == "NONE":
            for cpu in range(2):
                disturbed.send_nmi(cpu)
        disturbed.passes()
        equal(min(disturbed.mailbox(cpu, NMIS) for cpu in range(2)) > 20, True, "NMIs of each CPU")


@injected
def nmi_of_a_stopped_cpu(lab):
    """CPU 1 waits in ring 0, is then started, and answers a thousand kicks."""
    with Disturbed(lab, "kick_and_wait", cpus=2) as disturbed:
        disturbed.await_entry()
        disturbed.nmis(20, cpu=1)
        disturbed.passes()


@injected
def nmi_is_a_command(lab):
    """The module's second way to a CPU that does not answer."""
    with Disturbed(lab, "endless_loop") as disturbed:
        machine, nmi = disturbed.machine, disturbed.send_nmi
        await_loop(machine)
        equal(command(machine, 0, PAUSE, ring=nmi), (0, PAUSED), "pause")
        disturbed.nmis(20)
        equal(command(machine, 0, RESUME, ring=nmi), (0, ENTERED), "resume")
        equal(command(machine, 0, PARK, ring=nmi), (0, PARKED), "park")
        equal((machine.record().kind, machine.record().gpr[3]), ("STOPPED", 0x1234567))
        disturbed.nmis(20)
        equal(command(machine, 0, SCRUB, OWN_PA, 4096, ring=nmi), (0, PARKED), "scrub")
        second_life(machine)


@injected
def machine_check_in_ring3(lab):
    with Disturbed(lab, "endless_loop") as disturbed:
        await_loop(disturbed.machine)
        disturbed.check()
        equal(disturbed.ends_by_check().gpr[3], 0x1234567, "rbx where it looped")
        equal(command(disturbed.machine, 0, PARK), (0, PARKED), "park")
        equal(disturbed.machine.record().kind, "MACHINE_CHECK", "the record stays")
        second_life(disturbed.machine)


@injected
def machine_check_in_wait(lab):
    with Disturbed(lab, "sleep_until_parked") as disturbed:
        disturbed.has_bell()
        disturbed.nmis(1)
        disturbed.check()
        disturbed.ends_by_check()
        equal(command(disturbed.machine, 0, PARK), (0, PARKED), "park")
        second_life(disturbed.machine)


@injected
def machine_check_of_a_sibling(lab):
    """It ends the isle on all of its CPUs; by the module's own means both come out of it."""
    with Disturbed(lab, "stress", cpus=2, amount=1 << 40) as disturbed:
        disturbed.await_entry()
        disturbed.nmis(5, cpu=1)
        disturbed.check(cpu=1)
        disturbed.ends_by_check(cpu=1)
        for cpu in range(2):
            equal(command(disturbed.machine, cpu, PARK, ring=lambda cpu=cpu: disturbed.send_nmi(cpu)), (0, PARKED), f"park CPU {cpu}")


@injected
def machine_check_while_parked(lab):
    """A CPU that can go on was only told; one that cannot says so, and is never used again."""
    with Disturbed(lab, "hello") as disturbed:
        disturbed.machine.result()
        equal(command(disturbed.machine, 0, PARK), (0, PARKED), "park")
        disturbed.check()
        equal(command(disturbed.machine, 0, SCRUB, OWN_PA, 4096), (0, PARKED), "scrub")
        disturbed.check(status=IN_PROGRESS)
        disturbed.wait_for(lambda: disturbed.mailbox(0, CPU_STATE) == FAILED, "the CPU says that it has failed")
        equal(disturbed.mailbox(0, FAULT_VECTOR), MACHINE_CHECK)
        equal(disturbed.machine.record().kind, "EXIT", "the record of the isle that was there before")
