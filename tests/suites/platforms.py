# SPDX-License-Identifier: MIT
"""Where tests are built for and run: an isle in QEMU, and a process of Linux."""
import contextlib
import functools
import hashlib
import os
import re
import signal
import subprocess
from pathlib import Path

from case import Outcome, Run

TOP = Path(__file__).resolve().parents[2]
STAGE = Path(os.environ.get("SKELLIG_STAGE") or TOP / "build/hermit")
COMPILER = {"c": "gcc", "c++": "g++", "fortran": "gfortran", "clang": "clang", "clang++": "clang++"}
VERSION = os.environ.get("SKELLIG_GCC_VERSION") or "12"
CLANG_VERSION = os.environ.get("SKELLIG_CLANG_VERSION") or "14"
OUTPUT_LIMIT = 1 << 20
# gcc's suites want messages as they are in C; what configure and make would take from the environment is the user's own.
FORGOTTEN = ("LANG", "LC_ALL", "LANGUAGE", "CFLAGS", "CXXFLAGS", "FFLAGS", "CPPFLAGS", "LDFLAGS", "LIBS", "CONFIG_SITE", "MAKEFLAGS")
# What results depend on; programs, kernel modules and the like are staged, too.
STAGED = ["bin", "libexec", "lib/hermit", "lib/skellig/monitor.bin", "x86_64-hermit/include", "x86_64-hermit/overlay", "x86_64-hermit/lib"]


def without_report(output: str) -> tuple[str, str]:
    """What the program printed, without what the proxy says of it; and the functions that a crash was in, innermost first."""
    kept, functions = [], []
    for line in output.splitlines(keepends=True):
        if frame := re.match(r"  #\d+ +[0-9a-f]{16}(?: (.+)\+0x)?", line):
            functions += [frame[1]] if frame[1] else []
        elif not line.startswith("proxy: ") and not re.match(r"  (\w\w| r\d|\w{3}) +[0-9a-f]{16}", line):
            kept.append(line)
    own = [name for name in functions if not name.startswith(("skl", "libos::"))]
    return "".join(kept), " < ".join(own[:4])


class NotBuilt(Exception):
    """There is no toolchain to test."""


class Stopped(Exception):
    """The user has had enough."""


class Processes:
    """All that run now; they are in groups of their own, so an interrupt at the keyboard does not reach them."""

    def __init__(self):
        self.live: set[subprocess.Popen] = set()
        self.stopped = False

    @contextlib.contextmanager
    def started(self, command: list[str], **options):
        if self.stopped:
            raise Stopped
        process = subprocess.Popen(command, start_new_session=True, **options)
        self.live.add(process)
        try:
            yield process
        finally:
            self.live.discard(process)
        if self.stopped:
            raise Stopped  # what came of it means nothing

    def stop(self) -> None:
        self.stopped = True
        for process in list(self.live):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


PROCESSES = Processes()


def patience() -> float:
    """How much longer things may take because the machine has other work, too."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def run(command: list, folder: Path, timeout: float, environment: dict[str, str]) -> Outcome:
    """In a process group of its own, which is gone afterwards."""
    inherited = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
    timed_out = False
    with PROCESSES.started([str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, env={**inherited, "LC_ALL": "C", **environment}) as process:
        try:
            output, _ = process.communicate(timeout=timeout * patience())
        except subprocess.TimeoutExpired:
            timed_out = True
            output = end(process)
    code = -signal.SIGKILL if process.returncode is None else process.returncode
    status = code if code >= 0 else 128 - code
    return Outcome(status, output[:OUTPUT_LIMIT].decode(errors="replace"), timed_out)


def end(process: subprocess.Popen) -> bytes:
    """Politely, so that a proxy ends its machine; then by force. What it printed."""
    for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        try:
            return process.communicate(timeout=patience)[0]
        except subprocess.TimeoutExpired:
            continue
    return b""


def digest_of(parts: list[bytes]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(hashlib.sha256(part).digest())
    return sha.hexdigest()[:16]


def version_of(compiler: list[str]) -> bytes:
    return subprocess.run([*compiler, "--version"], check=True, capture_output=True).stdout


class Linux:
    name = "Linux"
    timeout = 60.0

    def compiler(self, language: str) -> list[str]:
        return [f"{COMPILER[language]}-{CLANG_VERSION if 'clang' in language else VERSION}"]

    def tools(self) -> dict[str, str]:
        """What makefiles and configure scripts know tools and options by."""
        names = {"CC": "gcc", "CXX": "g++", "FC": "gfortran"}
        own = {variable: f"{name}-{VERSION}" for variable, name in names.items()}
        cmake = f"-DCMAKE_C_COMPILER={own['CC']} -DCMAKE_CXX_COMPILER={own['CXX']} -DCMAKE_Fortran_COMPILER={own['FC']}"
        return {**own, "AR": "ar", "RANLIB": "ranlib", "HOST": "", "CMAKE": cmake, "RUN": ""}

    def command(self, command: list, environment: dict[str, str], folder: Path, timeout: float) -> Outcome:
        return run(command, folder, timeout, environment)

    def run(self, program: Path, call: Run, folder: Path, timeout: float | None = None) -> Outcome:
        return self.command([program, *call.arguments], dict(call.environment), folder, timeout or self.timeout)

    @functools.cached_property
    def digest(self) -> str:
        """Of the compiler, the C library and the machine: the same tests give the same results while these are the same."""
        return digest_of([version_of(self.compiler("c")), os.confstr("CS_GNU_LIBC_VERSION").encode()])

    @functools.cached_property
    def compiler_digest(self) -> str:
        return digest_of([version_of(self.compiler(language)) for language in COMPILER])


class Isle:
    """QEMU with KVM where there is one. Two CPUs: suites of threads want more than one, and the machines that run this have few."""
    name = "isle"
    # Some tests make more than a hundred threads, whose stacks an isle has in full.
    place = {"HERMIT_ISLE": "qemu", "HERMIT_CPUS": "2", "HERMIT_MEM": "2G"}

    def __init__(self):
        self.accelerated = os.access("/dev/kvm", os.W_OK) and os.environ.get("HERMIT_KVM") != "0"
        self.timeout = 60.0 if self.accelerated else 180.0

    def compiler(self, language: str) -> list[str]:
        return [str(STAGE / "bin" / f"x86_64-hermit-{COMPILER[language]}")]

    def tool(self, name: str) -> str:
        return str(STAGE / "bin" / f"x86_64-hermit-{name}")

    def tools(self) -> dict[str, str]:
        """As those name them who build for isles: the stage is in their PATH."""
        names = {"CC": "gcc", "CXX": "g++", "FC": "gfortran", "AR": "ar", "RANLIB": "ranlib"}
        own = {variable: f"x86_64-hermit-{name}" for variable, name in names.items()}
        cmake = f"-DCMAKE_TOOLCHAIN_FILE={STAGE}/lib/hermit/cmake/hermit.cmake"
        return {**own, "HOST": "--host=x86_64-hermit", "CONFIG_SITE": f"{STAGE}/x86_64-hermit/share/config.site", "CMAKE": cmake,
                "RUN": f"{STAGE}/bin/proxy", "PATH": f"{STAGE}/bin:{os.environ['PATH']}"}

    def command(self, command: list, environment: dict[str, str], folder: Path, timeout: float) -> Outcome:
        """A command that runs programs on isles."""
        outcome = run(command, folder, timeout, {**self.place, **environment})
        outcome.output, outcome.crashed_in = without_report(outcome.output)
        return outcome

    def run(self, program: Path, call: Run, folder: Path, timeout: float | None = None) -> Outcome:
        return self.command([STAGE / "bin/proxy", program, *call.arguments], dict(call.environment), folder, timeout or self.timeout)

    @functools.cached_property
    def digest(self) -> str:
        """Of the toolchain with libos, of the proxy and the monitor, and of the way it is run."""
        if missing := [name for name in ("bin/proxy", "x86_64-hermit/lib/libhermit.a", "lib/skellig/monitor.bin") if not (STAGE / name).exists()]:
            raise NotBuilt(f"{STAGE}/{missing[0]}: not there; scripts/build makes it, SKELLIG_STAGE may name another stage")
        files = [path for name in STAGED for path in sorted([STAGE / name, *(STAGE / name).rglob("*")]) if path.is_file()]
        named = [data for path in files for data in (str(path.relative_to(STAGE)).encode(), path.read_bytes())]
        return digest_of([str(self.accelerated).encode(), repr(self.place).encode(), *named])

    @functools.cached_property
    def compiler_digest(self) -> str:
        """With the stage's place, since that is where the headers are found again."""
        drivers = [STAGE / "bin" / f"x86_64-hermit-{name}" for name in COMPILER.values()]
        files = [*drivers, *sorted((STAGE / "lib/hermit").glob("*.specs")), *sorted((STAGE / "lib/hermit").glob("*.cfg"))]
        return digest_of([str(STAGE).encode(), Linux().compiler_digest.encode(), *(path.read_bytes() for path in files)])


class Metal(Isle):
    """Lent cores of the machine that this runs on."""
    name = "metal"

    def __init__(self, cpus: str):
        super().__init__()
        self.place = {"HERMIT_ISLE": "1", "HERMIT_CPUS": cpus}
