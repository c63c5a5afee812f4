"""`bom serve`: the studio as one process: the api and, unless told otherwise, its background work.

Called by engine.cli.studio. Law: asked to end, answers finish, and work stops where the next start goes on.
"""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.cli.outcome import BadInput, say
from engine.cli.portal import portal_beside
from engine.cli.prepare import require_prepared
from engine.settings import Settings

if TYPE_CHECKING:
    from automations.jobs import Worker
    from engine.core.database import Database

UNFINISHED_EXIT_CODE = 70
SWITCH_S = 0.001
"""How long a thread may work before Python hands over to the next. The loop, which every answer and every window waits
for, asks for its turn after each wait: with Python's own 0.005 s fifty people at once wait twice as long (p95)."""
PATIENCE_S = 25.0
"""Less than the 30 s that Docker and systemd give before they kill."""


@dataclass
class WorkHere:
    """Background work in this process."""

    worker: "Worker"
    name: str = "worker"
    has_ended: bool = True

    def start(self) -> None:
        """Begin to work."""
        self.worker.start()

    def stop(self) -> None:
        """End what is in hand where the next start goes on."""
        self.has_ended = self.worker.stop(PATIENCE_S)

    def trouble(self) -> str | None:
        """None: if it were not there, this process would not be."""
        return None


@dataclass
class WorkElsewhere:
    """Background work in processes of its own, which are seen by their leases."""

    database: "Database"
    name: str = "worker"

    def start(self) -> None:
        """Nothing: it runs elsewhere."""

    def stop(self) -> None:
        """Nothing: it goes on."""

    def trouble(self) -> str | None:
        """Whether nobody works."""
        from automations.leases import LEASE_S
        from engine.core.models import WorkerLease

        with self.database.reading() as session:
            renewed = session.scalars(select(WorkerLease.renewed_at_epoch_s)).all()
        now = datetime.now(UTC).timestamp()
        if any(now - at < 2 * LEASE_S for at in renewed):
            return None
        return "No worker is at work, so nothing is rendered or delivered. Start one: bom worker."


def serve(settings: Settings, host: str, port: int, *, with_worker: bool, with_portal: bool) -> None:
    """Serve until asked to stop. Raises BadInput, WorkerRunning."""
    require_prepared(settings)
    from api.deps import cookie_name
    from api.main import create_app
    from api.serving import StudioServer, listen
    from api.studio import Companion, Studio
    from engine.app import engine_app
    from engine.cli.background import worker_of, workshop_of
    from engine.core.database import Database
    from engine.core.models import Staff
    from engine.front_door import open_beside

    database = Database.at(settings.database)
    work: WorkHere | WorkElsewhere = WorkElsewhere(database)
    if with_worker:
        work = WorkHere(worker_of(settings, workshop_of(settings, database)))
    try:
        listening = listen(host, port)
    except OSError as problem:
        raise BadInput(
            f"{host}:{port} cannot be listened on ({problem.strerror}). Give another one with --port."
        ) from problem
    listening_at = _local_url(host, listening.getsockname()[1])
    portal = portal_beside(settings, host, listening_at) if with_portal else None
    companions: tuple[Companion, ...] = (work, portal) if portal else (work,)
    studio = Studio(database, settings, companions=companions, portal_key=portal.key if portal else "")
    api = create_app(studio)
    cookie = cookie_name(studio)
    app = engine_app(listening_at, browser_cookie=cookie, api_cookie=cookie, recordings_dir=settings.recordings_dir)
    open_beside(api, app)
    server = StudioServer(api, host=host, port=port)
    sys.setswitchinterval(SWITCH_S)
    place = settings.public_url or f"http://{host}:{listening.getsockname()[1]}"
    say(f"The studio is at {place} (its api is described in {place}/api/openapi.json). Ctrl-C stops.", "green")
    if with_portal:
        _say_where_the_portal_is(settings)
    with database.reading() as session:
        if session.scalar(select(Staff.id).limit(1)) is None:
            say("Nobody can sign in yet: bom user add YOU@STUDIO.EXAMPLE --role owner --password-stdin", "yellow")
    try:
        with listening:
            server.run([listening])
    except KeyboardInterrupt:  # uvicorn hands the signal on once it has ended
        pass
    if not server.started:
        raise SystemExit(1)
    say("Stopped.")
    database.close()
    if isinstance(work, WorkHere) and not work.has_ended:
        sys.stderr.flush()
        os._exit(UNFINISHED_EXIT_CODE)  # a thread that does not end would hold the process for ever


def _say_where_the_portal_is(settings: Settings) -> None:
    """And, where mails lead to an address that only this machine knows, what to do about it."""
    say(f"Clients find their portal at {settings.portal_address}; mails lead there too.", "green")
    if settings.mails_reach_people and settings.portal_is_only_here:
        say("Only this machine reaches that address. Set BOM_PORTAL_URL to the one that clients have.", "yellow")


def _local_url(host: str, port: int) -> str:
    """Where this machine itself reaches what listens on that address."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  # told apart, not bound
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
