# SPDX-License-Identifier: MIT
"""What the toolchain tests share: the staged tree, running its tools, and what must be true of an image it linked."""
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
STAGE = pathlib.Path(os.environ.get("SKELLIG_STAGE", PROJECT / "build/hermit")).resolve()

# The environment of a careless host: each of these would bring its libraries or headers in.
CARELESS = {
    "LIBRARY_PATH": "/usr/lib/x86_64-linux-gnu:/lib/x86_64-linux-gnu",
    "CPATH": "/usr/include:/usr/include/x86_64-linux-gnu",
    "C_INCLUDE_PATH": "/usr/include",
    "COMPILER_PATH": "/usr/bin",
}

IN_QEMU = {"HERMIT_ISLE": "qemu", "HERMIT_CPUS": "1", "HERMIT_MEM": "128M"}


def tool(name):
    return str(STAGE / "bin" / f"x86_64-hermit-{name}")


def run(*command, cwd=None, env=None, check=True):
    """Output of a command, which must succeed; the test fails with all it said otherwise."""
    environment = {**os.environ, **CARELESS, "PATH": f"{STAGE}/bin:{os.environ['PATH']}", "LC_ALL": "C", **(env or {})}
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if check and done.returncode != 0:
        raise AssertionError(f"{command} gave {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout if check else done


def run_isle(program, *arguments):
    """What a program says as an isle in QEMU; what the proxy says on stderr is shown when it fails."""
    done = subprocess.run([STAGE / "bin/proxy", program, *arguments], env={**os.environ, **IN_QEMU}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise AssertionError(f"{program} gave {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def segments_of(image):
    """The program headers, each a tuple of the fields of Elf64_Phdr in their order."""
    at, = struct.unpack_from("<Q", image, 32)
    size, count = struct.unpack_from("<HH", image, 54)
    return [struct.unpack_from("<IIQQQQQQ", image, at + i * size) for i in range(count)]


class ToolchainTest(unittest.TestCase):
    def setUp(self):
        if not (STAGE / "x86_64-hermit/lib/libhermit.a").exists():
            self.fail(f"no toolchain in {STAGE}\nhint: run scripts/build first")
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="skellig-toolchain."))
        self.addCleanup(shutil.rmtree, self.work)

    def project(self, name):
        """A fresh copy of a project, since a build writes beside its sources."""
        return shutil.copytree(HERE / name, self.work / name)

    def assert_only_ours(self, dependency_file):
        """Every input of a link or a compilation, as the tool itself lists them, is the project's, ours or a compiler's own header."""
        compilers = [pathlib.Path(run(tool("gcc"), "-print-file-name=include").strip()),
                     pathlib.Path(run(tool("clang"), "-print-resource-dir").strip())]
        listed = dependency_file.read_text().replace("\\\n", " ").split("\n\n")[0].split()[1:]
        self.assertTrue(listed)
        for path in map(pathlib.Path, listed):
            if path.is_absolute():
                path = pathlib.Path(os.path.normpath(path))
                self.assertTrue(any(path.is_relative_to(home) for home in (STAGE, self.work, *compilers, "/tmp")),
                                f"{path} is the host's")

    def assert_image(self, path):
        """What the proxy asks of an image, read from the file and not from a tool's opinion of it."""
        image = path.read_bytes()
        self.assertEqual(image[:7], b"\x7fELF\x02\x01\x01")
        self.assertEqual(image[7], 0x42, "EI_OSABI")
        kind, machine, _, entry = struct.unpack_from("<HHIQ", image, 16)
        self.assertEqual((kind, machine), (2, 62), "ET_EXEC for x86-64")
        segments = segments_of(image)
        loads = [segment for segment in segments if segment[0] == 1]
        self.assert_loads(loads, entry)
        self.assertNotIn(2, [segment[0] for segment in segments], "PT_DYNAMIC")
        self.assertNotIn(3, [segment[0] for segment in segments], "PT_INTERP")
        self.assertIn(("Skellig", 1, struct.pack("<II", self.abi_revision(), 0)), self.notes(image, segments))
        self.assertNotIn(" U ", run(tool("nm"), path), "undefined symbols")

    def assert_loads(self, loads, entry):
        self.assertEqual(min(load[3] for load in loads), 0x800000, "SKL_IMAGE_BASE")
        owners = {}
        for _, flags, offset, address, _, _, size, _ in loads:
            self.assertNotEqual(flags & 3, 3, "a segment is writable and executable")
            self.assertEqual(offset % 4096, address % 4096)
            for page in (address // 4096, (address + size - 1) // 4096):
                self.assertEqual(owners.setdefault(page, flags), flags, "segments of different rights share a page")
            if offset == 0:
                self.assertEqual(flags, 4, "the ELF headers are read-only")
        self.assertTrue(any(flags & 1 and address <= entry < address + size for _, flags, _, address, _, _, size, _ in loads))

    @staticmethod
    def notes(image, segments):
        found = []
        for kind, _, offset, _, _, size, _, align in segments:
            end = offset + size
            while kind == 4 and offset + 12 <= end:
                assert align == 4, "notes are aligned to 4"
                name_size, size_, type_ = struct.unpack_from("<III", image, offset)
                name = image[offset + 12:offset + 12 + name_size].rstrip(b"\0").decode()
                offset += 12 + (name_size + 3) // 4 * 4
                found.append((name, type_, image[offset:offset + size_]))
                offset += (size_ + 3) // 4 * 4
        return found

    @staticmethod
    def abi_revision():
        for line in (PROJECT / "kmod/include/uapi/skellig/abi.h").read_text().splitlines():
            if line.startswith("#define SKL_ABI_REVISION"):
                return int(line.split()[2].rstrip("u"))
        raise AssertionError("abi.h names no revision")
