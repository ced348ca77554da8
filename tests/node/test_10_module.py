# SPDX-License-Identifier: MIT
"""Loading the module, who may open its device, and that it does not leave while it holds something."""
import grp
import os
import stat

import host


def test_loads_and_leaves_nothing_behind(untouched):
    host.load()
    host.must("rmmod", "skellig")


def test_device_belongs_to_root_and_group_skellig(module):
    status = os.stat(host.DEVICE)
    assert stat.S_IMODE(status.st_mode) == 0o660
    assert (status.st_uid, grp.getgrgid(status.st_gid).gr_name) == (0, "skellig")


def test_user_outside_the_group_cannot_open_it(module):
    done = host.run("cat", host.DEVICE, user="nobody")
    assert done.returncode != 0
    assert "Permission denied" in done.stderr


def test_is_not_removed_while_something_is_lent(pool):
    done = host.run("rmmod", "skellig")
    assert done.returncode != 0
    assert "in use" in done.stderr


def test_loads_and_unloads_again_and_again(untouched):
    for _ in range(host.rounds(10)):
        host.load()
        host.must("rmmod", "skellig")
