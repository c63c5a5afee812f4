"""Upkeep: once a night, what nobody needs any more goes, and what was paid for and nobody works on is brought in.

Started by the clock (automations.kinds).
Law: nothing goes that anything refers to, nor what is younger than any work takes.
"""

import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from typing import Final

from automations import jobs
from automations.runs import JobKind, Run
from automations.workflows.generate import bring_in_the_rest
from automations.workflows.reviews import take_up_lost_decisions
from engine.core.assets import referred_hashes
from engine.core.jobs import forget_ended_jobs
from engine.core.mails import forget_mails
from engine.core.models import JsonObject
from engine.providers.mail.outbox import Outbox

RUNS_KEPT: Final = timedelta(days=7)
JOBS_KEPT: Final = timedelta(days=180)
"""So long people may ask what became of something."""
GRACE: Final = timedelta(days=2)
"""A file in storage or at work this old belongs to nothing that is still under way; the longest upload takes a day."""


def tidy_up(run: Run) -> JsonObject:
    """Clear away old runs, old jobs, files that nothing names, and what killed work left behind."""
    shop, at = run.workshop, run.workshop.now()
    run.report("runs", 0.0)
    mended = jobs.mend_lost_runs(shop)
    with shop.database.writing() as session:
        rescued = bring_in_the_rest(session, at=at)
        decided = take_up_lost_decisions(session, at=at)
    runs = jobs.forget_finished_runs(shop, at - RUNS_KEPT)
    with shop.database.writing() as session:
        ended = forget_ended_jobs(session, before=at - JOBS_KEPT)
        forget_mails(session, before=at - JOBS_KEPT)
    if shop.post is not None and isinstance(shop.post.sender, Outbox):
        shop.post.sender.forget(at - JOBS_KEPT)
    run.report("files", 0.3)

    def in_use(hashes: Collection[str]) -> set[str]:
        run.report("files", 0.5)
        with shop.database.reading() as session:
            return referred_hashes(session, hashes)

    collected = shop.storage.collect_garbage(in_use, older_than=at - GRACE)
    if shop.work_dir.is_dir():
        for left in shop.work_dir.iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < (at - GRACE).timestamp():
                    shutil.rmtree(left, ignore_errors=True)
    return {
        "runs_mended": mended,
        "quotes_rescued": rescued,
        "decisions_taken_up": decided,
        "runs_forgotten": runs,
        "jobs_forgotten": ended,
        "files_removed": collected.files,
        "bytes_removed": collected.size_bytes,
    }


TIDY_UP = JobKind("tidy_up", "upkeep", tidy_up)
