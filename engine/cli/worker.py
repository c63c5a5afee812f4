"""`bom worker`: do background work, on this machine or beside others.

Called by engine.cli.app.
"""

import os
import signal
import threading

from automations.jobs import QUEUES
from engine.cli.background import worker_of, workshop_of
from engine.cli.outcome import BadInput, print_result, say
from engine.core.database import Database
from engine.settings import load_settings

PATIENCE_S = 25.0
"""Less than the 30 s that Docker and systemd give before they kill."""
UNFINISHED_EXIT_CODE = 70


def work(queues: str, as_json: bool) -> None:
    """Work until asked to stop (Ctrl-C or SIGTERM). queues: names with commas; empty means all."""
    names = [name.strip() for name in queues.split(",") if name.strip()] or list(QUEUES)
    if unknown := [name for name in names if name not in QUEUES]:
        raise BadInput(f"There is no queue '{unknown[0]}'. Choose of {', '.join(QUEUES)}.")
    settings = load_settings()
    database = Database.at(settings.database)
    worker = worker_of(settings, workshop_of(settings, database), names)
    asked_to_stop = threading.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: asked_to_stop.set())
    worker.start()
    say(f"Working on {', '.join(names)}. Ctrl-C stops.")
    if as_json:
        print_result({"working": names})
    asked_to_stop.wait()
    say("Stopping; what is under way is continued by the next worker.")
    if not worker.stop(PATIENCE_S):
        os._exit(UNFINISHED_EXIT_CODE)  # a thread that does not end would hold the process for ever
    database.close()
