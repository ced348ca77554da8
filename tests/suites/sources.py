# SPDX-License-Identifier: MIT
"""The sources that the suites are in: Debian's, fetched as the toolchain fetches its own, unpacked once into the cache."""
import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from platforms import TOP

CACHE = Path(os.environ.get("SKELLIG_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "skellig")
PLACE = CACHE / "suites/sources"
# What is taken out of large packages: gcc's tests lie in a tarball inside of Debian's.
GCC_PARTS = ["gcc/testsuite", "libgomp", "libstdc++-v3/testsuite", "include"]
WANTED = {"gcc-12": GCC_PARTS, "newlib": ["newlib/testsuite", "newlib/libc"],
          "llvm-toolchain-19": ["openmp"]}


def tarball(package: str) -> Path:
    return Path(subprocess.run([TOP / "toolchain/fetch-source", package], check=True, stdout=subprocess.PIPE, text=True).stdout.strip())


def unpack(package: str, archive: Path, folder: Path) -> None:
    inner = f"tar -xOf {archive} --wildcards '*/gcc-*.tar.xz' | xz -dc" if package == "gcc-12" else f"{'xz' if archive.suffix == '.xz' else 'gzip'} -dc {archive}"
    parts = " ".join(f"'*/{part}'" for part in WANTED[package])
    command = f"set -o pipefail; {inner} | tar -x -C {folder} --strip-components=1 --no-wildcards-match-slash --wildcards {parts}"
    subprocess.run(["bash", "-c", command], check=True)


def folder(package: str) -> Path:
    """Where the package's parts are, or all of it, as its authors published it."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / f"{package}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        archive = tarball(package)
        made = PLACE / archive.name.partition(".orig")[0]
        if not made.exists():
            fresh = made.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            if package in WANTED:
                fresh.mkdir()
                unpack(package, archive, fresh)
            else:
                subprocess.run([TOP / "toolchain/fetch-source", "--upstream", package, fresh], check=True)
            fresh.rename(made)
        return made
