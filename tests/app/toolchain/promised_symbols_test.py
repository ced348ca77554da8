# SPDX-License-Identifier: MIT
"""libos and malloc have every function that the C++, Fortran and OpenMP libraries were configured to find in it."""
import pathlib
import subprocess
import unittest

from support import STAGE

NAMES = pathlib.Path(__file__).resolve().parents[3] / "toolchain/recipes/libos.symbols"


class PromisedSymbols(unittest.TestCase):
    def test_are_all_there(self):
        libraries = [f"{STAGE}/x86_64-hermit/lib/lib{name}.a" for name in ("hermit", "malloc")]
        found = subprocess.run([f"{STAGE}/bin/x86_64-hermit-nm", "-g", "--defined-only", *libraries],
                               check=True, capture_output=True, text=True).stdout
        defined = {line.split()[-1] for line in found.splitlines() if len(line.split()) == 3}
        self.assertEqual(set(NAMES.read_text().split()) - defined, set())


if __name__ == "__main__":
    unittest.main()
