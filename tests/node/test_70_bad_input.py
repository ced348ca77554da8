# SPDX-License-Identifier: MIT
"""Bad input: each kind has a message of its own and a shell's exit status, and nothing is taken for it."""
from pathlib import Path

import audit
import host
import pytest
from image import Image, PT_LOAD

PROXY = str(host.PREFIX / "bin/proxy")

SPOILT = {
    "not ELF": (lambda image: image.cut(0).data.extend(b"#!/bin/true\n" * 20), "not an ELF file"),
    "empty": (lambda image: image.cut(0), "the file is empty"),
    "cut in the header": (lambda image: image.cut(40), "ELF header is cut off"),
    "OSABI of Linux": (lambda image: image.osabi(3), "EI_OSABI is 0x3"),
    "machine of ARM": (lambda image: image.header("e_machine", 183), "e_machine is 183"),
    "position independent": (lambda image: image.header("e_type", 3), "e_type is 3"),
    "no note": (lambda image: image.without_note(), "no Skellig note"),
    "another revision": (lambda image: image.other_revision(), "ABI revision 4711"),
    "program headers outside": (lambda image: image.header("e_phoff", 1 << 40), "program headers"),
    "no program headers": (lambda image: image.header("e_phnum", 0), "program headers"),
    "entry outside": (lambda image: image.header("e_entry", 0x123), "entry point 0x123"),
    "segment too low": (lambda image: image.set(image.load(0), "p_vaddr", 0x1000), "outside the image range"),
    "segment too high": (lambda image: image.set(image.load(-1), "p_vaddr", 0x10000000000), "outside the image range"),
    "segment wraps": (lambda image: image.set(image.load(-1), "p_memsz", (1 << 64) - 4096), "outside the image range"),
    "segments overlap": (lambda image: image.set(image.load(1), "p_vaddr", image.field(image.load(0), "p_vaddr")), "overlaps"),
    "segment writable and executable": (lambda image: image.set(image.load(0), "p_flags", 7), "writable and executable"),
    "segment outside the file": (lambda image: image.set(image.load(0), "p_offset", 1 << 40), "outside the file"),
    "more in the file than in memory": (lambda image: image.set(image.load(0), "p_memsz", 1), "larger in the file"),
}


def refused(done, status: int, message: str) -> None:
    assert done.returncode == status, done.stderr
    assert message in done.stderr, done.stderr
    assert done.stdout == ""
    assert host.settled()


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_file_is_refused(pool, tmp_path, kind):
    spoil, message = SPOILT[kind]
    image = Image(host.program("hello"))
    assert len(image.segments(PT_LOAD)) >= 2
    spoil(image)
    path = tmp_path / "spoilt"
    path.write_bytes(image.data)
    path.chmod(0o755)
    refused(host.isle(PROXY, path, user=None), 126, message)


def test_a_missing_file_is_refused(pool):
    refused(host.isle(PROXY, "/nonexistent/program"), 127, "No such file or directory")


def test_a_directory_is_refused(pool):
    refused(host.isle(PROXY, "/etc"), 126, "not a regular file")


@pytest.mark.parametrize("variable, value, message", [
    ("HERMIT_CPUS", "64", "64"),
    ("HERMIT_CPUS", "0-0", "CPU 0"),
    ("HERMIT_CPUS", "many", "many"),
    ("HERMIT_MEM", "900G", "900 GiB"),
    ("HERMIT_MEM", "lots", "lots"),
])
def test_more_than_there_is_is_refused(pool, variable, value, message):
    done = host.isle("hello", env={variable: value})
    refused(done, 125, message)
    assert "hint:" in done.stderr


def test_without_the_module_it_says_so(untouched):
    done = host.isle("hello")
    assert done.returncode == 125
    assert host.DEVICE in done.stderr
    assert "hint:" in done.stderr


def test_without_permission_it_says_so(pool):
    done = host.isle("hello", user="nobody")
    refused(done, 125, host.DEVICE)
    assert "skellig" in done.stderr.lower()
    assert "hint:" in done.stderr


def test_an_empty_pool_is_named(module):
    done = host.isle("hello")
    assert done.returncode == 125
    assert "skellig reserve" in done.stderr
    assert audit.text("/sys/devices/system/cpu/online") == "0-3"


def test_more_than_a_control_group_may_have_is_refused():
    """Version 2, as Debian has it; version 1 where tests/vm/launch runs. Nothing is started: QEMU is a program that would not fail."""
    top = Path("/sys/fs/cgroup")
    (top / "cgroup.subtree_control").write_text("+memory")
    group = top / "small"
    group.mkdir()
    try:
        (group / "memory.max").write_text(str(128 << 20))
        inside = ["sh", "-ec", f'echo $$ >{group}/cgroup.procs; exec "$@"', "sh"]
        done = host.run(*inside, PROXY, host.program("hello"), env={"HERMIT_ISLE": "qemu", "HERMIT_MEM": "256M", "HERMIT_QEMU": "true"})
        assert (done.returncode, done.stdout) == (125, "")
        assert "are left in control group /small" in done.stderr and "HERMIT_MEM" in done.stderr, done.stderr
        less = host.run(*inside, PROXY, host.program("hello"), env={"HERMIT_ISLE": "qemu", "HERMIT_MEM": "16M", "HERMIT_QEMU": "true"})
        assert "control group" not in less.stderr and "QEMU ended" in less.stderr, less.stderr
    finally:
        group.rmdir()
        (top / "cgroup.subtree_control").write_text("-memory")
