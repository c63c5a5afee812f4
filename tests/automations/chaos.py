"""Chaos: workers are killed at random while they buy pictures from a vendor that loses answers, and render; then all is
counted, and every film that was ever said to be ready is played to its end.

Used by tests.automations.test_kills (a few kills) and bench.kills (a hundred). Everything is real: processes, SIGKILL,
HTTP, both databases. Workers are forked from a process that has imported everything, so that a kill costs no second.
"""

import multiprocessing
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import av
from sqlalchemy import ColumnElement, func, select

from automations.events import VideoExported
from automations.jobs import QUEUES, Worker, migrate_durable_engine
from automations.kinds import KINDS
from automations.leases import Hold, Lease, SoleWorker
from automations.runs import Workshop
from automations.workflows.generate import ask_pictures
from automations.workflows.render import RENDER_EXPORT, SIDECARS
from engine.core.assets import referred_hashes
from engine.core.costs import budgets, quotes
from engine.core.database import Database
from engine.core.errors import NotFound
from engine.core.jobs import UNDER_WAY
from engine.core.models import (
    BUYS_PICTURES,
    ApiUsage,
    Asset,
    Base,
    Budget,
    BudgetScope,
    Event,
    Export,
    ExportStatus,
    Job,
    JobStatus,
    Quote,
    QuoteStatus,
    Take,
    Video,
)
from engine.core.storage import Storage, StorageDamaged
from engine.providers.offline_pictures import OfflinePictures
from engine.providers.replicate import Replicate
from tests.automations.cuts import a_cut, asked, render_children_of
from tests.core.domain import NOW, a_producer, a_quote, a_video, prices_are_known
from tests.emulators.replicate import TOKEN
from tests.emulators.replicate_ledger import Ledger

ANSWER_TIMEOUT_S = 1.5
LEASE_S = 5.0
IMAGES_PER_QUOTE = 3


@dataclass(frozen=True)
class Chaos:
    """What was counted afterwards. Everything but what was done is to be 0."""

    kills: int
    kills_in_renders: int
    """Of a worker whose render child was at work."""
    pictures: int
    films: int
    seconds: float
    jobs_lost: int
    """Jobs that did not end well."""
    pictures_lost: int
    paid_twice: int
    booked_wrongly: int
    """Ledger lines too many or too few, or money that is still set aside."""
    orphans: int
    """Files that no asset names, after the first garbage collection, and what is left of killed work."""
    films_broken: int
    """Exports that were ready before all of their files were whole, or whose film does not play to its end."""
    films_shown_early: int
    """Exports that named a file before they were ready."""
    films_told_wrongly: int
    """Events too many or too few."""
    damaged: int
    contract_broken: int

    @property
    def faults(self) -> dict[str, int]:
        """Those that are not 0."""
        counted = {name: getattr(self, name) for name in self.__dataclass_fields__}
        done = {"kills", "kills_in_renders", "pictures", "films", "seconds"}
        return {name: count for name, count in counted.items() if count and name not in done}


def workshop_in(database: Database, folder: Path, vendor_url: str) -> Workshop:
    """A workshop whose vendor is emulated."""
    return Workshop(
        database=database,
        storage=Storage(f"file://{folder}/media", folder / "media-cache"),
        vendors={
            "replicate": Replicate(TOKEN, vendor_url, answer_timeout_s=ANSWER_TIMEOUT_S),
            "offline": OfflinePictures(),
        },
        work_dir=folder / "work",
        render_cache_dir=folder / "render-cache",
        render_cache_limit_bytes=10**9,
        now=lambda: datetime.now(UTC),
    )


def work_for_ever(url: str, folder: Path, vendor_url: str) -> None:
    """A worker process, until it is killed."""
    database = Database.at(url)
    hold: Hold = (
        SoleWorker(folder / "worker.lock")
        if url.startswith("sqlite")
        else Lease(database, list(QUEUES), lease_s=LEASE_S)
    )
    Worker(url, workshop_in(database, folder, vendor_url), KINDS, hold).start()
    threading.Event().wait()


def run_chaos(
    url: str, folder: Path, *, workers: int, kills: int, quotes_at_once: int, longest_life_s: float = 1.2
) -> Chaos:
    """Kill a random worker `kills` times while there is work of both kinds, let the rest finish, and count."""
    migrate_durable_engine(url)
    database = Database.at(url)
    chance = random.Random(3)
    began = time.monotonic()
    with _vendor(folder) as vendor_url:
        workshop = workshop_in(database, folder, vendor_url)
        studio = _Studio(workshop)
        studio.ask(quotes_at_once)
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.automations.chaos"])

        def start() -> ForkServerProcess:
            process = context.Process(target=work_for_ever, args=(url, folder, vendor_url), daemon=True)
            process.start()
            return process

        crew = [start() for _ in range(workers)]
        in_renders = 0
        try:
            for _ in range(kills):
                # The moment is the chance of the kill, not a wait for anything.
                time.sleep(chance.uniform(0.3, longest_life_s))
                place = chance.randrange(workers)
                in_renders += bool(render_children_of(crew[place].pid))
                crew[place].kill()
                crew[place].join()
                crew[place] = start()
                studio.look_at_films()
                studio.ask(quotes_at_once)
            _wait_until(studio.is_done, patience_s=120 + kills)
        finally:
            for process in crew:
                process.kill()
                process.join()
    studio.look_at_films()
    seconds = time.monotonic() - began
    counted = _counted(studio, workshop, Ledger(folder / "ledger.db"), _Done(kills, in_renders, seconds))
    database.close()
    return counted


class _Studio:
    """Somebody who asks for pictures and films, again and again, and looks at each film as soon as it is ready."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.database = workshop.database
        self.pictures = 0
        self.films = 0
        self.seen: set[str] = set()
        self.broken: set[str] = set()
        self.early: set[str] = set()
        with self.database.writing() as session:
            prices_are_known(session)
            self.jeroen = a_producer(session)
            self.video = a_video(session)
            budgets.set_budget(
                session,
                scope=BudgetScope.PROJECT,
                scope_id=self.video.project_id,
                month="",
                limit_micros=10**9,
                note="",
                at=NOW,
            )

    def ask(self, quotes_at_once: int) -> None:
        """Ask for more where less than half of `quotes_at_once`, or fewer than two films, are under way."""
        while self._unfinished(BUYS_PICTURES) < quotes_at_once / 2:
            self._ask_pictures()
        while self._unfinished(RENDER_EXPORT.name) < 2:
            self._ask_film()

    def is_done(self) -> bool:
        return self._unfinished() == 0

    def look_at_films(self) -> None:
        with self.database.reading() as session:
            exports = session.scalars(select(Export)).all()
        for export in exports:
            if export.status is not ExportStatus.READY and (export.asset_id or export.sidecars):
                self.early.add(export.id)
            if export.status is ExportStatus.READY and export.id not in self.seen:
                self.seen.add(export.id)
                if not self._is_whole(export):
                    self.broken.add(export.id)

    def _is_whole(self, export: Export) -> bool:
        with self.database.reading() as session:
            wanted = [export.asset_id, *map(str, export.sidecars.values())]
            hashes = {asset_id: session.get_one(Asset, asset_id).sha256 for asset_id in wanted}
        try:
            for sha256 in hashes.values():
                self.workshop.storage.verify(sha256)
            shown_s = _played(self.workshop.storage.local_path(hashes[export.asset_id]))
        except (StorageDamaged, NotFound, OSError, av.FFmpegError):
            return False
        return len(wanted) == 1 + len(SIDECARS) and abs(shown_s * 1000 - (export.duration_ms or 0)) < 50

    def _ask_pictures(self) -> None:
        with self.database.writing() as session:
            quote = a_quote(session, session.get_one(Video, self.video.id), images=IMAGES_PER_QUOTE)
            quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=self.jeroen, at=NOW)
            ask_pictures(session, quote.id, by=self.jeroen, at=datetime.now(UTC))
        self.pictures += IMAGES_PER_QUOTE

    def _ask_film(self) -> None:
        asked(self.workshop, a_cut(self.workshop, f"Brood {self.films}.\n---\nKlaar."))
        self.films += 1

    def _unfinished(self, kind: str | None = None) -> int:
        rows = select(func.count()).select_from(Job).where(Job.status.in_(UNDER_WAY))
        if kind is not None:
            rows = rows.where(Job.kind == kind)
        with self.database.reading() as session:
            return session.scalar(rows) or 0


def _played(film: Path) -> float:
    """The seconds of picture that a film shows when it is played to its end."""
    with av.open(film) as opened:
        stream = opened.streams.video[0]
        assert stream.average_rate is not None
        return float(sum(1 for _ in opened.decode(stream)) / stream.average_rate)


@dataclass(frozen=True)
class _Done:
    """What was done to the workers."""

    kills: int
    kills_in_renders: int
    seconds: float


def _counted(studio: _Studio, workshop: Workshop, vendor: Ledger, done: _Done) -> Chaos:
    orders = vendor.orders()

    with studio.database.reading() as session:

        def count(table: type[Base], *which: ColumnElement[bool]) -> int:
            return session.scalar(select(func.count()).select_from(table).where(*which)) or 0

        failed = count(Job, Job.status != JobStatus.SUCCEEDED)
        lines, takes, told = count(ApiUsage), count(Take), count(Event, Event.type == VideoExported.type)
        reserved = session.scalar(select(func.sum(Budget.reserved_micros))) or 0
        unsettled = count(Quote, Quote.status != QuoteStatus.SETTLED)

    def in_use(hashes: Collection[str]) -> set[str]:
        with studio.database.reading() as session:
            return referred_hashes(session, hashes)

    workshop.storage.collect_garbage(in_use, older_than=datetime.now(UTC) + timedelta(hours=1))
    stored = [file.sha256 for file in workshop.storage.list()]
    damaged = 0
    for sha256 in stored:
        try:
            workshop.storage.verify(sha256)
        except StorageDamaged:
            damaged += 1
    return Chaos(
        kills=done.kills,
        kills_in_renders=done.kills_in_renders,
        pictures=studio.pictures,
        films=studio.films,
        seconds=done.seconds,
        jobs_lost=failed,
        pictures_lost=studio.pictures - takes,
        paid_twice=len(orders) - len({str(order.input["seed"]) for order in orders}),
        booked_wrongly=abs(studio.pictures - lines) + unsettled + (1 if reserved else 0),
        orphans=len(set(stored) - in_use(stored)) + len(list(workshop.work_dir.iterdir())),
        films_broken=len(studio.broken),
        films_shown_early=len(studio.early),
        films_told_wrongly=abs(studio.films - told),
        damaged=damaged,
        contract_broken=len(vendor.violations()),
    )


@contextmanager
def _vendor(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.emulators.replicate", "--ledger", str(folder / "ledger.db")]
    with subprocess.Popen([*command, "--lose-share", "0.06"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _wait_until(fact: Callable[[], bool], patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while not fact():
        if time.monotonic() > end:
            return  # what is not done by now counts as lost
        time.sleep(0.05)
