"""Shown films: exports as the library shows them, with pictures of them and addresses to play and download them by.

Called by api.routers.library. Law: as few queries for a page of films as for one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.schemas.library import FilmOut
from api.services.downloads import signed_url
from api.services.review_states import reviews_of, sent_films
from engine.core.file_names import film_name
from engine.core.models import Asset, Client, Export, Project, Video

_PICTURES = ("thumbnail", "filmstrip")


def as_films(session: Session, exports: Sequence[Export], secret: bytes, at: datetime) -> list[FilmOut]:
    """The exports as the library shows them, in their order."""
    wanted = {str(export.sidecars[kind]) for export in exports for kind in _PICTURES if export.sidecars.get(kind)}
    wanted |= {export.asset_id for export in exports if export.asset_id}
    assets = {asset.id: asset for asset in session.scalars(select(Asset).where(Asset.id.in_(wanted)))}
    titles = _named(session, Video.id, Video.title, {export.video_id for export in exports})
    clients = _named(session, Client.id, Client.name, {export.client_id for export in exports})
    projects = _named(session, Project.id, Project.name, {export.project_id for export in exports})

    reviews = reviews_of(session, [export.video_id for export in exports], at)
    at_client = sent_films(session, reviews)

    def shown(export: Export) -> FilmOut:
        title = titles[export.video_id]
        film = assets.get(export.asset_id or "")

        def url(asset: Asset | None, *, is_attachment: bool = False) -> str | None:
            if asset is None:
                return None
            ending = asset.file_name.rpartition(".")[2]
            address, _ = signed_url(
                secret,
                sha256=asset.sha256,
                media_type=asset.media_type,
                file_name=film_name(title, export.format, ending),
                is_attachment=is_attachment,
                export_id=export.id if is_attachment else "",
                at=at,
            )
            return address

        thumbnail, filmstrip = (assets.get(str(export.sidecars.get(kind))) for kind in _PICTURES)
        return FilmOut(
            id=export.id,
            video_id=export.video_id,
            project_id=export.project_id,
            client_id=export.client_id,
            title=title,
            client_name=clients[export.client_id],
            project_name=projects[export.project_id],
            video_type=export.video_type.value,
            format=export.format,
            quality=export.quality,
            status=export.status.value,
            problem=export.problem,
            duration_ms=export.duration_ms,
            size_bytes=film.size_bytes if film else None,
            created_at=export.created_at,
            finished_at=export.finished_at,
            archived_at=export.archived_at,
            download_url=url(film, is_attachment=True),
            play_url=url(film),
            thumbnail_url=url(thumbnail),
            filmstrip_url=url(filmstrip),
            review=reviews.get(export.video_id) if export.id in at_client else None,
        )

    return [shown(export) for export in exports]


def _named(
    session: Session, key: InstrumentedAttribute[str], name: InstrumentedAttribute[str], ids: set[str]
) -> Mapping[str, str]:
    return {row[0]: row[1] for row in session.execute(select(key, name).where(key.in_(ids)))}
