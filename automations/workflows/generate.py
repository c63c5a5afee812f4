"""Generating pictures: an accepted quote becomes a picture for each of its scenes, kept as takes.

Started by api.routers.videos and api.routers.costs through `ask_pictures` and `ask_offline_pictures`.
Law: what was paid for is kept, whatever becomes of the rest; and when the work is over, however it ended, no money
stays set aside for it. Orders that may be under way then are collected first, by a job of their own, which nobody can
stop and which does not give up.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from automations import jobs, paid_calls
from automations.paid_calls import Bought, CallFailed, PaidOrder
from automations.paid_questions import hand_over
from automations.runs import JobFailed, JobKind, Later, Run, WaitsForPerson
from engine.core.actors import SYSTEM, Actor
from engine.core.assets import keep_asset
from engine.core.costs.quotes import get_accepted_quote, get_quote, quotes_at_work, settle_quote
from engine.core.jobs import jobs_on_quotes
from engine.core.models import (
    BRINGS_IN_PICTURES,
    BUYS_PICTURES,
    Asset,
    AssetType,
    Job,
    JsonObject,
    PaidCall,
    Quote,
    Scene,
    Take,
    TakeKind,
    TakeSource,
    UsageKind,
    Video,
    VideoStatus,
)
from engine.core.models.automation import DRAWS_CARDS
from engine.core.projects import IllegalMove
from engine.core.takes import keep_take
from engine.core.videos import get_scene, get_video, move_video
from engine.providers.images import Aspect, ImageRequest
from engine.providers.offline_pictures import MODEL as TITLE_CARD
from engine.render.media.probe import probe

LEFT_ALONE: Final = timedelta(hours=1)
"""A quote on which nobody worked for so long is nobody's: whoever accepts one starts its job at once."""
SUFFIX: Final = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def ask_pictures(session: Session, quote_id: str, *, by: Actor, at: datetime) -> Job:
    """Have an accepted quote's pictures made; the same quote twice is one job. Raises NotFound, QuoteNotAccepted."""
    quote = get_accepted_quote(session, quote_id)
    return jobs.enqueue(
        session,
        GENERATE_PICTURES,
        quote.id,
        at=at,
        job_id=f"pictures:{quote.id}",
        asked_by=str(by),
        client_id=quote.client_id,
        project_id=quote.project_id,
        video_id=quote.video_id,
    )


def ask_offline_pictures(
    session: Session, video: Video, scene_ids: Sequence[str], aspect: Aspect, *, by: Actor, at: datetime
) -> Job:
    """Have title cards drawn for these scenes, for nothing."""
    return jobs.enqueue(
        session,
        DRAW_PICTURES,
        video.id,
        list(scene_ids),
        aspect,
        at=at,
        asked_by=str(by),
        client_id=video.client_id,
        project_id=video.project_id,
        video_id=video.id,
    )


def collect_at_once(session: Session, provider: str, vendor_job_id: str, *, at: datetime) -> bool:
    """The vendor told that an order has ended: the jobs that let time pass for it go on now.

    False where nobody waits for such an order. Does not commit.
    """
    quote_id = paid_calls.find_quote_of_order(session, provider, vendor_job_id)
    if quote_id is None:
        return False
    for job in jobs_on_quotes(session):
        if job.arguments[0] == quote_id:
            jobs.continue_sooner(session, job.id, stage=paid_calls.VENDOR_WORKS, at=at)
    return True


def bring_in_the_rest(session: Session, *, at: datetime) -> int:
    """Start a job for each quote whose money is set aside and that no job works on; answers for how many.

    It brings in what was ordered and gives the rest back. That no job works on one is nobody's plan: a program that
    did not know the job, or a row changed by hand.
    """
    worked_on = {job.arguments[0] for job in jobs_on_quotes(session)}
    accepted = quotes_at_work(session, UsageKind.IMAGE, accepted_before=at - LEFT_ALONE)
    left = [
        quote_id
        for quote_id in dict.fromkeys(
            [*accepted, *paid_calls.quotes_with_open_calls(session, sent_before=at - LEFT_ALONE)]
        )
        if quote_id not in worked_on
    ]
    for quote_id in left:
        _bring_in(session, quote_id, f"rest:{quote_id}:{at:%Y-%m-%d}", at)
    return len(left)


def generate_pictures(run: Run, quote_id: str) -> JsonObject:
    """Buy a picture for each line: all are ordered first, so that the vendor works on them at once."""
    with run.workshop.database.writing() as session:
        quote = get_accepted_quote(session, quote_id)
        _video_is_generating(session, quote.video_id, run.workshop.now())
        orders = paid_calls.orders_of(quote)
    tally = _Tally(orders)
    for number, order in enumerate(orders):
        run.report("ordering_pictures", 0.5 * number / len(orders))
        tally.attempt(order, partial(paid_calls.send, run, order))
    for number, order in enumerate(orders):
        run.report("fetching_pictures", 0.5 + 0.5 * number / len(orders))
        if order.call_id not in tally.stuck:
            tally.attempt(order, partial(paid_calls.collect, run, order, partial(_keep, order)))
    tally.conclude()
    return {"pictures": len(orders)}


def collect_pictures(run: Run, quote_id: str) -> JsonObject:
    """Bring in what was ordered before its job ended; order nothing."""
    with run.workshop.database.reading() as session:
        wanted = paid_calls.unfinished_calls(session, quote_id)
        orders = [order for order in paid_calls.orders_of(get_quote(session, quote_id)) if order.call_id in wanted]
    tally = _Tally(orders)
    for number, order in enumerate(orders):
        run.report("fetching_pictures", number / len(orders))
        tally.attempt(order, partial(paid_calls.find_sent, run, order))
        if order.call_id not in tally.stuck:
            tally.attempt(order, partial(paid_calls.collect, run, order, partial(_keep, order)))
    tally.conclude()
    return {"pictures": len(orders)}


def draw_pictures(run: Run, video_id: str, scene_ids: list[str], aspect: Aspect) -> JsonObject:
    """Draw a title card for each scene and keep it as a take that cost nothing."""
    vendor = run.workshop.vendors["offline"]
    with run.workshop.database.writing() as session:
        _video_is_generating(session, video_id, run.workshop.now())
    for number, scene_id in enumerate(scene_ids):
        run.report("drawing_pictures", number / len(scene_ids))
        call_id = f"{run.job_id}:{number}"
        with run.workshop.database.reading() as session:
            if session.scalar(select(Take.id).where(Take.paid_call_id == call_id)):
                continue
            scene = get_scene(session, scene_id)
        request = ImageRequest(prompt=scene.prompt or scene.text or "…", model=TITLE_CARD, aspect=aspect)
        folder = run.workshop.work_dir / run.job_id.replace(":", "-")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number}.png"
        fetched = vendor.fetch(vendor.start(call_id, request), request, path)
        bought = Bought(run.workshop.storage.put(path), fetched.content_type, probe(path))
        shutil.rmtree(folder)
        with run.workshop.database.writing() as session:
            keep_take(
                session,
                video=get_video(session, video_id),
                scene=session.get(Scene, scene_id),
                kind=TakeKind.IMAGE,
                source=TakeSource.OFFLINE,
                asset=_asset(session, get_video(session, video_id), bought, request, run.workshop.now()),
                at=run.workshop.now(),
                prompt=request.prompt,
                provider="offline",
                model=request.model,
                paid_call_id=call_id,
            )
    return {"pictures": len(scene_ids)}


@dataclass
class _Tally:
    """What became of each order. One that waits or fails holds up none of the others."""

    orders: Sequence[PaidOrder]
    failed: dict[str, str] = field(default_factory=dict)
    later: list[Later] = field(default_factory=list)
    waits_for_person: bool = False
    stuck: set[str] = field(default_factory=set)

    def attempt(self, order: PaidOrder, work: Callable[[], None]) -> None:
        """Do a part of an order's work and remember how it went."""
        try:
            work()
        except CallFailed as failed:
            self.failed[order.call_id] = str(failed)
        except Later as later:
            self.later.append(later)
        except WaitsForPerson:
            self.waits_for_person = True
        else:
            return
        self.stuck.add(order.call_id)

    def conclude(self) -> None:
        """End, go on later, or say which failed."""
        if self.later:
            raise min(self.later, key=lambda later: later.delay_s)
        if self.waits_for_person:
            raise WaitsForPerson
        if self.failed:
            told = "; ".join(
                f"picture {number}: {self.failed[order.call_id]}"
                for number, order in enumerate(self.orders, 1)
                if order.call_id in self.failed
            )
            made = len(self.orders) - len(self.failed)
            raise JobFailed(
                f"{made} of {len(self.orders)} pictures were made and are kept. {told} Ask for the others again.",
                "pictures_missing",
                {
                    "pictures": made,
                    "failed": dict(self.failed),
                    "failed_scene_ids": [
                        order.line.scene_id
                        for order in self.orders
                        if order.call_id in self.failed and order.line.scene_id
                    ],
                },
            )


def _keep(order: PaidOrder, session: Session, call: PaidCall, bought: Bought, at: datetime) -> None:
    quote = get_quote(session, call.quote_id)
    video = get_video(session, quote.video_id)
    scene = session.get(Scene, order.line.scene_id) if order.line.scene_id else None
    keep_take(
        session,
        video=video,
        scene=scene,
        kind=TakeKind.IMAGE,
        source=TakeSource.GENERATED,
        asset=_asset(session, video, bought, order.request, at),
        at=at,
        prompt=order.request.prompt,
        provider=call.provider,
        model=call.model,
        cost_micros=order.line.amount_micros,
        paid_call_id=call.id,
    )


def _asset(session: Session, video: Video, bought: Bought, request: ImageRequest, at: datetime) -> Asset:
    name = " ".join(request.prompt.split())[:60]
    return keep_asset(
        session,
        sha256=bought.stored.sha256,
        size_bytes=bought.stored.size_bytes,
        type=AssetType.IMAGE,
        media_type=bought.media_type,
        file_name=f"{name}.{SUFFIX[bought.media_type]}",
        client_id=video.client_id,
        facts=bought.facts.model_dump(mode="json", exclude_none=True),
        at=at,
    )


def _video_is_generating(session: Session, video_id: str, at: datetime) -> None:
    video = get_video(session, video_id)
    try:
        move_video(session, video, VideoStatus.GENERATING, by=SYSTEM, at=at)
    except IllegalMove:  # it is being rendered: its next export will have the new pictures
        return


def _settle(session: Session, job: Job, at: datetime) -> None:
    """The work on a quote is over: what was set aside goes back, once all that was ordered is booked."""
    quote_id = str(job.arguments[0])
    if session.get(Quote, quote_id) is None:
        return
    if not paid_calls.unfinished_calls(session, quote_id):
        settle_quote(session, quote_id, at=at)
    elif job.kind == BUYS_PICTURES:
        _bring_in(session, quote_id, f"{job.id}:rest", at)


def _bring_in(session: Session, quote_id: str, job_id: str, at: datetime) -> None:
    quote = session.get_one(Quote, quote_id)
    job = jobs.enqueue(
        session,
        COLLECT_PICTURES,
        quote_id,
        at=at,
        job_id=job_id,
        asked_by="system",
        client_id=quote.client_id,
        project_id=quote.project_id,
        video_id=quote.video_id,
    )
    hand_over(session, quote_id, job.id)


GENERATE_PICTURES = JobKind(BUYS_PICTURES, "paid", generate_pictures, _settle)
COLLECT_PICTURES = JobKind(BRINGS_IN_PICTURES, "paid", collect_pictures, _settle, unforeseen_retry_s=60.0)
DRAW_PICTURES = JobKind(DRAWS_CARDS, "paid", draw_pictures)
