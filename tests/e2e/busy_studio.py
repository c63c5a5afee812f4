"""A studio in the middle of a working day, as rows: what the engine app is looked at with.

Used by tests.e2e. Its clock is the real one, since the browser's is.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from engine.core import clients, projects, videos
from engine.core.actors import SYSTEM
from engine.core.costs import budgets, prices, quotes, totals
from engine.core.costs.budgets import STUDIO_ZONE
from engine.core.models import (
    ApiUsage,
    BudgetScope,
    Job,
    JobStatus,
    PaidCall,
    PaidCallState,
    Project,
    ProjectStatus,
    Question,
    UsageKind,
    Video,
    VideoStatus,
    new_id,
)
from engine.core.notifications import notify_everybody

MONTH_LIMIT_MICROS = 250_000_000
TITLES = ("Oliebollen", "Nieuwe voorjaarscollectie", "Open dag", "Achter de schermen bij de molen", "E-bikes", "Kerst")
DUE_IN_DAYS = (-2, 0, 3, 9, 40)


@dataclass(frozen=True)
class Day:
    """What was made of it."""

    failed_job_id: str
    running_job_id: str
    waiting_job_id: str


def a_busy_day(session: Session, at: datetime) -> Day:
    """Two clients with work in hand, a month's costs, a job that failed and one that runs, and news under the bell."""
    first = _videos(session, at)
    _month_of_costs(session, first, at)
    _budget(session, at)
    failed = _job(session, first, JobStatus.FAILED, at - timedelta(hours=1))
    failed.problem_code = "disk_full"
    failed.problem = "The disk is full. Nothing half-written is left; free some room and try again."
    running = _job(session, first, JobStatus.RUNNING, at - timedelta(seconds=40))
    running.stage, running.progress, running.started_at = "rendering", 0.4, at - timedelta(seconds=40)
    waiting = _job(session, first, JobStatus.WAITING, at - timedelta(minutes=5))
    waiting.kind, waiting.queue, waiting.stage = "generate_pictures", "paid", "question"
    _question(session, first, waiting, at)
    notify_everybody(session, kind="endpoint_switched_off", facts={}, path="/", once_key=new_id(), at=at)
    return Day(failed.id, running.id, waiting.id)


def _videos(session: Session, at: datetime) -> Video:
    """Projects with their due dates, and a video each where there are titles left; the first of them."""
    made = []
    names = iter(TITLES)
    for client_name in ("Bakkerij Anna", "Fietsen van O'Brien & Zn."):
        client = clients.create_client(session, name=client_name, at=at)
        for days in DUE_IN_DAYS:
            due_on = (at.astimezone(STUDIO_ZONE) + timedelta(days=days)).date()
            project = projects.create_project(
                session, client_id=client.id, name=f"Campagne {due_on:%B}", due_on=due_on, at=at
            )
            projects.move_project(session, project.id, ProjectStatus.IN_PROGRESS, by=SYSTEM, at=at)
            if title := next(names, None):
                made.append(_video(session, project, title, at))
    return made[0]


def _video(session: Session, project: Project, title: str, at: datetime) -> Video:
    video = videos.create_video(session, project_id=project.id, title=title, script="Eén.\n---\nTwee.", at=at)
    if title == "Open dag":
        video.status = VideoStatus.READY
    return video


def _month_of_costs(session: Session, video: Video, at: datetime) -> None:
    """The same costs each time: some days of each of three providers."""
    dice = random.Random(7)
    for back in range(at.astimezone(STUDIO_ZONE).day):
        for provider in ("replicate", "heygen", "elevenlabs"):
            if dice.random() < 0.6:
                usage = ApiUsage(
                    at=at - timedelta(days=back),
                    client_id=video.client_id,
                    project_id=video.project_id,
                    kind=UsageKind.IMAGE,
                    provider=provider,
                    model="a-model",
                    unit="image",
                    quantity=1,
                    amount_micros=dice.randrange(200_000, 6_000_000),
                    estimated_micros=0,
                )
                session.add(usage)
                session.flush()
                totals.count(session, usage)


def _budget(session: Session, at: datetime) -> None:
    month = budgets.month_of(at)
    scope = BudgetScope.STUDIO_MONTH
    budgets.set_budget(session, scope=scope, scope_id="", month=month, limit_micros=MONTH_LIMIT_MICROS, note="", at=at)


def _question(session: Session, video: Video, job: Job, at: datetime) -> None:
    """A paid call whose answer was lost, at a vendor that cannot list."""
    prices.add_price(
        session,
        provider="replicate",
        model="flux",
        unit="image",
        amount_micros=3000,
        currency="EUR",
        valid_from=at,
        source="",
        at=at,
    )
    scene = videos.scenes_of(session, video.id)[0]
    wanted = quotes.Wanted(scene_id=scene.id, provider="replicate", model="flux", unit="image", request={})
    quote = quotes.make_quote(session, video, UsageKind.IMAGE, [wanted], at=at)
    quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=SYSTEM, at=at)
    call = PaidCall(
        id=f"{quote.id}:0",
        quote_id=quote.id,
        scene_id=scene.id,
        provider="replicate",
        model="flux",
        request={},
        request_sha256="0" * 64,
        state=PaidCallState.UNKNOWN,
        created_at=at,
        sent_at=at,
    )
    session.add(call)
    session.flush()
    text = "Is er bij Replicate een bestelling van 14:05 voor “Eén.”?"
    session.add(Question(paid_call_id=call.id, job_id=job.id, attempt=1, text=text, created_at=at))
    session.flush()


def _job(session: Session, video: Video, status: JobStatus, at: datetime) -> Job:
    job = Job(
        id=new_id(),
        kind="render_export",
        queue="render",
        status=status,
        project_id=video.project_id,
        client_id=video.client_id,
        video_id=video.id,
        arguments=[],
        created_at=at,
        updated_at=at,
    )
    if status is JobStatus.FAILED:
        job.finished_at = at
    session.add(job)
    session.flush()
    return job
