"""Shown projects: with where they can go, in a list with their client's name, and their moves with who made them.

Called by api.routers.projects and api.services.representations. Law: as few queries for a page of them as for one.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.projects import ProjectListed, ProjectOut, ProjectRow, StatusChangeOut
from api.services.shown_rows import facts_of
from engine.core.models import Client, Contact, Project, ProjectStatus, Staff, StatusChange
from engine.core.projects import MOVES
from engine.core.videos import video_counts

_POSSIBLE: Final = {
    status: tuple(move.value for move in ProjectStatus if move in moves) for status, moves in MOVES.items()
}


def as_project(project: Project) -> ProjectOut:
    """One project as the api shows it."""
    return ProjectOut(**facts_of(project, ProjectRow), possible_moves=_POSSIBLE[project.status])


def as_listed(session: Session, projects: Sequence[Project]) -> list[ProjectListed]:
    """The projects as a list shows them, in their order."""
    wanted = {project.client_id for project in projects}
    rows = session.execute(select(Client.id, Client.name).where(Client.id.in_(wanted)))
    names = {row.id: row.name for row in rows}
    counts = video_counts(session, [project.id for project in projects])
    return [
        ProjectListed(
            **facts_of(project, ProjectRow),
            possible_moves=_POSSIBLE[project.status],
            client_name=names[project.client_id],
            video_count=counts.get(project.id, 0),
        )
        for project in projects
    ]


def as_moves(session: Session, moves: Sequence[StatusChange]) -> list[StatusChangeOut]:
    """The moves in their order."""
    names = _names(session, {move.by for move in moves})
    return [
        StatusChangeOut(
            id=move.id,
            video_id=move.video_id,
            from_status=move.from_status,
            to_status=move.to_status,
            at=move.at,
            by=move.by,
            by_name=names.get(move.by, ""),
            reason=move.reason,
        )
        for move in moves
    ]


def _names(session: Session, actors: set[str]) -> Mapping[str, str]:
    """By actor, as engine.core.actors writes them, what a person is called."""
    ids = [actor.partition(":")[2] for actor in actors if ":" in actor]
    staff = session.execute(select(Staff.id, Staff.name, Staff.email).where(Staff.id.in_(ids)))
    contacts = session.execute(select(Contact.id, Contact.name, Contact.email).where(Contact.id.in_(ids)))
    return {
        **{f"staff:{row.id}": row.name or row.email for row in staff},
        **{f"contact:{row.id}": row.name or row.email for row in contacts},
    }
