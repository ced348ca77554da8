# SPDX-License-Identifier: MIT
"""Files that a program has mapped, after its end."""
import signal

from world import case, same


@case
def shared_files_keep_what_was_stored(world):
    program = str(world.stage / "shared_files")
    done = world.run("exit", program=program, cwd=world.folder)
    same((done.returncode, (world.folder / "left").read_bytes()[:5]), (0, b"exit\0"))
    done = world.run("abort", program=program, cwd=world.folder)
    same((done.returncode, (world.folder / "left").read_bytes()[:6]), (-signal.SIGABRT, b"abort\0"))
