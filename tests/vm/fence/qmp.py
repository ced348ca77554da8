# SPDX-License-Identifier: MIT
"""QEMU's monitor on a UNIX socket: commands of its protocol, and lines as one types them."""
import json
import os
import socket
import time


class Qmp:
    def __init__(self, path, seconds=60):
        deadline = time.monotonic() + seconds
        while not os.path.exists(path):
            if time.monotonic() > deadline:
                raise TimeoutError(f"QEMU has not made {path}")
            time.sleep(0.02)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(seconds)
        self.socket.connect(path)
        self.stream = self.socket.makefile("rw")
        self.stream.readline()  # its greeting
        self.command("qmp_capabilities")

    def command(self, name, **arguments):
        self.stream.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
        self.stream.flush()
        while True:
            answer = json.loads(self.stream.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise RuntimeError(f"{name}: {answer['error']['desc']}")
            # else an event, which nobody here waits for

    def line(self, text):
        """The human monitor's answer."""
        return self.command("human-monitor-command", **{"command-line": text})

    def close(self):
        self.stream.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
