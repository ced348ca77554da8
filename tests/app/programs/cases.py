# SPDX-License-Identifier: MIT
"""What the programs are called with, where that is more than their name."""

import pathlib

SOURCE = pathlib.Path(__file__).resolve().parents[3]

CASES = {
    "hello": [([], b"", {}), (["you"], b"", {})],
    "argv_env": [(["a b", "", "c"], b"", {"APP_FIRST": "1", "APP_SECOND": "two words", "APP_EMPTY": ""})],
    "argv_envp": [([], b"", {}), (["a b", "", "c"], b"", {"APP_FIRST": "1", "APP_SECOND": "two words", "APP_EMPTY": ""})],
    "exit_code": [([code], b"", {}) for code in ("0", "1", "42", "255", "256")],
    "abort": [([], b"", {}), (["TERM"], b"", {}), (["USR2"], b"", {})],
    "locales": [([], b"", {}), (["wide"], b"", {})],
    "self": [(["a b", "", "c"], b"", {"APP_GIVEN": "a b"})],
    "upcase": [([], b"", {}), ([], b"a\nb\n", {}), ([], b"some text without end " * 20000, {})],
    "walk": [([str(SOURCE / "docs")], b"", {}), ([str(SOURCE / "kmod")], b"", {}), (["/nowhere"], b"", {})],
    "openmp_places": [([], b"", variables) for variables in (
        {}, {"OMP_NUM_THREADS": "5"}, {"OMP_PROC_BIND": "false"},
        {"OMP_PLACES": "threads", "OMP_PROC_BIND": "close"}, {"OMP_PLACES": "threads", "OMP_PROC_BIND": "spread"},
        {"OMP_PLACES": "threads", "OMP_PROC_BIND": "master"}, {"OMP_PLACES": "cores", "OMP_PROC_BIND": "close"},
        {"OMP_PLACES": "{0}", "OMP_PROC_BIND": "close"})],
}
USUAL = [([], b"", {})]


def cases_of(program):
    """A list of (arguments, standard input, environment)."""
    return CASES.get(program, USUAL)
