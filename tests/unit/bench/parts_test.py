# SPDX-License-Identifier: MIT
"""The parts of a launch, from a trace as the kernel prints it."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))
import parts  # noqa: E402

TRACE = """# tracer: nop
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
         python3-80      [000] ...1.        900: sys_ioctl(fd: 9, cmd: c0485413, arg: 7ffe33e52a50)
         python3-80      [000] ...1.        950: sys_ioctl -> 0x0
           <...>-99      [000] ...1.       1000: sys_execve(filename: 55c9f8d1d910, argv: 55c9f8d1d950, envp: 55ca27f5c598)
      bench-isle-99      [000] ...1.       1300: sys_execve -> 0x0
      bench-isle-99      [000] ...1.       1400: sys_ioctl(fd: 3, cmd: 80104b00, arg: 600000000000)
      bench-isle-99      [000] ...1.       1450: sys_ioctl -> 0x0
      bench-isle-99      [000] ...1.       1500: sys_ioctl(fd: 3, cmd: c1004b20, arg: 600000000000)
      bench-isle-99      [000] ...1.       1700: sys_ioctl -> 0x0
      bench-isle-99      [000] ...1.       2000: sys_ioctl(fd: 3, cmd: c1004b21, arg: 600000000000)
      bench-isle-99      [000] ...1.       2100: sys_ioctl -> 0x0
"""


def test_divides_a_launch_at_its_calls():
    assert [ticks for _, ticks in parts.parts(TRACE, 2600)] == [300, 200, 200, 300, 600]


def test_leaves_out_what_the_trace_does_not_show():
    assert parts.parts("", 2600) == []
    only_start = "\n".join(line for line in TRACE.splitlines() if "4b2" not in line)
    assert [ticks for _, ticks in parts.parts(only_start, 2600)] == [300]
