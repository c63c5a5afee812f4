"""Projects: jobs for a client, from a draft to a delivery."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import (
    DbSession,
    Idempotency,
    IfMatch,
    Now,
    PageQuery,
    ReadSession,
    SignedInStaff,
    TheStudio,
    etag,
    sorted_by,
)
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.fields import PageOf, Search
from api.schemas.projects import (
    DeliveriesOut,
    ProjectChanges,
    ProjectFilesOut,
    ProjectIn,
    ProjectListed,
    ProjectMove,
    ProjectOut,
    ProjectSort,
    ProjectStatus,
    StatusChangesOut,
)
from api.services.shown_files import as_asset
from api.services.shown_projects import as_deliveries, as_listed, as_moves, as_project
from automations.events import ProjectCreated, emit
from engine.core import assets, audit, clients, deliveries, models, projects

router = APIRouter(prefix="/projects", tags=["projects"], route_class=StudioRoute)


@router.get("", summary="Projects")
def list_projects(
    session: ReadSession,
    wish: PageQuery,
    sort: ProjectSort = "-created_at",
    client_id: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")] = None,
    status: ProjectStatus | None = None,
    archived: Annotated[bool, Query(description="Those that are put away.")] = False,
    search: Search = None,
) -> PageOf[ProjectListed]:
    """Projects, filtered. Those without a due date come last when sorted by it. A search looks in the names of the
    project and of its client."""
    page = projects.list_projects(
        session,
        sorted_by(wish, sort),
        client_id=client_id,
        status=models.ProjectStatus(status) if status else None,
        archived=archived,
        search=search,
    )
    return PageOf(items=as_listed(session, page.items), next_cursor=page.next_cursor)


@router.post("", status_code=201, summary="Add a project", dependencies=[Idempotency], responses=problems(404, 409))
def create_project(body: ProjectIn, response: Response, session: DbSession, me: SignedInStaff, now: Now) -> ProjectOut:
    """A draft. A client who is put away gets none (409 `client_archived`). Tells `project.created`."""
    project = projects.create_project(session, at=now, **body.model_dump())
    emit(session, ProjectCreated.of(project, clients.get_client(session, project.client_id)), at=now)
    audit.record(session, "project_added", by=me.actor, subject=("project", project.id), at=now)
    response.headers["ETag"] = etag(project.revision)
    return as_project(project)


@router.get("/{project_id}", summary="One project")
def get_project(project_id: str, response: Response, session: ReadSession) -> ProjectOut:
    """Also where it is put away."""
    project = projects.get_project(session, project_id)
    response.headers["ETag"] = etag(project.revision)
    return as_project(project)


@router.patch("/{project_id}", summary="Change a project")
def change_project(
    project_id: str,
    body: ProjectChanges,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    revision: IfMatch,
    now: Now,
) -> ProjectOut:
    """What is absent stays, and null empties."""
    changes = body.model_dump(exclude_unset=True)
    project = projects.change_project(session, project_id, revision, at=now, **changes)
    audit.record(
        session,
        "project_changed",
        by=me.actor,
        subject=("project", project.id),
        at=now,
        fields=", ".join(sorted(changes)),
    )
    response.headers["ETag"] = etag(project.revision)
    return as_project(project)


@router.post("/{project_id}/moves", summary="Move a project", responses=problems(409))
def move_project(
    project_id: str, body: ProjectMove, response: Response, session: DbSession, me: SignedInStaff, now: Now
) -> ProjectOut:
    """Written down with who, when and why. A move that leads nowhere is 409 `illegal_move`, with where it leads."""
    project = projects.move_project(
        session, project_id, models.ProjectStatus(body.to), by=me.actor, at=now, reason=body.reason
    )
    response.headers["ETag"] = etag(project.revision)
    return as_project(project)


@router.get("/{project_id}/moves", summary="How a project moved")
def list_project_moves(project_id: str, session: ReadSession) -> StatusChangesOut:
    """All moves of the project and its videos, the oldest first."""
    projects.get_project(session, project_id)
    moves = projects.status_changes(session, project_id)
    return StatusChangesOut(items=as_moves(session, moves))


@router.get("/{project_id}/files", summary="A project's files")
def list_project_files(project_id: str, session: ReadSession, studio: TheStudio, now: Now) -> ProjectFilesOut:
    """What its videos use, and the films that they became; the newest first, two hundred at most."""
    projects.get_project(session, project_id)
    files = assets.files_of_project(session, project_id)
    return ProjectFilesOut(items=[as_asset(file, studio.secret, now) for file in files])


@router.get("/{project_id}/deliveries", summary="Where a project's films were put")
def list_project_deliveries(project_id: str, session: ReadSession) -> DeliveriesOut:
    """Films that were pushed to a folder, the newest first, two hundred at most."""
    projects.get_project(session, project_id)
    return DeliveriesOut(items=as_deliveries(session, deliveries.deliveries_of(session, project_id)))


@router.post("/{project_id}/archive", summary="Put a project away")
def archive_project(project_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ProjectOut:
    """Nothing of it is lost."""
    project = projects.archive_project(session, project_id, at=now)
    audit.record(session, "project_archived", by=me.actor, subject=("project", project.id), at=now)
    return as_project(project)


@router.post("/{project_id}/restore", summary="Bring a project back")
def restore_project(project_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ProjectOut:
    """It is in the lists again."""
    project = projects.restore_project(session, project_id, at=now)
    audit.record(session, "project_restored", by=me.actor, subject=("project", project.id), at=now)
    return as_project(project)
