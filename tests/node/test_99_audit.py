# SPDX-License-Identifier: MIT
"""After everything: the node is as it was before the first case."""
import audit
import host


def test_node_is_as_it_was_at_the_start(session_start):
    host.unload()
    # Kernel lines are judged case by case: some cases write them on purpose.
    assert [finding for finding in audit.findings(session_start) if not finding.startswith("kernel log")] == []
