# SPDX-License-Identifier: MIT
"""A share of the suites of others, another each day, on two lent cores. session.py has built it."""
import host

CPUS = "1,3"


def test_a_share_of_the_suites_goes_as_listed(untouched):
    host.load()
    host.reserve(CPUS)
    host.settle()
    done = host.run(host.TOP / "tests/suites/metal", "run", host.TOP / "build/suites-share", CPUS, timeout=900)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    print(done.stdout.splitlines()[-1])
