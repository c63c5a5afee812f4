"""The nursery: a process that has the decoders' libraries loaded, and splits off a child for each task.

Started only by children.py. Its standard input is a socket: a message on it brings the four descriptors of a child
that is wanted (standard input, raw data, answer, control), and its end means that no more will be.
Control carries whole numbers of four bytes: the child's process id (or minus an errno), later its exit code as
subprocess tells it. A byte that comes back on it, or its end, asks to kill the child: only who will bury a process
knows that an id is still its own.
Law: one thread, no media opened, no request heard. So a child, which keeps none of the nursery's descriptors, holds
nothing of any other task.
"""

import importlib
import os
import select
import signal
import socket
from contextlib import suppress
from typing import NoReturn

from engine.render.media.child import run
from engine.render.media.children import NUMBER

DESCRIPTORS = 4
ANSWER_FD = 3
"""A child's first descriptor behind the standard ones, and its last."""

# In the order in which a film needs them; a child that is wanted meanwhile does not wait for the rest.
LIBRARIES = (
    "engine.render.media.probe_task",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "engine.render.media.sound_task",
    "PIL.ImageCms",
    "PIL.ImageOps",
    "engine.render.media.pictures",
    "engine.render.picture.frames",
)


def main() -> None:
    """Serve until no more children are wanted and the last has ended; a parent that is gone wants none."""
    with socket.socket(fileno=0) as wanted:
        Nursery(wanted).serve()


class Nursery:
    """The children that are alive, by their control's descriptor."""

    def __init__(self, wanted: socket.socket) -> None:
        self._wanted = wanted
        self._children: dict[int, int] = {}
        self._ended, wakes = os.pipe()
        os.set_blocking(self._ended, False)
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        self._waiting = select.poll()
        self._waiting.register(wanted, select.POLLIN)
        self._waiting.register(self._ended, select.POLLIN)

    def serve(self) -> None:
        """Split off, kill and bury children; load libraries while nobody wants anything."""
        unloaded = list(LIBRARIES)
        more_are_wanted = True
        while more_are_wanted or self._children:
            ready = {fd for fd, _ in self._waiting.poll(0 if unloaded else None)}
            if not ready:
                importlib.import_module(unloaded.pop(0))
            if self._ended in ready:
                os.read(self._ended, 4096)
                self._bury()
            for control in ready & self._children.keys():
                self._kill(control)
            if self._wanted.fileno() in ready and not self._split_off():
                more_are_wanted = False
                self._waiting.unregister(self._wanted)

    def _split_off(self) -> bool:
        """Start the child that is wanted; False where no more will be."""
        _, descriptors, _, _ = socket.recv_fds(self._wanted, 1, DESCRIPTORS)
        if len(descriptors) < DESCRIPTORS:
            return False
        *childs_own, control = descriptors
        try:
            pid = os.fork()
        except OSError as error:  # no room for another process
            _tell(control, -(error.errno or 1))
            os.close(control)
        else:
            if pid == 0:
                self._be_child(*childs_own)
            self._children[control] = pid
            self._waiting.register(control, select.POLLIN)
            _tell(control, pid)
        for descriptor in childs_own:
            os.close(descriptor)
        return True

    def _be_child(self, requests: int, output: int, answer: int) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()  # a Ctrl-C is the parent's to handle
            self._wanted.detach()
            for place, descriptor in enumerate((requests, output)):
                os.dup2(descriptor, place)
            os.dup2(answer, ANSWER_FD)
            os.closerange(ANSWER_FD + 1, os.sysconf("SC_OPEN_MAX"))
            run(ANSWER_FD)
            code = 0
        finally:
            os._exit(code)  # what the nursery would do at its end is not a child's to do

    def _kill(self, control: int) -> None:
        self._waiting.unregister(control)
        os.kill(self._children[control], signal.SIGKILL)

    def _bury(self) -> None:
        """Tell of each child that has ended how it did."""
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            control = next(control for control, child in self._children.items() if child == pid)
            del self._children[control]
            with suppress(KeyError):  # it was killed, and is not listened to since
                self._waiting.unregister(control)
            _tell(control, os.waitstatus_to_exitcode(status))
            os.close(control)


def _tell(control: int, number: int) -> None:
    with suppress(ConnectionError):  # nobody wants to know any more
        os.write(control, NUMBER.pack(number))
