"""The client's view: what one client may see of their projects and videos.

Core: no HTTP, no clock. Called by api.services.shown_portal and the portal's routers.
Law: everything here takes a `client_id` and finds nothing of another client. A video is there from the moment that a
version of it was sent; a draft project, and one that was put away, is the studio's own business.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Exists, Select, exists, func, select
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Decision, Note, Project, ProjectStatus, Verdict, Version, Video
from engine.core.paging import Page, PageWish, Sortable, read_page

SHOWN: Final = (ProjectStatus.IN_PROGRESS, ProjectStatus.REVIEW, ProjectStatus.APPROVED, ProjectStatus.DELIVERED)
AT_WORK: Final = (ProjectStatus.IN_PROGRESS, ProjectStatus.REVIEW, ProjectStatus.APPROVED)
MOST_AT_A_GLANCE: Final = 50
SORTS: Final[Mapping[str, Sortable]] = {"created_at": Version.created_at}


def current_versions(session: Session, client_id: str, wish: PageWish) -> Page[Version]:
    """The newest version of each video of this client; sorts: created_at. Raises Invalid."""
    return read_page(session, _current(client_id), wish, sorts=SORTS, unique=Version.id)


def waiting_versions(session: Session, client_id: str, *, limit: int = MOST_AT_A_GLANCE) -> Sequence[Version]:
    """Newest versions that nobody decided on, the longest waiting first."""
    rows = _current(client_id).where(~_decided()).order_by(Version.created_at, Version.id)
    return session.scalars(rows.limit(limit)).all()


def waiting_count(session: Session, client_id: str) -> int:
    """How many videos wait for the client's word, MOST_AT_A_GLANCE at most."""
    rows = _current(client_id).where(~_decided()).limit(MOST_AT_A_GLANCE)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def approved_versions(session: Session, client_id: str, *, limit: int = 20) -> Sequence[Version]:
    """Newest versions that are approved, the last sent first."""
    rows = _current(client_id).where(_decided(Verdict.APPROVED)).order_by(Version.created_at.desc(), Version.id.desc())
    return session.scalars(rows.limit(limit)).all()


def current_version_of(session: Session, client_id: str, video_id: str) -> Version:
    """The newest version of a video. Raises NotFound, also where the video is another client's or nothing was sent."""
    version = session.scalar(_current(client_id).where(Version.video_id == video_id).limit(1))
    if version is None:
        raise NotFound("video", video_id)
    return version


def get_version_of(session: Session, client_id: str, version_id: str) -> Version:
    """A version, also one that was replaced. Raises NotFound, also where it is another client's or put away."""
    version = session.scalar(_sent(client_id).where(Version.id == version_id))
    if version is None:
        raise NotFound("version", version_id)
    return version


def projects_of(
    session: Session, client_id: str, *, statuses: Sequence[ProjectStatus] = SHOWN, limit: int = MOST_AT_A_GLANCE
) -> Sequence[Project]:
    """The client's projects, the newest first."""
    return session.scalars(
        _projects(client_id, statuses).order_by(Project.created_at.desc(), Project.id.desc()).limit(limit)
    ).all()


def get_project_of(session: Session, client_id: str, project_id: str) -> Project:
    """Raises NotFound, also where it is another client's, a draft, or put away."""
    project = session.scalar(_projects(client_id, SHOWN).where(Project.id == project_id))
    if project is None:
        raise NotFound("project", project_id)
    return project


def versions_in(session: Session, client_id: str, project_ids: Sequence[str]) -> Sequence[Version]:
    """The newest versions of the videos of these projects, the last sent first."""
    return session.scalars(
        _current(client_id)
        .where(Video.project_id.in_(project_ids))
        .order_by(Version.created_at.desc(), Version.id.desc())
        .limit(500)
    ).all()


def counts_in(session: Session, client_id: str, project_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """By project: how many videos were sent, and how many of them wait for the client's word."""
    sent = (
        _current(client_id)
        .with_only_columns(Video.project_id, func.count(), func.count().filter(~_decided()))
        .where(Video.project_id.in_(project_ids))
        .group_by(Video.project_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(sent)}


def unanswered_in(session: Session, version_ids: Sequence[str]) -> dict[str, int]:
    """By version: how many notes came along from the version before, of which nobody has said whether they were
    addressed."""
    rows = (
        select(Note.version_id, func.count())
        .where(
            Note.version_id.in_(version_ids),
            Note.carried_from_note_id.is_not(None),
            Note.was_addressed.is_(None),
            Note.resolved_at.is_(None),
        )
        .group_by(Note.version_id)
    )
    return {row[0]: row[1] for row in session.execute(rows)}


def get_decision_of(session: Session, client_id: str, decision_id: str) -> Decision:
    """Raises NotFound, also where it is another client's."""
    decision = session.scalar(
        select(Decision)
        .join(Version, Version.id == Decision.version_id)
        .where(Decision.id == decision_id, Version.client_id == client_id)
    )
    if decision is None:
        raise NotFound("decision", decision_id)
    return decision


def _current(client_id: str) -> Select[Version]:
    return _sent(client_id).where(Version.replaced_at.is_(None))


def _sent(client_id: str) -> Select[Version]:
    return (
        select(Version)
        .join(Video, Video.id == Version.video_id)
        .join(Project, Project.id == Video.project_id)
        .where(Version.client_id == client_id, Video.archived_at.is_(None), Project.archived_at.is_(None))
    )


def _decided(verdict: Verdict | None = None) -> Exists:
    found = exists().where(
        Decision.version_id == Version.id, Decision.withdrawn_at.is_(None), Decision.voided_at.is_(None)
    )
    return found if verdict is None else found.where(Decision.verdict == verdict)


def _projects(client_id: str, statuses: Sequence[ProjectStatus]) -> Select[Project]:
    return select(Project).where(
        Project.client_id == client_id, Project.status.in_(statuses), Project.archived_at.is_(None)
    )
