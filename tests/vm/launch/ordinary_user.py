# SPDX-License-Identifier: MIT
"""Who has no privileges at all: no capability, no group, no device, a container with little in it, and limits."""
import os
import resource
import shutil
import stat
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from world import HERE, case, same

NOBODY, SOMEBODY = 65534, 65533
MIB = 1 << 20


def installed(world):
    """A copy of what an isle in QEMU needs, where every user can read it: the path of its proxy."""
    place, stage = world.folder / "hermit", Path(world.proxy).parents[1]
    if not place.exists():
        world.folder.chmod(0o755)
        for name in ("bin/proxy", "lib/skellig/monitor.elf"):
            (place / name).parent.mkdir(parents=True)
            shutil.copy(stage / name, place / name)
        shutil.copy(HERE / "container", world.folder)
    return str(place / "bin/proxy")


def without_privileges(user=NOBODY):
    """The beginning of a command line; whoever is not root has none to give up."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"]


def run(world, command, variables={}, **options):
    return subprocess.run(command, env=world.environment(world.first_choice | variables), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, **options)


def device_for(world):
    """Stands for /dev/kvm: one that every user may open, or one that none may. None: it cannot be made here."""
    device = world.folder / "kvm"
    try:
        if world.kvm:
            os.mknod(device, stat.S_IFCHR, os.stat("/dev/kvm").st_rdev)
        else:
            device.touch()
    except OSError:
        return None
    device.chmod(0o666 if world.kvm else 0)
    return device


@case
def user_without_privileges(world):
    """Root becomes one, with a /dev/kvm made for the case; anybody else is one already."""
    prefix, usable = without_privileges(), os.access("/dev/kvm", os.R_OK | os.W_OK)
    if prefix and Path("/dev/kvm").exists():
        device, usable = device_for(world), world.kvm
        if not device:
            return print("not run: no other /dev/kvm can be made here")
        prefix = ["unshare", "--mount", "sh", "-ec", 'mount --bind "$1" /dev/kvm; shift; exec "$@"', "sh", str(device), *prefix]
    command = [*prefix, installed(world), world.subject]
    done = run(world, [*command, "exit", "7"], {"HERMIT_KVM": None, "HERMIT_VERBOSE": "1" if usable else None})
    same(done.returncode, 7)
    lines = done.stderr.splitlines()
    if usable:
        assert "proxy: running in QEMU with KVM" in lines, done.stderr
    else:
        assert len(lines) == 1 and "running in QEMU with TCG (/dev/kvm: " in lines[0], done.stderr
    same(run(world, [*command, "show", "a"]).stdout.splitlines()[1:], ["1:show", "2:a"])


@case
def container_without_devices(world):
    """More memory than /dev/shm holds, used to the last page; one line says where it runs."""
    if run(world, [*without_privileges(), "unshare", "--user", "--map-root-user", "true"]).returncode:
        return print("not run: this user may have no namespaces")
    installed(world)
    prefix = [*without_privileges(), str(world.folder / "container"), str(world.folder)]
    seen = run(world, [*prefix, "sh", "-c", "ls /dev /tmp; df --output=size /dev/shm; grep CapEff /proc/self/status; ls /proc | grep -c '^[0-9]'"])
    assert "kvm" not in seen.stdout and "skellig" not in seen.stdout and "65536" in seen.stdout and "CapEff:\t0000000000000000" in seen.stdout, seen
    done = run(world, [*prefix, "hermit/bin/proxy", "./subject", "fill", "200"], {"HERMIT_ISLE": None, "HERMIT_KVM": None, "HERMIT_MEM": "256M"})
    same((done.returncode, done.stdout), (0, "200 MiB\n"))
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and "/dev/skellig" in lines[0] and "TCG (/dev/kvm: " in lines[0], done.stderr


def is_refused(world, words, command, **options):
    """With exit status 125 and a hint, before any QEMU starts."""
    mark, qemu = world.folder / "started", world.folder / "qemu"
    qemu.write_text(f"#!/bin/sh\n: >{mark}\n")
    qemu.chmod(0o755)
    done = run(world, command, {"HERMIT_MEM": "256M", "HERMIT_QEMU": str(qemu)}, **options)
    assert done.returncode == 125 and done.stdout == "" and "\nhint: " in done.stderr and all(word in done.stderr for word in words), done
    assert not mark.exists(), done.stderr


@case
def limits_of_a_process(world):
    for limit, most, words in [(resource.RLIMIT_AS, 8192 * MIB, ["address space", "8 GiB", "ulimit -v"]),
                               (resource.RLIMIT_FSIZE, 16 * MIB, ["guest memory", "ulimit -f"])]:
        is_refused(world, words, world.command("exit", 3), preexec_fn=lambda: resource.setrlimit(limit, (most, most)))


def remove(group, seconds=20):
    """A QEMU that has been killed may take a moment to be gone."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return group.rmdir()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def control_group():
    """(The group's folder, the file of its limit); None where no group for memory can be made."""
    for mount, limit in [("/sys/fs/cgroup", "memory.max"), ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")]:
        group = Path(mount) / f"skellig-test-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            if (group / limit).exists():
                yield group, group / limit
                return
        finally:
            remove(group)
    yield None


@case
def limit_of_a_control_group(world):
    with control_group() as found:
        if not found:
            return print("not run: no control group for memory can be made here")
        group, limit = found
        inside = ["sh", "-ec", 'echo $$ >"$0/cgroup.procs"; exec "$@"', str(group)]
        limit.write_text(str(128 * MIB))
        is_refused(world, ["control group", group.name, "HERMIT_MEM"], [*inside, *world.command("exit", 3)])
        limit.write_text(str(512 * MIB))
        same(run(world, [*inside, *world.command("fill", 200)], {"HERMIT_MEM": "256M"}).stdout, "200 MiB\n")
