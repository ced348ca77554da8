# SPDX-License-Identifier: MIT
"""The node itself: what every other case takes for granted."""
import grp
import os
import pwd
from pathlib import Path

import audit
import host


def test_has_four_cpus_on_two_nodes():
    assert os.cpu_count() == 4
    assert [Path(f"/sys/devices/system/node/node{node}/cpulist").read_text().strip() for node in (0, 1)] == ["0-1", "2-3"]


def test_keeps_time_by_the_tsc():
    assert audit.text("/sys/devices/system/clocksource/clocksource0/current_clocksource") == "tsc"


def test_ordinary_user_is_in_group_skellig():
    assert host.USER in grp.getgrnam("skellig").gr_mem
    assert pwd.getpwnam(host.USER).pw_uid != 0


def test_binfmt_starts_isles_with_the_proxy():
    entry = audit.text("/proc/sys/fs/binfmt_misc/hermit")
    assert "interpreter /opt/hermit/bin/proxy" in entry
    assert "flags: PF" in entry


def test_audit_sees_a_kernel_warning():
    before = audit.Snapshot()
    Path("/dev/kmsg").write_text("<4>audit: a warning on purpose\n")
    assert audit.new_warnings(before) == ["audit: a warning on purpose"]
    # Later audits start behind it.
    assert audit.new_warnings(audit.Snapshot()) == []


def test_audit_sees_a_cpu_gone():
    before = audit.Snapshot()
    online = Path("/sys/devices/system/cpu/cpu3/online")
    online.write_text("0")
    try:
        assert any(finding.startswith("online: 0-3 before, 0-2 after") for finding in audit.findings(before))
    finally:
        online.write_text("1")
    assert [finding for finding in audit.findings(before) if not finding.startswith("kernel log")] == []
