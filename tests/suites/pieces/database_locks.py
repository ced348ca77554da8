# SPDX-License-Identifier: MIT
"""A database that this process has locked is locked for SQLite's shell, and free afterwards. usage: database_locks.py SHELL..."""
import sqlite3
import subprocess
import sys


def insert() -> subprocess.CompletedProcess:
    return subprocess.run([*sys.argv[1:], "x.db", "INSERT INTO t VALUES(1)"], stderr=subprocess.PIPE, text=True)


base = sqlite3.connect("x.db", isolation_level=None)
base.execute("CREATE TABLE t(a)")
base.execute("BEGIN EXCLUSIVE")
refused = insert()
base.execute("COMMIT")
if refused.returncode == 0 or "database is locked" not in refused.stderr:
    sys.exit(f"not refused: {refused}")
taken = insert()
if taken.returncode != 0 or base.execute("SELECT count(*) FROM t").fetchone() != (1,):
    sys.exit(f"refused: {taken}")
