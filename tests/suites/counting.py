# SPDX-License-Identifier: MIT
"""How many tests of a part pass, on an isle and on Linux, and whether the part's goal is met."""
import dataclasses

from case import Case, Verdict


@dataclasses.dataclass
class Part:
    """Of a suite. Every case counts, also those that were not tried or not run yet; these have not passed."""
    name: str
    goal: float | None  # per cent that must pass on an isle
    tests: int = 0
    judged: int = 0
    isle: int = 0
    linux: int = 0
    only_linux: list[str] = dataclasses.field(default_factory=list)
    only_isle: list[str] = dataclasses.field(default_factory=list)

    @property
    def share(self) -> float:
        return 100.0 * self.isle / self.tests if self.tests else 0.0

    @property
    def complete(self) -> bool:
        return self.judged == self.tests

    @property
    def goal_missed(self) -> bool:
        return self.goal is not None and self.complete and self.isle * 100 < self.goal * self.tests


def count(cases: list[Case], goals: dict[str, float | None], isle: dict[str, Verdict], linux: dict[str, Verdict]) -> list[Part]:
    parts = {name: Part(name, goal) for name, goal in goals.items()}
    for case in cases:
        part, here, there = parts[case.part], isle.get(case.name), linux.get(case.name)
        part.tests += 1
        part.judged += here is not None and there is not None
        part.isle += here is not None and here.passed
        part.linux += there is not None and there.passed
        if here and there and here.passed != there.passed:
            (part.only_isle if here.passed else part.only_linux).append(case.name)
    return list(parts.values())
