# SPDX-License-Identifier: MIT
"""Programs linked with the library kernel that start the other CPUs of their isle themselves."""
import subprocess

from world import FULL, HERE, TOP, case, same

MEETINGS = 10  # in a round; programs/cpus.c


def expected(cpus, rounds):
    sleepers = cpus // 2  # those with odd numbers, in every other round
    return {"cpus": cpus, "starts": rounds * (cpus - 1), "meetings": rounds * MEETINGS, "kicks": (rounds + 1) // 2 * sleepers * MEETINGS}


@case
def cpus_run_code_and_are_parked_again(world):
    program = str(world.folder / "cpus")
    subprocess.run([world.gcc, "-O1", "-g", "-I", TOP / "kmod/include/uapi", "-o", program,
                    HERE / "programs/cpus.c", HERE / "programs/job.S"], check=True)
    times = 10 if FULL else 1
    total = {"starts": 0, "meetings": 0, "kicks": 0}
    for cpus, rounds in [(1, 1), (2, 10 * times - 1), (4, 10 * times)]:  # some sleep in an odd last round
        done = world.run(cpus, rounds, program=program, variables={"HERMIT_CPUS": str(cpus)}, timeout=60 * times)
        seen = expected(cpus, rounds)
        same((done.returncode, done.stdout), (0, ", ".join(f"{name} {number}" for name, number in seen.items()) + "\n"))
        total = {name: number + seen[name] for name, number in total.items()}
    return total
