# SPDX-License-Identifier: MIT
"""What only the test build can provoke: a CPU that is deaf to the command to leave, and a doorbell that moves."""
import sys
from pathlib import Path

import audit
import host
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "module"))
import device  # noqa: E402
from device import Device  # noqa: E402
from tiny_isle import ANSWER, EXIT, MIB, SPIN, TEST_MODULE, Isle  # noqa: E402

FAULTS = Path("/sys/module/skellig/parameters/test_faults")
DOORBELL = Path("/sys/kernel/debug/skellig/doorbell")
DEAF = 1


@pytest.fixture
def deaf_build():
    """The test build instead of the staged one."""
    host.unload()
    before = audit.Snapshot()
    host.must("insmod", TEST_MODULE)
    yield
    host.must("rmmod", "skellig")
    assert audit.findings(before) == []


def test_a_deaf_cpu_is_started_anew(deaf_build):
    FAULTS.write_text(str(DEAF))
    with Device() as admin:
        admin.reserve(3)
        admin.memory(device.CONTIG, size=32 * MIB, node=1)
        with Isle(SPIN):
            pass
        host.settle()
        with Isle(EXIT) as isle:
            assert isle.device.wait() & device.STOPPED
            assert isle.device.record().status == 42
        host.settle()
        assert admin.memory(device.CONTIG_RETURN, node=1) == 32 * MIB
        admin.release(3)


def ring(isle: Isle, times: int) -> None:
    for _ in range(times):
        isle.device.kick()
        assert isle.device.wait() == device.RUNG


def test_the_doorbell_follows_its_interrupt(deaf_build):
    """From CPU to CPU by hand, and away from one that goes offline."""
    cpu1 = Path("/sys/devices/system/cpu/cpu1/online")
    with Device() as admin:
        admin.reserve(3)
        admin.memory(device.CONTIG, size=32 * MIB, node=1)
        with Isle(ANSWER) as isle:
            for cpu in [2, 0, 1]:
                DOORBELL.write_text(str(cpu))
                ring(isle, 50)
            cpu1.write_text("0")
            try:
                ring(isle, 50)
            finally:
                cpu1.write_text("1")
        host.settle()
        admin.memory(device.CONTIG_RETURN, node=1)
        admin.release(3)
