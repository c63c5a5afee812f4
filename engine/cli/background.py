"""Background work: what a worker needs, put together from the settings.

Called by engine.cli.worker and engine.cli.serve.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from automations.jobs import QUEUES, Worker
from automations.kinds import KINDS, SCHEDULES
from automations.leases import Hold, Lease, SoleWorker
from automations.runs import Workshop
from automations.vendors import Vendors
from engine.cli.post import post_of
from engine.core.database import Database
from engine.core.storage import Storage
from engine.providers.offline_pictures import OfflinePictures
from engine.providers.replicate import Replicate
from engine.settings import Settings, signing_secret


def workshop_of(settings: Settings, database: Database) -> Workshop:
    """What work works with on this machine."""
    fixed_keys = {"replicate": settings.replicate_token.get_secret_value()} if settings.replicate_token else {}
    vendors = Vendors(
        database,
        signing_secret(settings),
        free={"offline": OfflinePictures()},
        makers={"replicate": lambda key: Replicate(key, settings.replicate_url, settings.replicate_webhook_url)},
        fixed_keys=fixed_keys,
    )
    return Workshop(
        database=database,
        storage=Storage(settings.media, settings.media_cache_dir, verify_reads=settings.verify_reads),
        vendors=vendors,
        work_dir=settings.data_dir / "work",
        render_cache_dir=settings.render_cache_dir,
        render_cache_limit_bytes=settings.cache_limit_bytes,
        now=lambda: datetime.now(UTC),
        private_hosts=settings.private_host_names,
        post=post_of(settings),
        deliveries_dir=settings.deliveries_folder,
    )


def worker_of(settings: Settings, workshop: Workshop, queues: Sequence[str] = tuple(QUEUES)) -> Worker:
    """A worker for these queues, not yet started. On SQLite it is the only one of its database."""
    hold: Hold
    if settings.database.startswith("sqlite"):
        hold = SoleWorker(settings.data_dir / "worker.lock")
    else:
        hold = Lease(workshop.database, queues)
    return Worker(settings.database, workshop, KINDS, hold, SCHEDULES, queues)
