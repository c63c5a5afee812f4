"""Review links: addresses of a version's files for clients, which can be taken back.

Called by api.services.shown_reviews, api.services.shown_portal and api.routers.review_files.
Law: an address is worth nothing once it has expired, once the version's links were revoked, or once a letter of it is
changed; what is fetched of a project that opens when it is paid is not handed out before, and what shows the picture of
a version with a watermark not before it is approved. It needs no session, so that a download goes on when the session
ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from api.services.signed_links import Expiring, LinkInvalid, opened_token, steady_expiry, token_of
from engine.core.errors import DomainError, Refused
from engine.core.file_names import film_name, safe_name
from engine.core.models import Asset, Export, Project, Version, VersionExport, Video
from engine.core.reviews.versions import get_version
from engine.core.reviews.watermarks import is_open

Kind = Literal["film", "srt", "vtt", "thumbnail", "filmstrip", "zip"]
REVIEW: Final = b"review"
"""What these addresses are signed for."""
PICTURED: Final = frozenset({"film", "thumbnail", "filmstrip"})
"""Kinds that show the picture; subtitles have no watermark."""
_ENDINGS: Final = {"film": "mp4", "srt": "srt", "vtt": "vtt", "thumbnail": "jpg", "filmstrip": "jpg", "zip": "zip"}


class LinkRevoked(DomainError):
    """The studio took the addresses of this version back."""

    code = "link_revoked"

    def __init__(self) -> None:
        super().__init__("This link was taken back. Open the portal for what is there now.")


class NotPaidYet(Refused):
    """The films of this project can be fetched once it is paid."""

    code = "not_paid_yet"

    def __init__(self) -> None:
        super().__init__("These films can be downloaded once the invoice is paid. You can watch them until then.")


class NotApprovedYet(Refused):
    """The films of this version have a watermark until it is approved."""

    code = "not_approved_yet"

    def __init__(self) -> None:
        super().__init__(
            "These films can be downloaded once this version is approved. Until then you watch them with a watermark."
        )


class _Named(Expiring):
    v: str
    """version id"""
    x: str
    """export id; empty for a zip of all"""
    k: Kind
    g: int
    """the version's link generation"""
    a: bool
    """to save, and not to play"""
    w: bool = False
    """the copy with the watermark: an address of its own, since what a browser kept of one is not the other"""


@dataclass(frozen=True)
class WantedFile:
    """What an address hands out."""

    asset: Asset
    is_attachment: bool


@dataclass(frozen=True)
class ReviewLinks:
    """Makes addresses. origin: the api's own, where the portal lies at another; else empty."""

    secret: bytes
    at: datetime
    origin: str = ""

    def of(self, version: Version, export: Export, title: str, *, is_copy: bool = False) -> Callable[[Kind], str]:
        """Addresses to see the files of one export by. is_copy: those with the version's watermark."""
        return lambda kind: self._url(
            version, export.id, kind, file_name(title, export, kind), is_attachment=False, is_copy=is_copy
        )

    def to_save(self, version: Version, export: Export, title: str, kind: Kind) -> str:
        """An address to save a file by."""
        return self._url(version, export.id, kind, file_name(title, export, kind), is_attachment=True)

    def zip(self, version: Version, title: str) -> str:
        """An address to save all of a version by."""
        return self._url(version, "", "zip", safe_name(f"{title} {version.number}.zip"), is_attachment=True)

    @property
    def expires_at(self) -> datetime:
        """The same for some hours, so that a browser finds the file in its cache."""
        return steady_expiry(self.at)

    def _url(
        self, version: Version, export_id: str, kind: Kind, name: str, *, is_attachment: bool, is_copy: bool = False
    ) -> str:
        named = _Named(
            v=version.id,
            x=export_id,
            k=kind,
            g=version.link_generation,
            e=int(self.expires_at.timestamp()),
            a=is_attachment,
            w=is_copy,
        )
        token = token_of(self.secret, REVIEW, named.model_dump())
        folder = "zip/" if kind == "zip" else ""
        return f"{self.origin}/media/reviews/{folder}{token}/{quote(name, safe='')}"


def file_name(title: str, export: Export, kind: Kind) -> str:
    """What a file is saved as."""
    return film_name(title, export.format, _ENDINGS[kind])


def wanted_export_ids(session: Session, secret: bytes, token: str, *, at: datetime) -> list[str]:
    """The films of a zip. Raises LinkInvalid, LinkExpired, LinkRevoked, NotPaidYet, NotApprovedYet."""
    named, version = _opened(session, secret, token, at)
    if named.k != "zip":
        raise LinkInvalid
    _require_paid(session, version)
    require_approved(session, version, at=at)
    return list(
        session.scalars(
            select(VersionExport.export_id)
            .where(VersionExport.version_id == version.id)
            .order_by(VersionExport.export_id)
        )
    )


def wanted_file(session: Session, secret: bytes, token: str, *, at: datetime) -> WantedFile:
    """The file that an address hands out. Raises LinkInvalid, LinkExpired, LinkRevoked, NotPaidYet, NotApprovedYet."""
    named, version = _opened(session, secret, token, at)
    if named.a:
        _require_paid(session, version)
    sent = session.scalar(
        select(VersionExport).where(VersionExport.version_id == version.id, VersionExport.export_id == named.x)
    )
    if sent is None:
        raise LinkInvalid
    if named.w and named.k in sent.review_copy:
        asset_id = sent.review_copy[named.k]
    else:
        if named.a or named.k in PICTURED:
            require_approved(session, version, at=at)
        export = session.get_one(Export, named.x, options=[defer(Export.timeline_document, raiseload=True)])
        asset_id = export.asset_id if named.k == "film" else export.sidecars.get(named.k)
    asset = session.get(Asset, str(asset_id)) if asset_id else None
    if asset is None:
        raise LinkInvalid
    return WantedFile(asset, named.a)


def require_approved(session: Session, version: Version, *, at: datetime) -> None:
    """Raises NotApprovedYet."""
    if not is_open(session, version, at=at):
        raise NotApprovedYet


def is_locked(project: Project) -> bool:
    """Whether the films of a project are handed out only once it is paid, and it is not."""
    return project.opens_when_paid and project.paid_at is None


def require_open(project: Project) -> None:
    """Raises NotPaidYet."""
    if is_locked(project):
        raise NotPaidYet


def _require_paid(session: Session, version: Version) -> None:
    require_open(
        session.scalars(
            select(Project).join(Video, Video.project_id == Project.id).where(Video.id == version.video_id)
        ).one()
    )


def _opened(session: Session, secret: bytes, token: str, at: datetime) -> tuple[_Named, Version]:
    named = opened_token(secret, REVIEW, token, _Named, at=at)
    version = get_version(session, named.v)
    if version.link_generation != named.g:
        raise LinkRevoked
    return named, version
