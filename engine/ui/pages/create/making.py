"""Making: how pictures are made for the open video, and which scenes the jobs at work are for.

Kept by the wizard; read by the visuals step. What jobs there are stands in the feed; here is what it does not tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import flet as ft

from api.schemas.costs import PriceOut
from api.schemas.jobs import JobOut
from api.schemas.videos import Format, TakeOut
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.desk import UNDER_WAY
from engine.ui.notation import utc_now

BUYS: Final = frozenset({"generate_pictures", "collect_pictures"})
MAKES: Final = BUYS | {"draw_pictures"}


@dataclass(eq=False)
class Making(ft.Observable):
    """Choices of this window, and what it knows of jobs."""

    format: Format = "9:16"
    model: str = ""
    """Provider and model, parted by a space; empty: the first that has a price."""
    scenes_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Job id to the scenes that it is for, in the order of its pictures."""

    async def chosen_model(self, api: StudioApi) -> str:
        """The model; where none was chosen yet, the cheapest. Empty: none has a price. Raises ApiProblem."""
        if not self.model:
            known = models_of((await api.prices()).items)
            self.model = known[0][0] if known else ""
        return self.model

    def began(self, job: JobOut, scene_ids: Sequence[str]) -> None:
        """A job was started for these scenes."""
        self.scenes_of = {**self.scenes_of, job.id: tuple(scene_ids)}

    def scenes_for(self, job: JobOut) -> Sequence[str]:
        """The scenes that a job makes pictures for; none while that is not known yet."""
        return self.scenes_of.get(job.id, job.scene_ids)

    async def learn(self, api: StudioApi, jobs: Iterable[JobOut]) -> None:
        """Find out for which scenes the bought pictures are that another window, or an earlier one, asked for."""
        for job in jobs:
            quote_id = quote_of(job)
            if quote_id is None or job.id in self.scenes_of:
                continue
            try:
                quote = await api.quote(quote_id)
            except ApiProblem:  # then it is shown in the jobs drawer only
                continue
            self.began(job, [line.scene_id or "" for line in quote.lines])


def models_of(prices: Sequence[PriceOut]) -> list[tuple[str, str]]:
    """What can draw a picture: each model that has a price now, as it is kept and as it is said; the cheapest first."""
    now = utc_now()
    newest: dict[str, PriceOut] = {}
    for price in prices:
        if price.unit == "image" and price.valid_from <= now:
            key = f"{price.provider} {price.model}"
            if key not in newest or price.valid_from > newest[key].valid_from:
                newest[key] = price
    cheapest = sorted(newest.items(), key=lambda entry: (entry[1].amount_micros, entry[0]))
    return [(key, price.model.rsplit("/", 1)[-1]) for key, price in cheapest]


@dataclass(frozen=True)
class Failure:
    """A picture that was not made, and why."""

    job: JobOut
    reason: str


def quote_of(job: JobOut) -> str | None:
    """The quote that a job buys on: it stands in the job's id."""
    parts = job.id.split(":")
    return parts[1] if job.kind in BUYS and len(parts) > 1 else None


def jobs_for(video_id: str, jobs: Iterable[JobOut]) -> list[JobOut]:
    """Those that make pictures for this video, the newest first."""
    mine = (job for job in jobs if job.video_id == video_id and job.kind in MAKES)
    return sorted(mine, key=lambda job: job.created_at, reverse=True)


def job_on(scene_id: str, jobs: Sequence[JobOut], making: Making, takes: Iterable[TakeOut]) -> JobOut | None:
    """The job at work on a scene; not one that has brought it its picture and goes on with the others."""
    for job in jobs:
        if job.status in UNDER_WAY and scene_id in making.scenes_for(job):
            return None if _has_come(scene_id, takes, _asked_at(job, jobs)) else job
    return None


def failure_on(scene_id: str, jobs: Sequence[JobOut], making: Making, takes: Iterable[TakeOut]) -> Failure | None:
    """Why a scene's last job brought it nothing; None once it has got a newer take, or a newer job works on it."""
    for job in jobs:
        scene_ids = making.scenes_for(job)
        if scene_id not in scene_ids:
            continue
        if job.status != "failed":
            return None
        if any(take.scene_id == scene_id and take.created_at >= job.created_at for take in takes):
            return None
        return Failure(job, _reason(scene_id, job, scene_ids))
    return None


def _asked_at(job: JobOut, jobs: Iterable[JobOut]) -> datetime:
    """When its pictures were ordered: what one job could not bring in, a later one on the same quote does."""
    quote_id = quote_of(job)
    same = (other.created_at for other in jobs if quote_id is not None and quote_of(other) == quote_id)
    return min(same, default=job.created_at)


def _has_come(scene_id: str, takes: Iterable[TakeOut], since: datetime) -> bool:
    made = (take for take in takes if take.scene_id == scene_id and take.source in {"generated", "offline"})
    return any(take.created_at >= since for take in made)


def _reason(scene_id: str, job: JobOut, scene_ids: Sequence[str]) -> str:
    """The picture's own where the job tells it, else the job's."""
    failed = (job.result or {}).get("failed")
    call_id = f"{quote_of(job)}:{list(scene_ids).index(scene_id)}"
    if isinstance(failed, dict) and isinstance(own := failed.get(call_id), str):
        return own
    return job.problem
