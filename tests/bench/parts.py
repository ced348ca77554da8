# SPDX-License-Identifier: MIT
"""Where the instructions of one launch go: from the kernel's trace of the proxy's calls, its clock being the TSC."""
import re

EVENT = re.compile(r"-(?P<pid>\d+)\s+\[\d+\]\s+\S+\s+(?P<tsc>\d+): sys_(?P<call>\w+)(?P<rest>\(.*| -> .*)")
COMMAND = re.compile(r"cmd: ([0-9a-f]+)")
CREATE, START = 0x20, 0x21  # SKL_IOC_CREATE, SKL_IOC_START (device.h)


def moments(trace: str) -> dict[str, int]:
    """The TSC on entering and leaving each call that divides a launch."""
    found: dict[str, int] = {}
    inside: dict[str, str] = {}  # pid: the call it is in
    for line in trace.splitlines():
        event = EVENT.search(line)
        if not event:
            continue
        pid, entering = event["pid"], event["rest"].startswith("(")
        if entering:
            command = COMMAND.search(event["rest"])
            number = int(command[1], 16) & 0xff if event["call"] == "ioctl" and command else None
            inside[pid] = {CREATE: "CREATE", START: "START"}.get(number, event["call"])
        name = inside.get(pid, event["call"])
        found.setdefault(f"{name} {'entered' if entering else 'left'}", int(event["tsc"]))
    return found


def parts(trace: str, entered_main: int) -> list[tuple[str, int]]:
    at = moments(trace)
    steps = [("execve: binfmt_misc, the proxy's file", "execve entered", "execve left"),
             ("proxy: starts, checks the program", "execve left", "CREATE entered"),
             ("module: an enclave from the pool", "CREATE entered", "CREATE left"),
             ("proxy: maps, loads, writes the boot page", "CREATE left", "START entered"),
             ("module, monitor, library kernel to main()", "START entered", "main")]
    at["main"] = entered_main
    return [(name, at[end] - at[start]) for name, start, end in steps if start in at and end in at]
