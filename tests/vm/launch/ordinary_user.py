# SPDX-License-Identifier: MIT
"""Who has no privileges at all: no capability, no group, a container with little in it."""
import os
import shutil
from pathlib import Path

NOBODY, SOMEBODY = 65534, 65533


def installed(world):
    """A copy of what an isle in QEMU needs, where every user can read it: the path of its proxy."""
    place, stage = world.folder / "hermit", Path(world.proxy).parents[1]
    if not place.exists():
        world.folder.chmod(0o755)
        for name in ("bin/proxy", "lib/skellig/monitor.elf"):
            (place / name).parent.mkdir(parents=True)
            shutil.copy(stage / name, place / name)
    return str(place / "bin/proxy")


def without_privileges(user=NOBODY):
    """The beginning of a command line; whoever is not root has none to give up."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"]
