# SPDX-License-Identifier: MIT
"""One run of a node: carries the command's streams, watches the heartbeat, and says how it ended."""
import ctypes
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from qemu import PORTS

CHUNK = 1 << 16
PR_SET_PDEATHSIG = 1


class NodeLost(Exception):
    """The node ended, or fell silent, before the command did."""


@dataclass
class Limits:
    boot: float  # seconds until the node must be ready
    beat: float  # longest silence afterwards; 0: no heartbeat
    total: float  # 0: none


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def write_all(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data):]


class Session:
    def __init__(self, limits: Limits, terminal: bool):
        self.limits = limits
        self.terminal = terminal
        self.ready = False
        self.status: int | None = None
        self.control = b""
        self.ours: dict[str, socket.socket] = {}
        self.theirs: dict[str, socket.socket] = {}
        for port in PORTS:
            self.ours[port], self.theirs[port] = socket.socketpair()

    def port_fds(self) -> dict[str, int]:
        return {port: end.fileno() for port, end in self.theirs.items()}

    def run(self, command: list[str]) -> int:
        stdin = None if self.terminal else subprocess.DEVNULL
        qemu = subprocess.Popen(command, pass_fds=list(self.port_fds().values()), stdin=stdin,
                                stdout=None if self.terminal else 2, preexec_fn=die_with_parent)
        for end in self.theirs.values():
            end.close()
        try:
            self.carry(qemu)
        finally:
            qemu.kill()
            qemu.wait()
            for end in self.ours.values():
                end.close()
        assert self.status is not None
        return self.status

    def carry(self, qemu: subprocess.Popen) -> None:
        """Moves bytes until the node says `exit` or is lost."""
        self.started = self.heard = time.monotonic()
        self.selector = selectors.DefaultSelector()
        for port in ["out", "err", "ctl"]:
            self.selector.register(self.ours[port], selectors.EVENT_READ, port)
        if not self.terminal:
            self.watch_stdin()
        while self.status is None:
            for key, _ in self.selector.select(1):
                self.move(key.data)
            if self.status is None and qemu.poll() is not None:
                raise NodeLost("QEMU ended: the kernel panicked or the machine was reset")
            self.check_limits()
        for port in ["out", "err"]:
            self.drain(port)

    def watch_stdin(self) -> None:
        try:
            self.selector.register(0, selectors.EVENT_READ, "in")
        except (PermissionError, ValueError, OSError):  # a plain file or /dev/null: always readable, and epoll wants none of it
            self.feeder = os.fork()
            if self.feeder == 0:
                self.feed_file()

    def feed_file(self) -> None:
        """Child process: copies standard input to the node."""
        die_with_parent()
        try:
            while data := os.read(0, CHUNK):
                self.ours["in"].sendall(data)
            # Not close(): with both directions gone QEMU would drop what it has not read yet.
            self.ours["in"].shutdown(socket.SHUT_WR)
        except OSError:
            pass
        os._exit(0)

    def move(self, port: str) -> None:
        if port == "in":
            data = os.read(0, CHUNK)
            if data:
                self.ours["in"].sendall(data)
            else:
                self.selector.unregister(0)
                self.ours["in"].shutdown(socket.SHUT_WR)
            return
        data = self.ours[port].recv(CHUNK)
        if not data:
            self.selector.unregister(self.ours[port])
        elif port == "ctl":
            self.listen(data)
        else:
            write_all(1 if port == "out" else 2, data)

    def listen(self, data: bytes) -> None:
        self.heard = time.monotonic()
        *lines, self.control = (self.control + data).split(b"\n")
        for line in lines:
            if line == b"ready":
                self.ready = True
            elif line.startswith(b"exit "):
                self.status = int(line[5:])

    def drain(self, port: str) -> None:
        self.ours[port].setblocking(False)
        try:
            while data := self.ours[port].recv(CHUNK):
                write_all(1 if port == "out" else 2, data)
        except BlockingIOError:
            pass

    def check_limits(self) -> None:
        now = time.monotonic()
        if self.status is not None:
            return
        if not self.ready and now - self.started > self.limits.boot:
            raise NodeLost(f"not up after {self.limits.boot:.0f} s")
        if self.ready and self.limits.beat and now - self.heard > self.limits.beat:
            raise NodeLost(f"no heartbeat for {self.limits.beat:.0f} s")
        if self.limits.total and now - self.started > self.limits.total:
            raise TimeoutError(f"not done after {self.limits.total:.0f} s")


def is_early_int3(log: Path, ready: bool) -> bool:
    """QEMU 7.2 sometimes loses a race of its own while Linux patches its text; nothing of ours has run by then."""
    return not ready and b"Oops: int3" in log.read_bytes()


def last_words(log: Path, lines: int = 30) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def complain(message: str) -> None:
    print(f"node: {message}", file=sys.stderr, flush=True)
