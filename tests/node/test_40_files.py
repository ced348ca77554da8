# SPDX-License-Identifier: MIT
"""Real input: files, directories and pipes of Linux read and written by isles."""
import hashlib
import os
from pathlib import Path

import host
import pytest

COUNT_WORDS = """
local counts, lines, words = {}, 0, 0
for line in io.lines(arg[1]) do
  lines = lines + 1
  for word in line:gmatch("%a+") do
    words = words + 1
    counts[word] = (counts[word] or 0) + 1
  end
end
local names = {}
for name in pairs(counts) do names[#names + 1] = name end
table.sort(names)
local out = assert(io.open(arg[2], "w"))
out:write(lines, " lines ", words, " words\\n")
for _, name in ipairs(names) do out:write(name, " ", counts[name], "\\n") end
out:close()
os.exit(7)
"""
VOCABULARY = "hermit rock isle sea gull monk stone cell boat storm tide prayer".split()
TEXT_SIZE = (64 if host.FULL else 8) << 20


@pytest.fixture
def place(tmp_path_factory):
    """A directory of the ordinary user's."""
    path = Path("/home/hermit/work")
    path.mkdir(exist_ok=True)
    os.chown(path, os.stat("/home/hermit").st_uid, os.stat("/home/hermit").st_gid)
    yield path
    host.must("rm", "-r", path)


def write_text(path: Path, size: int) -> None:
    words = [VOCABULARY[(index * index + 3 * index) % len(VOCABULARY)] for index in range(997)]
    block = "".join(" ".join(words[start:start + 11]) + "\n" for start in range(0, 997, 11)).encode()
    with path.open("wb") as out:
        while out.tell() < size:
            out.write(block)


def test_lua_counts_words_as_linux_does(pool, place):
    text, script = place / "text", place / "count.lua"
    write_text(text, TEXT_SIZE)
    script.write_text(COUNT_WORDS)
    isle = host.isle("lua", script, text, place / "isle", timeout=600)
    linux = host.run("lua5.4", script, text, place / "linux", timeout=600)
    assert (isle.returncode, isle.stdout, isle.stderr) == (linux.returncode, linux.stdout, linux.stderr)
    assert isle.returncode == 7
    assert (place / "isle").read_bytes() == (place / "linux").read_bytes()
    assert os.stat(place / "isle").st_uid == os.stat(place).st_uid


def test_walks_a_directory_tree_as_find_does(pool, place):
    for name in ["a", "a/b", "a/b/c", "d"]:
        (place / name).mkdir()
    for index in range(40):
        (place / f"a/b/file{index}").write_bytes(b"x" * index * 100)
    (place / "d/link").symlink_to("../a/b/file3")
    isle = host.isle("walk", place)
    linux = host.must("find", place, "-printf", "%p %y %s\n")
    assert isle.returncode == 0, isle.stderr
    assert sorted(isle.stdout.splitlines()) == sorted(linux.splitlines())


def test_stands_in_a_pipe(pool):
    done = host.run("bash", "-c", f"set -o pipefail; printf 'b\\na\\n' | {host.program('upcase')} | sort", user=host.USER, env=host.METAL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "A\nB\n", "")


def test_carries_binary_data_unchanged(pool, place):
    data = os.urandom(3 << 20)
    (place / "in").write_bytes(data)
    done = host.run("sh", "-c", f"{host.program('cat')} <in >out", cwd=place, user=host.USER, env=host.METAL)
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256((place / "out").read_bytes()).digest() == hashlib.sha256(data).digest()


def test_acts_with_the_rights_of_the_user(pool, place):
    secret = place / "secret"
    secret.write_text("root's own")
    secret.chmod(0o600)
    done = host.isle("cat", secret)
    assert done.returncode != 0
    assert "Permission denied" in done.stderr
    assert done.stdout == ""
