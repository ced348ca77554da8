# SPDX-License-Identifier: MIT
"""QEMU's command line for a node."""
import argparse
import re
from pathlib import Path

PORTS = ["in", "out", "err", "ctl"]
UNITS = {"M": 1, "G": 1024}


def megabytes(text: str) -> int:
    match = re.fullmatch(r"(\d+)([MG])", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text} is no size: say 4096M or 4G")
    return int(match[1]) * UNITS[match[2]]


def sockets(cpus: int, nodes: int) -> int:
    """One a NUMA node; but one a CPU where that would leave gaps between APIC ids, which count a socket's cores in powers of two:
    QEMU 7.2 delivers no interrupt to a logical destination behind the first gap, and Linux does not come up."""
    each = cpus // nodes
    whole = cpus % nodes == 0 and (nodes == 1 or each & (each - 1) == 0)
    return nodes if whole else cpus


def memory(options: argparse.Namespace) -> list[str]:
    """One backend a NUMA node; CPUs are dealt out in order."""
    share = options.mem // options.nodes
    arguments = ["-m", f"{share * options.nodes}M", "-smp", f"{options.cpus},sockets={sockets(options.cpus, options.nodes)}"]
    for node in range(options.nodes):
        backend = f"memory-backend-ram,id=m{node},size={share}M"
        if options.ram_file:
            name = options.ram_file if options.nodes == 1 else f"{options.ram_file}.{node}"
            backend = f"memory-backend-file,id=m{node},size={share}M,mem-path={name},share=on"
        first = node * options.cpus // options.nodes
        last = (node + 1) * options.cpus // options.nodes - 1
        arguments += ["-object", backend, "-numa", f"node,nodeid={node},cpus={first}-{last},memdev=m{node}"]
    return arguments


def accelerator(options: argparse.Namespace) -> list[str]:
    if options.icount:
        return ["-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off"]
    return ["-accel", "tcg,thread=multi"]


def kernel_parameters(options: argparse.Namespace) -> str:
    # TCG's timer check can fail for want of host time; the TSC is as good as its host's.
    # Half of the memory is movable, as administrators are advised: otherwise luck decides which blocks Linux can let go.
    words = ["console=ttyS0", "no_timer_check", "panic=-1", "tsc=reliable", "random.trust_cpu=on", "movablecore=50%"]
    if options.icount:
        words.append("maxcpus=1")  # QEMU 7.2 starves the second CPU's start under -icount; the module starts it itself
    return " ".join(words + options.append)


def streams(fds: dict[str, int], terminal: bool) -> list[str]:
    arguments = ["-device", "virtio-serial-pci,max_ports=8"]
    for port in PORTS:
        arguments += ["-chardev", f"socket,id={port},fd={fds[port]}", "-device", f"virtserialport,chardev={port},name={port}"]
    if terminal:
        arguments += ["-chardev", "stdio,id=terminal,signal=off", "-serial", "chardev:terminal"]
    return arguments


def command(options: argparse.Namespace, kernel: Path, initramfs: Path, job: Path, log: Path, fds: dict[str, int]) -> list[str]:
    arguments = ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-cpu", options.cpu, "-no-reboot"]
    arguments += accelerator(options) + memory(options)
    arguments += ["-device", "pvpanic", "-action", "panic=exit-failure", "-serial", f"file:{log}"]
    arguments += ["-kernel", str(kernel), "-initrd", str(initramfs), "-append", kernel_parameters(options)]
    arguments += ["-virtfs", "local,path=/,mount_tag=rootfs,security_model=none,readonly=on,multidevs=remap"]
    arguments += ["-virtfs", f"local,path={str(job).replace(',', ',,')},mount_tag=job,security_model=none"]
    arguments += streams(fds, options.terminal)
    if options.qmp:
        arguments += ["-qmp", f"unix:{options.qmp},server=on,wait=off"]
    return arguments
