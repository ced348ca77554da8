# SPDX-License-Identifier: MIT
"""Options of gcc that link libraries of its own."""
import subprocess

from world import case, same

UNDEFINED = """
#include <limits.h>
int main(int count, char **arguments)
{
	volatile int most = INT_MAX;
	volatile int shift = 39 + count;
	most += count;
	return (1 << shift) * 0;
}
"""
ATOMIC = """
#include <stdatomic.h>
#include <stdio.h>
struct pair { long first, second; };
struct large { long words[5]; };
_Atomic struct pair pair;
_Atomic struct large large;
int main(void)
{
	struct pair before = { 1, 2 }, seen;
	struct large value = { { 1, 2, 3, 4, 5 } };
	atomic_store(&pair, before);
	seen = atomic_load(&pair);
	atomic_store(&large, value);
	printf("%ld %ld %ld\\n", seen.first, seen.second, atomic_load(&large).words[4]);
	return 0;
}
"""


def built(world, name, text, *options):
    source, program = world.folder / f"{name}.c", world.folder / name
    source.write_text(text)
    subprocess.run([world.gcc, "-O1", source, "-o", program, *options], check=True, cwd=world.folder)
    return str(program)


@case
def undefined_behaviour_is_told(world):
    done = world.run(program=built(world, "undefined", UNDEFINED, "-fsanitize=undefined"))
    assert "undefined.c:7:7: runtime error: signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'" in done.stderr, done.stderr
    assert "runtime error: shift exponent 40 is too large for 32-bit type 'int'" in done.stderr, done.stderr
    same(done.returncode, 0)


@case
def coverage_is_counted(world):
    program = built(world, "covered", ATOMIC, "--coverage", "-latomic")
    for _ in range(2):  # the second run adds to the first one's counts
        same(world.run(program=program, cwd=world.folder).stdout, "1 2 5\n")
    subprocess.run(["gcov-12", "covered"], check=True, cwd=world.folder, stdout=subprocess.DEVNULL)
    lines = (world.folder / "covered.c.gcov").read_text().splitlines()
    same([line.split(":")[0].strip() for line in lines if "atomic_store(&pair" in line], ["2"])


@case
def large_atomic_objects(world):
    same(world.run(program=built(world, "atomic", ATOMIC, "-latomic")).stdout, "1 2 5\n")


@case
def a_profile_is_made_and_used(world):
    options = ["-O2", "-latomic", "-Wmissing-profile", "-Werror"]
    same(world.run(program=built(world, "profiled", ATOMIC, "-fprofile-generate", *options), cwd=world.folder).stdout, "1 2 5\n")
    same(world.run(program=built(world, "profiled", ATOMIC, "-fprofile-use", *options)).stdout, "1 2 5\n")
