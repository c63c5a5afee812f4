"""Chaos: workers are killed at random while they buy pictures from a vendor that loses answers; then all is counted.

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

from sqlalchemy import func, select

from automations.jobs import Worker, migrate_durable_engine
from automations.kinds import KINDS
from automations.leases import Hold, Lease, SoleWorker
from automations.runs import Workshop
from automations.workflows.generate import ask_pictures
from engine.core.assets import referred_hashes
from engine.core.costs import budgets, quotes
from engine.core.database import Database
from engine.core.models import ApiUsage, Budget, BudgetScope, Job, JobStatus, Quote, QuoteStatus, Take, Video
from engine.core.storage import Storage, StorageDamaged
from engine.providers.offline_pictures import OfflinePictures
from engine.providers.replicate import Replicate
from tests.core.domain import NOW, a_producer, a_quote, a_video, prices_are_known
from tests.emulators.replicate import TOKEN
from tests.emulators.replicate_ledger import Ledger

ANSWER_TIMEOUT_S = 1.5
LEASE_S = 5.0
IMAGES_PER_QUOTE = 3


@dataclass(frozen=True)
class Chaos:
    """What was counted afterwards. Everything but `kills`, `pictures` and `seconds` is to be 0."""

    kills: int
    pictures: int
    seconds: float
    jobs_lost: int
    """Jobs that did not end well."""
    pictures_lost: int
    paid_twice: int
    booked_wrongly: int
    """Ledger lines too many or too few, or money that is still set aside."""
    orphans: int
    """Files that no asset names, after the first garbage collection."""
    damaged: int
    contract_broken: int

    @property
    def faults(self) -> dict[str, int]:
        """Those that are not 0."""
        counted = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: count for name, count in counted.items() if count and name not in {"kills", "pictures", "seconds"}
        }


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
        SoleWorker(folder / "worker.lock") if url.startswith("sqlite") else Lease(database, ["paid"], lease_s=LEASE_S)
    )
    Worker(url, workshop_in(database, folder, vendor_url), KINDS, hold).start()
    threading.Event().wait()


def run_chaos(
    url: str, folder: Path, *, workers: int, kills: int, quotes_at_once: int, longest_life_s: float = 1.2
) -> Chaos:
    """Kill a random worker `kills` times while there is work, let the rest finish, and count."""
    migrate_durable_engine(url)
    database = Database.at(url)
    chance = random.Random(3)
    began = time.monotonic()
    with _vendor(folder) as vendor_url:
        studio = _Studio(database)
        for _ in range(quotes_at_once):
            studio.ask()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.automations.chaos"])

        def start() -> ForkServerProcess:
            process = context.Process(target=work_for_ever, args=(url, folder, vendor_url), daemon=True)
            process.start()
            return process

        crew = [start() for _ in range(workers)]
        try:
            for _ in range(kills):
                time.sleep(
                    chance.uniform(0.3, longest_life_s)
                )  # the moment is the chance of the kill, not a wait for anything
                place = chance.randrange(workers)
                crew[place].kill()
                crew[place].join()
                crew[place] = start()
                while studio.unfinished() < quotes_at_once / 2:
                    studio.ask()
            _wait_until(lambda: studio.unfinished() == 0, patience_s=120 + kills)
        finally:
            for process in crew:
                process.kill()
                process.join()
        workshop = workshop_in(database, folder, vendor_url)
    counted = _counted(studio, workshop, Ledger(folder / "ledger.db"), kills, time.monotonic() - began)
    database.close()
    return counted


class _Studio:
    """Somebody who asks for pictures, again and again."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.asked: list[str] = []
        with database.writing() as session:
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

    def ask(self) -> None:
        with self.database.writing() as session:
            quote = a_quote(session, session.get_one(Video, self.video.id), images=IMAGES_PER_QUOTE)
            quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=self.jeroen, at=NOW)
            self.asked.append(ask_pictures(session, quote.id, by=self.jeroen, at=datetime.now(UTC)).id)

    def unfinished(self) -> int:
        over = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELED)
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(Job).where(Job.status.not_in(over))) or 0


def _counted(studio: _Studio, workshop: Workshop, vendor: Ledger, kills: int, seconds: float) -> Chaos:
    pictures = len(studio.asked) * IMAGES_PER_QUOTE
    orders = vendor.orders()
    with studio.database.reading() as session:
        succeeded = session.scalar(select(func.count()).select_from(Job).where(Job.status == JobStatus.SUCCEEDED)) or 0
        lines = session.scalar(select(func.count()).select_from(ApiUsage)) or 0
        takes = session.scalar(select(func.count()).select_from(Take)) or 0
        reserved = session.scalar(select(func.sum(Budget.reserved_micros))) or 0
        unsettled = (
            session.scalar(select(func.count()).select_from(Quote).where(Quote.status != QuoteStatus.SETTLED)) or 0
        )

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
        kills=kills,
        pictures=pictures,
        seconds=seconds,
        jobs_lost=len(studio.asked) - succeeded,
        pictures_lost=pictures - takes,
        paid_twice=len(orders) - len({str(order.input["seed"]) for order in orders}),
        booked_wrongly=abs(pictures - lines) + unsettled + (1 if reserved else 0),
        orphans=len(set(stored) - in_use(stored)),
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
