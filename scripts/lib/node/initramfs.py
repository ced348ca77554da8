# SPDX-License-Identifier: MIT
"""The node's initramfs: busybox, the modules that reach the root file system, two scripts. Kept in the cache by content."""
import gzip
import hashlib
import lzma
import stat
from pathlib import Path

GUEST = Path(__file__).parent / "guest"
BUSYBOX = Path("/bin/busybox")
MODULES = ["virtio_pci", "virtio_console", "9pnet_virtio", "9p", "overlay", "pvpanic-mmio"]


def module_order(modules: Path) -> list[str]:
    """Paths of the modules to insert, dependencies first; what is built in is not among them."""
    depends = {}
    for line in (modules / "modules.dep").read_text().splitlines():
        path, _, needs = line.partition(":")
        depends[Path(path).name.split(".")[0]] = (path, needs.split())
    order: list[str] = []
    for name in MODULES:
        if name in depends:
            path, needs = depends[name]
            order += [entry for entry in [*reversed(needs), path] if entry not in order]
    return order


def module_bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def cpio_entry(name: str, mode: int, data: bytes, inode: int) -> bytes:
    """One member of a `newc` archive."""
    encoded = name.encode() + b"\0"
    fields = [inode, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0]
    header = b"070701" + b"".join(b"%08x" % field for field in fields)
    entry = header + encoded
    entry += b"\0" * (-len(entry) % 4)
    return entry + data + b"\0" * (-len(data) % 4)


def archive(members: dict[str, bytes | None]) -> bytes:
    """A directory where the content is None, else an executable file."""
    out = b""
    for inode, (name, data) in enumerate(members.items(), 1):
        kind = stat.S_IFDIR if data is None else stat.S_IFREG
        out += cpio_entry(name, kind | 0o755, data or b"", inode)
    return out + cpio_entry("TRAILER!!!", 0, b"", 0)


def build(kernel_root: Path, release: str, cache: Path) -> Path:
    modules = kernel_root / "lib/modules" / release
    order = module_order(modules)
    members: dict[str, bytes | None] = {"bin": None, "modules": None, "bin/busybox": BUSYBOX.read_bytes()}
    for script in ["init", "session", "on-uevent"]:
        members[script] = (GUEST / script).read_bytes()
    for path in order:
        members[f"modules/{Path(path).name.split('.')[0]}.ko"] = module_bytes(modules / path)
    members["modules/order"] = "\n".join(f"{Path(path).name.split('.')[0]}.ko" for path in order).encode()

    plain = archive(members)
    result = cache / f"initramfs-{hashlib.sha256(plain).hexdigest()[:16]}.gz"
    if not result.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = result.with_suffix(".part")
        part.write_bytes(gzip.compress(plain, 1, mtime=0))
        part.replace(result)
    return result
