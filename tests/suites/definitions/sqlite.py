# SPDX-License-Identifier: MIT
"""SQLite by configure and make, which run the host's tclsh. speedtest1, threadtest3, fuzzcheck on a part of its data, and the shell.

At -O1, since each of its programs compiles all of SQLite anew.

What speedtest1 computes is hashed, and the hash is that of Linux. Databases that an isle wrote are checked by an isle and by the host.
The tests written in Tcl are left out.
"""
import re
from pathlib import Path

from package import Package, Test, test

BUILD = """
CFLAGS=-O1 $SOURCE/configure $HOST --disable-tcl --disable-shared
make sqlite3 speedtest1 threadtest3 fuzzcheck
"""
THREADTEST3 = ("walthread1", "walthread2", "walthread3", "walthread4", "walthread5", "cgt_pager_1", "dynamic_triggers", "checkpoint_starvation_1",
               "checkpoint_starvation_2", "create_drop_index_1", "lookaside1", "vacuum1", "stress1", "stress2", "shared1")
SPEEDTEST1 = {
    "main": "",
    "cte": "--testset cte",
    "fp": "--testset fp",
    "orm": "--testset orm",
    "main in memory": "--memdb",
    "main, threads sort": "--multithread --threads 2",
    "main without rowid": "--without-rowid",
    "main in UTF-16": "--utf16be --nosync",
    "main with autovacuum": "--autovacuum --journal truncate",
    "main with a log": "--journal wal",
    "main with a log, alone": "--journal wal --exclusive",
}
FUZZED = ("fuzzdata4.db", "fuzzdata6.db", "fuzzdata8.db")  # the others take minutes
HASHES = {"main": "111130 1e792c9db61996c4", "cte": "186 9849fb27689305e1", "fp": "8 6e798592a0afbfd0", "orm": "408505 35f60ec9604b5061"}
CHECK = """/usr/bin/python3 -c "import sqlite3; print(sqlite3.connect('x.db').execute('PRAGMA integrity_check').fetchone()[0])" """
DUMP = """
$SQL x.db 'CREATE TABLE t(a, b);
    WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c WHERE x < 9999) INSERT INTO t SELECT x, printf("%08.3f", x / 7.0) FROM c'
$SQL x.db .dump >dump
$SQL y.db <dump
$SQL y.db .dump | cmp dump -
$SQL y.db 'SELECT sum(a), count(DISTINCT b) FROM t'
"""
BACKUP = """
$SQL x.db 'CREATE TABLE t(a); INSERT INTO t VALUES(42)' '.backup y.db'
$SQL y.db 'SELECT a FROM t'
"""


def hash_of(name: str) -> str:
    return f"Hash: {HASHES[re.match('[a-z]+', name)[0]]}"


def tests(_source: Path) -> list[Test]:
    shell = "SQL=\"$RUN $TREE/sqlite3\"; "
    return [
        *(test(f"speedtest1: {name}", f"$RUN $TREE/speedtest1 --size 1 --verify {words} x.db", hash_of(name), minutes=8)
          for name, words in SPEEDTEST1.items()),
        *(test(f"threadtest3: {name}", f"$RUN $TREE/threadtest3 {name}", "0 errors out of", minutes=6) for name in THREADTEST3),
        *(test(f"fuzzcheck: {name}", f"$RUN $TREE/fuzzcheck $SOURCE/test/{name}", "0 errors", minutes=10) for name in FUZZED),
        test("integrity_check", f"{shell}$RUN $TREE/speedtest1 --size 1 x.db; $SQL x.db 'PRAGMA integrity_check'; {CHECK}", r"ok\nok\n", minutes=8),
        test("shell: a dump and what it makes", shell + DUMP, r"49995000\|9999"),
        test("shell: a backup", shell + BACKUP, "^42$"),
        test("shell: a process keeps it out", "/usr/bin/python3 $PIECES/database_locks.py $RUN $TREE/sqlite3"),
    ]


SUITE = Package("sqlite", "sqlite3", "SQLite", BUILD, tests)
