# SPDX-License-Identifier: MIT
"""The last of all, since the node keeps the damage: a CPU that never leaves (test build) is set aside with its memory, the rest goes on."""
import sys
from pathlib import Path

import host

sys.path.insert(0, str(Path(__file__).resolve().parent / "module"))
import device  # noqa: E402
from device import Device, Refused  # noqa: E402
from tiny_isle import EXIT, MIB, SPIN, TEST_MODULE, Isle  # noqa: E402

FAULTS = Path("/sys/module/skellig/parameters/test_faults")
NEVER_LEAVES = 3


def test_a_cpu_that_never_leaves_is_quarantined_with_its_memory():
    host.unload()
    host.must("insmod", TEST_MODULE)
    with Device() as admin:
        admin.reserve(1)
        FAULTS.write_text(str(NEVER_LEAVES))
        admin.reserve(3)
        admin.memory(device.CONTIG, size=64 * MIB, node=1)
        with Isle(SPIN, cpus=[3], node=1):
            pass
        FAULTS.write_text("0")
        cpus, memory, enclaves = admin.status()
        assert ({cpu.cpu: cpu.state for cpu in cpus}, enclaves) == ({1: device.FREE, 3: device.QUARANTINED}, 0)
        lost = sum(piece.size for piece in memory if piece.state == device.QUARANTINED)
        assert lost == 16 * MIB + 2 * device.UNIT  # own memory, image, control area
        assert "CPU 3 does not leave enclave" in host.must("dmesg")
        try:
            admin.release(3)
            raise AssertionError("a quarantined CPU was given back")
        except Refused as refused:
            assert refused.reason == "CPU_BUSY"
        with Isle(EXIT, cpus=[1], node=1) as isle:
            assert isle.device.wait() & device.STOPPED
            assert isle.device.record().status == 42
        host.wait_until(lambda: not any(piece.state == device.CLEANING for piece in admin.status()[1]), 30, "the rest is clean")
        assert admin.memory(device.CONTIG_RETURN, node=1) == 64 * MIB - lost
        admin.release(1)
    assert host.run("rmmod", "skellig").returncode != 0
