"""Shown projects: with where they can go, in a list with their client's name, and their moves with who made them.

Called by api.routers.projects and api.services.representations. Law: as few queries for a page of them as for one.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.projects import DeliveryOut, ProjectListed, ProjectOut, ProjectRow, StatusChangeOut
from api.services.actor_names import actor_names
from api.services.shown_rows import facts_of
from engine.core.models import Client, Delivery, Export, Project, ProjectStatus, StatusChange, Video
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
    names = actor_names(session, {move.by for move in moves})
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


def as_deliveries(session: Session, deliveries: Sequence[Delivery]) -> list[DeliveryOut]:
    """Where films of a project were put, in their order."""
    names = actor_names(session, {delivery.by for delivery in deliveries})
    rows = session.execute(
        select(Export.id, Export.format, Video.title)
        .join(Video, Video.id == Export.video_id)
        .where(Export.id.in_({delivery.export_id for delivery in deliveries}))
    )
    films = {row.id: (row.title, row.format) for row in rows}
    return [
        DeliveryOut(
            id=delivery.id,
            export_id=delivery.export_id,
            title=films[delivery.export_id][0],
            format=films[delivery.export_id][1],
            place=delivery.place,
            at=delivery.at,
            by=delivery.by,
            by_name=names.get(delivery.by, ""),
        )
        for delivery in deliveries
    ]
