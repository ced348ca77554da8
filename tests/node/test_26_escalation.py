# SPDX-License-Identifier: MIT
"""A CPU that is deaf to the command to leave (test build): INIT and SIPI bring its monitor back, and nothing is lost."""
import sys
from pathlib import Path

import audit
import host
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "module"))
import device  # noqa: E402
from device import Device  # noqa: E402
from tiny_isle import EXIT, MIB, SPIN, TEST_MODULE, Isle  # noqa: E402

FAULTS = Path("/sys/module/skellig/parameters/test_faults")
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
