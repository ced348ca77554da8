# SPDX-License-Identifier: MIT
"""scripts/lib/node: archive, module order, QEMU's command line, and how the end of a node is judged."""
import argparse
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(TOP / "scripts/lib/node"))
import initramfs  # noqa: E402
import main  # noqa: E402
import qemu  # noqa: E402
import session  # noqa: E402


class Archive(unittest.TestCase):
    def test_is_unpacked_by_cpio_as_it_was_packed(self):
        members = {"bin": None, "bin/tool": b"x" * 5, "odd name": b"", "four": b"1234"}
        with tempfile.TemporaryDirectory() as place:
            subprocess.run(["/bin/busybox", "cpio", "-id"], input=initramfs.archive(members), cwd=place, check=True, capture_output=True)
            self.assertTrue((Path(place) / "bin").is_dir())
            for name in ["bin/tool", "odd name", "four"]:
                self.assertEqual((Path(place) / name).read_bytes(), members[name])


class ModuleOrder(unittest.TestCase):
    def test_puts_dependencies_first_and_each_once(self):
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / "modules.dep").write_text("a/9p.ko: a/9pnet.ko a/netfs.ko\na/9pnet_virtio.ko: a/9pnet.ko a/ring.ko\na/9pnet.ko:\n")
            self.assertEqual(initramfs.module_order(Path(place)), ["a/ring.ko", "a/9pnet.ko", "a/9pnet_virtio.ko", "a/netfs.ko", "a/9p.ko"])


class CommandLine(unittest.TestCase):
    def options(self, *words: str) -> argparse.Namespace:
        return main.parse([*words, "--", "true"])

    def test_deals_cpus_and_memory_out_to_the_nodes(self):
        words = " ".join(qemu.memory(self.options("--cpus", "6", "--nodes", "2", "--mem", "6G")))
        self.assertIn("node,nodeid=0,cpus=0-2,memdev=m0", words)
        self.assertIn("node,nodeid=1,cpus=3-5,memdev=m1", words)
        self.assertIn("id=m1,size=3072M", words)

    def test_leaves_no_gap_between_apic_ids(self):
        for cpus, nodes in [(1, 1), (4, 2), (5, 1), (8, 2), (6, 2), (7, 2), (9, 3)]:
            each = -(-cpus // qemu.sockets(cpus, nodes))
            self.assertTrue(qemu.sockets(cpus, nodes) == 1 or each & (each - 1) == 0 and cpus % each == 0, (cpus, nodes))
        self.assertEqual(qemu.sockets(4, 2), 2)

    def test_counts_instructions_with_one_cpu_up(self):
        options = self.options("--icount")
        self.assertIn("shift=0,sleep=off", qemu.accelerator(options))
        self.assertIn("maxcpus=1", qemu.kernel_parameters(options))

    def test_shares_the_memory_of_each_node_in_a_file(self):
        words = " ".join(qemu.memory(self.options("--ram-file", "/dev/shm/ram")))
        self.assertIn("mem-path=/dev/shm/ram.1,share=on", words)

    def test_refuses_a_size_without_a_unit(self):
        with self.assertRaises(argparse.ArgumentTypeError):
            qemu.megabytes("4096")


class Verdict(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.log = Path(self.place.name) / "kernel.log"
        self.addCleanup(self.place.cleanup)

    def run_instead_of_qemu(self, script: str) -> int:
        """A shell in QEMU's place: descriptor $CTL is port `ctl`."""
        one = session.Session(session.Limits(boot=1.5, beat=1.5, total=0), terminal=False)
        fds = one.port_fds()
        return one.run(["/bin/bash", "-c", script.replace("$CTL", str(fds["ctl"])).replace("$OUT", str(fds["out"]))])

    def test_early_int3_is_tried_again_only_before_the_node_is_ready(self):
        self.log.write_text("[    0.1] Oops: int3: 0000 [#1] PREEMPT SMP\n")
        self.assertTrue(session.is_early_int3(self.log, ready=False))
        self.assertFalse(session.is_early_int3(self.log, ready=True))
        self.log.write_text("[    0.1] Oops: 0000 [#1] PREEMPT SMP\n")
        self.assertFalse(session.is_early_int3(self.log, ready=False))

    def test_the_commands_exit_status_is_the_nodes(self):
        self.assertEqual(self.run_instead_of_qemu("echo ready >&$CTL; echo exit 42 >&$CTL; sleep 5"), 42)

    def test_a_machine_that_ends_early_is_lost(self):
        with self.assertRaises(session.NodeLost):
            self.run_instead_of_qemu("echo ready >&$CTL")

    def test_a_machine_that_never_comes_up_is_lost(self):
        with self.assertRaises(session.NodeLost):
            self.run_instead_of_qemu("sleep 30")

    def test_a_machine_without_heartbeat_is_lost(self):
        with self.assertRaises(session.NodeLost):
            self.run_instead_of_qemu("echo ready >&$CTL; sleep 30")


if __name__ == "__main__":
    unittest.main()
