"""Projects: jobs for a client, from a draft to a delivery.

Core: no HTTP, no vendor, no clock. Called by api.routers.projects, api.routers.reviews and engine.cli.demo.
Law: a status changes along MOVES only, and every move is written down with who, when and why.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.clients import get_client
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import ClientSearchWord, Project, ProjectSearchWord, ProjectStatus, StatusChange
from engine.core.paging import Page, PageWish, Sortable, read_page
from engine.core.revisions import require_revision
from engine.core.search import beginnings_of, begins, has_word, keep_words
from engine.core.texts import clean_name, clean_prose

MOVES: Final[Mapping[ProjectStatus, frozenset[ProjectStatus]]] = {
    ProjectStatus.DRAFT: frozenset({ProjectStatus.IN_PROGRESS}),
    ProjectStatus.IN_PROGRESS: frozenset({ProjectStatus.REVIEW}),
    ProjectStatus.REVIEW: frozenset({ProjectStatus.APPROVED, ProjectStatus.IN_PROGRESS}),
    ProjectStatus.APPROVED: frozenset({ProjectStatus.DELIVERED, ProjectStatus.IN_PROGRESS}),
    ProjectStatus.DELIVERED: frozenset(),
}
MOST_MICROS: Final = 10**15
"""A thousand million euros: more is a slip of the keyboard."""


class IllegalMove(Conflict):
    """The status does not lead there; the message says where it leads."""

    code = "illegal_move"

    def __init__(self, what: str, from_status: str, to_status: str, possible: Sequence[str]) -> None:
        leads = f"From there it goes to {' or '.join(possible)}." if possible else "That is its end."
        super().__init__(
            f"A {what} that is {from_status} cannot become {to_status}. {leads}",
            from_status=from_status,
            to_status=to_status,
            possible=list(possible),
        )


class _ProjectFields(TypedDict, total=False):
    package_tier: str
    included_videos: int | None
    included_revision_rounds: int | None
    price_micros: int | None
    due_on: date | None
    notes: str


class NewProject(_ProjectFields):
    """What a project begins with."""

    client_id: str
    name: str


class ProjectChanges(_ProjectFields, total=False):
    """What may be changed of a project; what is absent stays."""

    name: str


def create_project(session: Session, *, at: datetime, **given: Unpack[NewProject]) -> Project:
    """A new project, a draft. A due date may lie in the past. Raises NotFound, Invalid, Conflict (client_archived)."""
    client = get_client(session, given["client_id"])
    if client.archived_at is not None:
        raise Conflict(f"{client.name} is archived. Restore the client first.", code="client_archived")
    project = Project(client_id=client.id, status=ProjectStatus.DRAFT, created_at=at, updated_at=at)
    _apply(project, given)
    session.add(project)
    session.flush()
    keep_words(session, ProjectSearchWord, project.id, project.name)
    return project


def get_project(session: Session, project_id: str) -> Project:
    """Raises NotFound."""
    project = session.get(Project, project_id)
    if project is None:
        raise NotFound("project", project_id)
    return project


def change_project(
    session: Session, project_id: str, revision: int, *, at: datetime, **changes: Unpack[ProjectChanges]
) -> Project:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid."""
    project = get_project(session, project_id)
    require_revision(project, revision, "project")
    _apply(project, changes)
    if "name" in changes:
        keep_words(session, ProjectSearchWord, project.id, project.name)
    project.updated_at = at
    session.flush()
    return project


def move_project(
    session: Session, project_id: str, to: ProjectStatus, *, by: Actor, at: datetime, reason: str = ""
) -> Project:
    """Move along MOVES and write it down. Raises NotFound, IllegalMove."""
    project = get_project(session, project_id)
    if to not in MOVES[project.status]:
        raise IllegalMove("project", project.status, to, sorted(MOVES[project.status]))
    session.add(
        StatusChange(
            project_id=project.id,
            from_status=project.status,
            to_status=to,
            at=at,
            by=str(by),
            reason=clean_prose(reason, "reason"),
        )
    )
    project.status = to
    project.updated_at = at
    session.flush()
    return project


def status_changes(session: Session, project_id: str) -> Sequence[StatusChange]:
    """All moves of a project and its videos, the oldest first."""
    return session.scalars(
        select(StatusChange)
        .where(StatusChange.project_id == project_id)
        .order_by(StatusChange.at, StatusChange.id)
        .limit(1000)
    ).all()


def archive_project(session: Session, project_id: str, *, at: datetime) -> Project:
    """Put a project away; nothing of it is lost. Raises NotFound."""
    project = get_project(session, project_id)
    if project.archived_at is None:
        project.archived_at = project.updated_at = at
        session.flush()
    return project


def restore_project(session: Session, project_id: str, *, at: datetime) -> Project:
    """Bring an archived project back. Raises NotFound."""
    project = get_project(session, project_id)
    if project.archived_at is not None:
        project.archived_at = None
        project.updated_at = at
        session.flush()
    return project


def _apply(project: Project, changes: ProjectChanges | NewProject) -> None:
    if "name" in changes:
        project.name = clean_name(changes["name"], "name")
    if "package_tier" in changes:
        project.package_tier = clean_prose(changes["package_tier"], "package_tier", longest=80).strip()
    if "notes" in changes:
        project.notes = clean_prose(changes["notes"], "notes")
    if "due_on" in changes:
        project.due_on = changes["due_on"]
    if "included_videos" in changes:
        project.included_videos = _counted(changes["included_videos"], "included_videos", 10_000)
    if "included_revision_rounds" in changes:
        project.included_revision_rounds = _counted(
            changes["included_revision_rounds"], "included_revision_rounds", 10_000
        )
    if "price_micros" in changes:
        project.price_micros = _counted(changes["price_micros"], "price_micros", MOST_MICROS)


def _counted(value: int | None, field: str, most: int) -> int | None:
    if value is not None and not 0 <= value <= most:
        raise Invalid(f"The {field.replace('_', ' ')} is a whole number from 0 to {most}.", field=field)
    return value


PROJECT_SORTS: Final[Mapping[str, Sortable]] = {
    "created_at": Project.created_at,
    "updated_at": Project.updated_at,
    "due_on": Project.due_on,
    "name": Project.name,
}


def list_projects(
    session: Session,
    wish: PageWish,
    *,
    client_id: str | None = None,
    status: ProjectStatus | None = None,
    archived: bool = False,
    search: str | None = None,
) -> Page[Project]:
    """Projects, filtered; those that are put away only where asked for. search: words of the project's or the client's
    name, or how they begin; each must be found. Raises Invalid."""
    rows = select(Project).where(Project.archived_at.is_not(None) if archived else Project.archived_at.is_(None))
    if client_id is not None:
        rows = rows.where(Project.client_id == client_id)
    if status is not None:
        rows = rows.where(Project.status == status)
    if search is not None:
        beginnings = beginnings_of(search)
        rows = rows.where(*map(_is_named, beginnings)) if beginnings else rows.where(false())
    return read_page(session, rows, wish, sorts=PROJECT_SORTS, unique=Project.id)


def _is_named(beginning: str) -> ColumnElement[bool]:
    of_clients = select(ClientSearchWord.client_id).where(
        ClientSearchWord.source_id == ClientSearchWord.client_id, *begins(ClientSearchWord.word, beginning)
    )
    return has_word(ProjectSearchWord, beginning, Project.id) | Project.client_id.in_(of_clients)
