# SPDX-License-Identifier: MIT
"""QEMU's monitor on a UNIX socket: commands of its protocol, and lines as one types them."""
import json
import socket
import time


def connected(path, deadline):
    """QEMU binds its socket a moment before it listens."""
    while True:
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(path)
            return client
        except (FileNotFoundError, ConnectionRefusedError):
            client.close()
            if time.monotonic() > deadline:
                raise TimeoutError(f"QEMU does not listen at {path}") from None
            time.sleep(0.02)


class Qmp:
    def __init__(self, path, seconds=60):
        self.socket = connected(path, time.monotonic() + seconds)
        self.socket.settimeout(seconds)
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
