"""What the dashboard shows, gathered from the api, and what of it needs somebody now.

Called by the dashboard's page. `needs_of` is pure: who looks sees the most pressing first.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from api.schemas.costs import BudgetOut, QuestionOut, SummaryOut
from api.schemas.jobs import JobOut
from api.schemas.notifications import NotificationOut
from api.schemas.projects import ProjectOut, ProjectStatus
from api.schemas.videos import VideoListed
from engine.ui.client import StudioApi
from engine.ui.components.spend_chart import ProviderSpend
from engine.ui.notation import STUDIO_ZONE, today
from engine.ui.pages.create.steps import path_to_go_on

DUE_WITHIN: Final = timedelta(days=14)
FAILED_SINCE: Final = timedelta(days=7)
"""Older failures are history: somebody has lived with them for a week."""
MOST_RECENT: Final = 6
MOST_PROVIDERS: Final = 4
MOST_CLIENTS: Final = 100
UNFINISHED: Final[tuple[ProjectStatus, ...]] = ("in_progress", "review", "draft")
Kind = Literal["failed", "question", "noted", "changes", "written", "due", "ready"]
MOST_NOTICES: Final = 50


@dataclass(frozen=True)
class Need:
    """One thing that waits for a person. `due_on` only for what is due; `client` is a name, where there is one; `who`
    is a person there, where one wrote something; `path` leads to where it can be done, and is empty for what is done
    in the jobs drawer."""

    kind: Kind
    name: str
    client: str = ""
    who: str = ""
    due_on: date | None = None
    path: str = ""


@dataclass(frozen=True)
class Spend:
    """What was spent this month, in micro-euros; `parts` of the largest providers, the largest first."""

    total_micros: int
    parts: Sequence[ProviderSpend]
    budget: BudgetOut | None


@dataclass(frozen=True)
class Overview:
    """All that the dashboard shows."""

    needs: Sequence[Need]
    spend: Spend
    recent: Sequence[VideoListed]


async def load_overview(api: StudioApi) -> Overview:
    """Ask for everything at once. Raises ApiProblem."""
    now_on = today()
    first_day = now_on.replace(day=1)
    waiting = asyncio.gather(api.jobs(limit=50), api.questions(), api.videos(status="ready", limit=20))
    dated = asyncio.gather(*(api.projects(sort="due_on", status=status, limit=20) for status in UNFINISHED))
    spent = asyncio.gather(api.spend("provider", first_day, now_on), api.budgets())
    made = asyncio.gather(
        api.videos(limit=MOST_RECENT),
        api.clients(limit=MOST_CLIENTS),
        api.notifications(limit=MOST_NOTICES, unread=True),
    )
    (recent, clients, notices), (jobs, questions, ready), pages, (providers, budgets) = await asyncio.gather(
        made, waiting, dated, spent
    )
    names = {client.id: client.name for client in clients.items}
    projects = [project for page in pages for project in page.items]
    budget = next((budget for budget in budgets.items if budget.scope == "studio_month"), None)
    spend = await load_spend(api, providers, budget, first_day, now_on)
    asked = wishes_of(notices.items)
    needs = needs_of(jobs.items, questions.items, projects, ready.items, names, now_on, asked)
    return Overview(needs, spend, recent.items)


async def load_spend(
    api: StudioApi, providers: SummaryOut, budget: BudgetOut | None, first_day: date, last_day: date
) -> Spend:
    """The month's sums, by provider and day; the smaller providers together. Raises ApiProblem."""
    named = [part.key for part in providers.parts[:MOST_PROVIDERS]]
    days = await asyncio.gather(*(api.spend("day", first_day, last_day, provider=name) for name in named))
    parts = [
        ProviderSpend(name, summary.total.amount_micros, _by_day(summary))
        for name, summary in zip(named, days, strict=True)
    ]
    return Spend(providers.total.amount_micros, parts, budget)


def _by_day(summary: SummaryOut) -> dict[date, int]:
    return {date.fromisoformat(part.key): part.cost.amount_micros for part in summary.parts}


def needs_of(
    jobs: Sequence[JobOut],
    questions: Sequence[QuestionOut],
    projects: Sequence[ProjectOut],
    ready: Sequence[VideoListed],
    client_names: Mapping[str, str],
    now_on: date,
    wishes: Sequence[Need] = (),
) -> list[Need]:
    """What waits for a person: money first, what failed, what clients wrote, what is late, what is due soon, what is
    ready. wishes: of clients, see `wishes_of`."""
    retried = {job.retries_job_id for job in jobs}
    failed = [
        Need("failed", job.kind)
        for job in jobs
        if job.status == "failed"
        and job.id not in retried
        and job.updated_at.astimezone(STUDIO_ZONE).date() >= now_on - FAILED_SINCE
    ]
    due = sorted(
        (
            Need(
                "due",
                project.name,
                client_names.get(project.client_id, ""),
                due_on=project.due_on,
                path=f"/projects/{project.id}",
            )
            for project in projects
            if project.due_on is not None
        ),
        key=lambda need: need.due_on or date.max,
    )
    late = [need for need in due if need.due_on is not None and need.due_on <= now_on]
    soon = [need for need in due if need.due_on is not None and now_on < need.due_on <= now_on + DUE_WITHIN]
    shown = [
        Need("ready", video.title, client_names.get(video.client_id, ""), path=path_to_go_on(video)) for video in ready
    ]
    asked = [Need("question", question.text) for question in questions]
    return [*asked, *failed, *wishes, *late, *soon, *shown]


def wishes_of(notices: Sequence[NotificationOut]) -> list[Need]:
    """What clients wrote that was not looked at yet, the longest waiting first. Of one video or thread the most telling
    stands here: a request for changes tells more than a note."""
    found: dict[str, Need] = {}
    for notice in reversed(notices):
        facts = {name: str(fact) for name, fact in notice.facts.items()}
        kind: Kind
        if notice.kind == "decision" and facts.get("verdict") == "changes_requested":
            kind, who = "changes", facts.get("contact", "")
        elif notice.kind == "note_added":
            kind, who = "noted", facts.get("contact", "")
        elif notice.kind == "message":
            kind, who = "written", facts.get("from_name", "")
        else:
            continue
        if notice.path not in found or kind == "changes":
            name = facts.get("title") or facts.get("client", "")
            client = facts.get("client", "") if facts.get("title") else ""
            found[notice.path] = Need(kind, name, client, who, path=notice.path)
    return list(found.values())
