# SPDX-License-Identifier: MIT
"""Timer upcalls, kicks between two CPUs and full vector registers, for a minute; a tenth of that in plain runs."""

import re

from lab import FULL, case, equal

SECONDS = 60 if FULL else 6
PATIENCE = 120  # of the payload 20 s for each event that it counts as lost


@case
def stress(lab):
    with lab.machine("stress", cpus=2, amount=SECONDS * 1000) as machine:
        record = machine.result(SECONDS + PATIENCE)
        log = machine.log()
    equal((record.kind, record.status), ("EXIT", 0), f"{record}\nlog: {log}")
    figures = {name: int(number) for name, number in re.findall(r"^(\w+) (\d+)$", log, re.M)}
    equal((figures["lost"], figures["bad"]), (0, 0), f"{figures}")
    return {"seconds": SECONDS} | figures
