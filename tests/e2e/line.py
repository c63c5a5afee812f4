"""A line between a browser and the studio, which can be slow and can be cut. Used by tests.e2e."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress

BLOCK_BYTES = 65_536


class Line:
    """Relays connections to a port of this machine, from a port of its own."""

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self.up_bytes_per_s = 0
        """How fast the browser may send; 0 as fast as it can."""
        self._is_cut = False
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BLOCK_BYTES)  # what is sent is soon there
        self.port: int = self._listening.getsockname()[1]
        self._begin(self._accept)

    def cut(self) -> None:
        """End every connection, and take no new one."""
        self._is_cut = True
        for end in self._ends:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # as a cable: no farewell
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Take connections again."""
        self._is_cut = False

    def close(self) -> None:
        """End for good."""
        self.cut()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for the next
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def _begin(self, do: Callable[..., None], *given: object) -> None:
        self._threads.append(threading.Thread(target=do, args=given))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self._is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to_port))
                self._ends += [near, far]
                self._begin(self._pump, near, far, True)
                self._begin(self._pump, far, near, False)

    def _pump(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while block := source.recv(BLOCK_BYTES):
                if is_up and self.up_bytes_per_s:
                    time.sleep(len(block) / self.up_bytes_per_s)
                target.sendall(block)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        source.close()  # each end is the source of one of the two
