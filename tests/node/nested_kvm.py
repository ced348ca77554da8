# SPDX-License-Identifier: MIT
"""KVM as most machines have it, with ring 0 virtualised by the hardware: a node whose (emulated) processor has SVM runs isles in QEMU with
KVM, started by an ordinary user.

usage: nested_kvm.py           on the build machine
"""
import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
LINE = os.environ.get("SKELLIG_KERNEL", "6.1")
# The proxy would give KVM two seconds; emulation two levels deep takes longer. HERMIT_KVM=1: KVM or nothing.
KVM = {"HERMIT_ISLE": "qemu", "HERMIT_KVM": "1", "HERMIT_MEM": "64M", "HERMIT_VERBOSE": "1"}


def inside() -> int:
    import host

    host.must("modprobe", "kvm_amd", "nested=1")
    os.chmod("/dev/kvm", 0o666)
    host.METAL.clear()
    os.environ.update(KVM)
    hello = host.isle("hello", "nested")
    assert (hello.returncode, hello.stdout) == (0, "hello nested\n"), hello
    assert "QEMU with KVM" in hello.stderr, hello.stderr
    assert host.isle("status", 7).returncode == 7
    two = host.isle("hello", "again", env={"HERMIT_CPUS": "2"})
    assert two.stdout == "hello again\n", two
    fault = host.isle("fault", "divide-by-zero")
    assert fault.returncode in (-8, 128 + 8) and "(#DE)" in fault.stderr and "main+" in fault.stderr, fault
    print(hashlib.sha256(Path(host.program("hello")).read_bytes()).hexdigest())
    return 0


def outside() -> int:
    node = subprocess.run([str(TOP / "scripts/node"), "--kernel", LINE, "--name", f"nested-kvm-{os.getpid()}", "--cpu", "max,+svm", "--cpus", "1",
                           "--nodes", "1", "--mem", "3G", "--timeout", "500", "--", "/usr/bin/python3", "-B", str(Path(__file__).resolve()), "inside"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    print(node.stdout)
    same = hashlib.sha256((TOP / "build/hermit/x86_64-hermit/extra/tests/hello").read_bytes()).hexdigest()
    return 0 if node.returncode == 0 and node.stdout.split() == [same] else 1


if __name__ == "__main__":
    sys.exit(inside() if sys.argv[1:] == ["inside"] else outside())
