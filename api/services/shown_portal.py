"""Shown in the portal: a client's projects and videos, in the client's words.

Called by the routers under /api/portal and, for “as the client sees it”, by api.routers.reviews.
Law: as few queries for a page of videos as for one. No price, no note of the studio's own, no cost gets in here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from api.schemas.clients import NotificationWishes
from api.schemas.portal import (
    Agreements,
    DashboardOut,
    DownloadKind,
    DownloadOut,
    DownloadsOut,
    PortalMe,
    PortalProject,
    PortalProjectOut,
    PortalVersionOut,
    PortalVideo,
    PortalVideoOut,
    ProjectStage,
    VideoState,
)
from api.schemas.reviews import VersionRow
from api.services.review_links import ReviewLinks, file_name, is_locked, require_approved, require_open
from api.services.shown_files import preview_url
from api.services.shown_reviews import as_films, as_notes, as_rows, surroundings_of
from engine.core import client_view
from engine.core.actors import Actor
from engine.core.brand_kits import get_brand_kit
from engine.core.messages import unread_count
from engine.core.models import (
    Asset,
    Client,
    Contact,
    Export,
    Project,
    ProjectStatus,
    Verdict,
    Version,
    VersionExport,
    Video,
)
from engine.core.reviews.agreements import agreement
from engine.core.reviews.decisions import TAKES_EFFECT_AFTER
from engine.core.reviews.versions import files_of, versions_of
from engine.core.reviews.watermarks import is_open
from engine.core.studio_settings import get_choices

STAGES: Final[dict[ProjectStatus, ProjectStage]] = {
    ProjectStatus.IN_PROGRESS: "making",
    ProjectStatus.REVIEW: "your_turn",
    ProjectStatus.APPROVED: "approved",
    ProjectStatus.DELIVERED: "delivered",
}
_STATES: Final[dict[str, VideoState]] = {
    "waiting": "waiting",
    "deciding": "deciding",
    "approved": "approved",
    "changes_requested": "changes_requested",
}
_SAVED: Final[tuple[DownloadKind, ...]] = ("film", "srt", "thumbnail")


@dataclass(frozen=True)
class ClientsEyes:
    """Who looks, when, and what addresses are made of."""

    session: Session
    viewer: Actor
    client_id: str
    language: str
    links: ReviewLinks

    @property
    def at(self) -> datetime:
        """The moment of the request."""
        return self.links.at


def as_me(eyes: ClientsEyes, contact: Contact, *, is_preview: bool = False) -> PortalMe:
    """Who is signed in, with the client's own look. is_preview: a member of staff, who looks as they do."""
    session = eyes.session
    client, kit = session.get_one(Client, contact.client_id), get_brand_kit(session, contact.client_id)
    wanted = [id_ for id_ in (kit.logo_light_asset_id, kit.logo_dark_asset_id) if id_]
    logos = {asset.id: asset for asset in session.scalars(select(Asset).where(Asset.id.in_(wanted)))}

    def logo(asset_id: str | None) -> str | None:
        found = logos.get(asset_id or "")
        url = preview_url(found, eyes.links.secret, eyes.at) if found else None
        return url and eyes.links.origin + url

    return PortalMe(
        contact_id=contact.id,
        name=contact.name,
        email=contact.email,
        language="en" if contact.language == "en" else "nl",
        notification_wishes=NotificationWishes.model_validate(contact.notification_wishes),
        revision=contact.revision,
        client_name=client.name,
        time_zone=client.time_zone,
        accent=_colour(kit.colours.get("accent")),
        on_accent=_colour(kit.colours.get("on_accent")),
        logo_light_url=logo(kit.logo_light_asset_id),
        logo_dark_url=logo(kit.logo_dark_asset_id),
        studio_name=get_choices(session).studio_name,
        waiting=client_view.waiting_count(session, client.id),
        unread_messages=0 if is_preview else unread_count(session, client.id, contact.id),
        is_preview=is_preview,
    )


def as_videos(eyes: ClientsEyes, versions: Sequence[Version]) -> list[PortalVideo]:
    """Cards of videos by their newest versions, in their order."""
    session, ids = eyes.session, [version.id for version in versions]
    rows = {row.id: row for row in as_rows(session, versions, eyes.viewer, eyes.at)}
    found = session.execute(
        select(Video.id, Video.title, Project.id, Project.name)
        .join(Project, Project.id == Video.project_id)
        .where(Video.id.in_([version.video_id for version in versions]))
    )
    names = {row[0]: row for row in found}
    exports: dict[str, list[Export]] = {id_: [] for id_ in ids}
    for version_id, export in session.execute(
        select(VersionExport.version_id, Export)
        .options(defer(Export.timeline_document, raiseload=True))
        .join(Export, Export.id == VersionExport.export_id)
        .where(VersionExport.version_id.in_(ids))
        .order_by(Export.format.desc())
    ):
        exports[version_id].append(export)
    to_answer = client_view.unanswered_in(session, ids)

    def poster_url(version: Version, poster: Export, title: str, row: VersionRow) -> str:
        is_copy = bool(version.watermark) and row.state != "approved"
        return eyes.links.of(version, poster, title, is_copy=is_copy)("thumbnail")

    def shown(version: Version) -> PortalVideo:
        row, films = rows[version.id], exports[version.id]
        _, title, project_id, project_name = names[version.video_id]
        poster = next((film for film in films if film.sidecars.get("thumbnail")), None)
        return PortalVideo(
            id=version.video_id,
            title=title,
            project_id=project_id,
            project_name=project_name,
            version_id=version.id,
            version_number=version.number,
            state=_STATES[row.state],
            sent_at=version.created_at,
            decided_at=row.decision.decided_at if row.decision else None,
            formats=[film.format for film in films],
            duration_ms=films[0].duration_ms if films else None,
            poster_url=poster_url(version, poster, title, row) if poster else None,
            open_note_count=row.open_note_count,
            to_answer_count=to_answer.get(version.id, 0),
        )

    return [shown(version) for version in versions]


def as_projects(eyes: ClientsEyes, projects: Sequence[Project]) -> list[PortalProject]:
    """Projects in the client's words, in their order."""
    counts = client_view.counts_in(eyes.session, eyes.client_id, [project.id for project in projects])
    return [
        PortalProject(
            id=project.id,
            name=project.name,
            stage=STAGES[project.status],
            due_on=project.due_on,
            video_count=counts.get(project.id, (0, 0))[0],
            waiting_count=counts.get(project.id, (0, 0))[1],
            included_revision_rounds=project.included_revision_rounds,
            used_revision_rounds=project.used_revision_rounds,
            is_locked=is_locked(project),
        )
        for project in projects
    ]


def as_project(eyes: ClientsEyes, project: Project) -> PortalProjectOut:
    """One project with its videos, the last sent first."""
    versions = client_view.versions_in(eyes.session, eyes.client_id, [project.id])
    return PortalProjectOut(**as_projects(eyes, [project])[0].model_dump(), videos=as_videos(eyes, versions))


def as_dashboard(eyes: ClientsEyes) -> DashboardOut:
    """All that a client wants to know at a glance."""
    session, client_id = eyes.session, eyes.client_id
    waiting = client_view.waiting_versions(session, client_id)
    approved = client_view.approved_versions(session, client_id)
    videos = as_videos(eyes, [*waiting, *approved])
    projects = as_projects(eyes, client_view.projects_of(session, client_id, statuses=client_view.AT_WORK))
    coming = [project for project in projects if project.stage == "making"]
    return DashboardOut(
        waiting=videos[: len(waiting)],
        projects=sorted(projects, key=lambda project: (project.waiting_count == 0, project.stage != "your_turn")),
        approved=videos[len(waiting) :],
        coming=sorted(coming, key=lambda project: (project.due_on is None, project.due_on)),
        unread_messages=unread_count(session, client_id, eyes.viewer.id),
    )


def as_video(eyes: ClientsEyes, version: Version) -> PortalVideoOut:
    """A video, by its newest version, with all that were sent."""
    rows = as_rows(eyes.session, versions_of(eyes.session, version.video_id), eyes.viewer, eyes.at)
    return PortalVideoOut(**as_videos(eyes, [version])[0].model_dump(), versions=rows)


def as_version(eyes: ClientsEyes, version: Version) -> PortalVersionOut:
    """A version with its films, its notes, and what can be decided of it."""
    session, around = eyes.session, surroundings_of(eyes.session, version)
    rows = as_rows(session, versions_of(session, version.video_id), eyes.viewer, eyes.at)
    row = next(row for row in rows if row.id == version.id)

    def sentence(verdict: Verdict) -> str:
        return agreement(eyes.language, verdict, title=around.video.title, number=version.number)

    return PortalVersionOut(
        **row.model_dump(),
        title=around.video.title,
        project_id=around.project.id,
        project_name=around.project.name,
        newest_version_id=rows[0].id,
        films=as_films(session, version, around.video.title, eyes.links),
        notes=as_notes(session, version.id, eyes.viewer),
        versions=rows,
        agreements=Agreements(approve=sentence(Verdict.APPROVED), request_changes=sentence(Verdict.CHANGES_REQUESTED)),
        can_decide=row.state == "waiting",
        undo_s=int(TAKES_EFFECT_AFTER.total_seconds()),
        included_revision_rounds=around.project.included_revision_rounds,
        used_revision_rounds=around.project.used_revision_rounds,
        is_locked=is_locked(around.project),
        is_watermarked=not is_open(session, version, at=eyes.at),
    )


def as_downloads(eyes: ClientsEyes, version: Version) -> DownloadsOut:
    """What can be saved of a version. Raises NotPaidYet, NotApprovedYet."""
    session, around = eyes.session, surroundings_of(eyes.session, version)
    require_open(around.project)
    require_approved(session, version, at=eyes.at)
    files = files_of(session, version.id)
    wanted = {str(file.export.sidecars[kind]) for file in files for kind in _SAVED if file.export.sidecars.get(kind)}
    assets = {asset.id: asset for asset in session.scalars(select(Asset).where(Asset.id.in_(wanted)))}
    items = []
    for file in files:
        for kind in _SAVED:
            asset = file.asset if kind == "film" else assets.get(str(file.export.sidecars.get(kind)))
            if asset is None:
                continue
            items.append(
                DownloadOut(
                    format=file.export.format,
                    kind=kind,
                    file_name=file_name(around.video.title, file.export, kind),
                    size_bytes=asset.size_bytes,
                    url=eyes.links.to_save(version, file.export, around.video.title, kind),
                )
            )
    return DownloadsOut(
        items=items, zip_url=eyes.links.zip(version, around.video.title), expires_at=eyes.links.expires_at
    )


def _colour(value: object) -> str | None:
    return value if isinstance(value, str) else None
