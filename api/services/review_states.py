"""Review states: where the newest version of each video of a list stands at its client.

Called by api.routers.videos and api.services.shown_films. Law: one query however many videos there are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.videos import VideoReview
from api.services.shown_reviews import state_of
from engine.core.models import Decision, Version, VersionExport


def reviews_of(session: Session, video_ids: Sequence[str], at: datetime) -> Mapping[str, VideoReview]:
    """By video id. Videos of which nothing was sent are absent."""
    rows = session.execute(
        select(Version, Decision)
        .outerjoin(Decision, (Decision.version_id == Version.id) & Decision.withdrawn_at.is_(None))
        .where(Version.video_id.in_(sorted(set(video_ids))), Version.replaced_at.is_(None))
    )
    return {version.video_id: _shown(version, decision, at) for version, decision in rows}


def sent_films(session: Session, reviews: Mapping[str, VideoReview]) -> frozenset[str]:
    """The exports that are in these versions."""
    ids = [review.version_id for review in reviews.values()]
    return frozenset(session.scalars(select(VersionExport.export_id).where(VersionExport.version_id.in_(ids))))


def _shown(version: Version, decision: Decision | None, at: datetime) -> VideoReview:
    return VideoReview(
        version_id=version.id,
        version_number=version.number,
        state=state_of(version, decision, at),
        since=version.created_at if decision is None else decision.created_at,
    )
