"""Certificates: a decision as evidence, to read, to print and to compare a file with.

Called by api.routers.portal_reviews and api.routers.reviews. Law: everything in it was written when it was decided, but
for the names of people and things, which are as they are called now.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from api.schemas.portal import CertificateFile, CertificateOut, VerifiedOut
from api.services.review_links import file_name
from api.services.shown_reviews import surroundings_of
from engine.core.models import Contact, Decision, Version
from engine.core.reviews.versions import files_of
from engine.core.studio_settings import get_choices


def as_certificate(session: Session, decision: Decision) -> CertificateOut:
    """The certificate of a decision."""
    version = session.get_one(Version, decision.version_id)
    around, contact = surroundings_of(session, version), session.get_one(Contact, decision.contact_id)
    newer = session.get(Version, decision.voided_by_version_id) if decision.voided_by_version_id else None
    return CertificateOut(
        decision_id=decision.id,
        verdict=decision.verdict.value,
        contact_name=contact.name,
        contact_email=contact.email,
        client_name=around.client.name,
        project_name=around.project.name,
        video_title=around.video.title,
        version_id=version.id,
        version_number=version.number,
        agreed_text=decision.agreed_text,
        note=decision.note,
        files=[
            CertificateFile(
                format=file.export.format,
                file_name=file_name(around.video.title, file.export, "film"),
                size_bytes=file.asset.size_bytes,
                duration_ms=file.export.duration_ms,
                sha256=str(decision.files.get(file.export.format, file.sha256)),
            )
            for file in files_of(session, version.id)
        ],
        watermark=version.watermark,
        decided_at=decision.created_at,
        effective_at=decision.effective_at,
        voided_at=decision.voided_at,
        voided_by_version_number=newer.number if newer else None,
        studio_name=get_choices(session).studio_name,
    )


def verified(decision: Decision, sha256: str) -> VerifiedOut:
    """Whether a file is one of those that were decided on."""
    found = next((name for name, kept in decision.files.items() if kept == sha256), None)
    return VerifiedOut(is_match=found is not None, format=found, is_voided=decision.voided_at is not None)


def certificate_pdf(certificate: CertificateOut, language: str, time_zone: str) -> bytes:
    """The certificate to print or keep, in the reader's language and the client's own time."""
    from engine.render.sheets import Fact, Sheet, sheet_pdf  # its drawing takes a moment to load, and most read JSON

    say = _WORDS["en" if language == "en" else "nl"]

    def time(moment: datetime | None) -> str:
        return f"{moment.astimezone(ZoneInfo(time_zone)):%d-%m-%Y %H:%M:%S} ({time_zone})" if moment else "–"

    decided = [
        Fact(say["by"], f"{certificate.contact_name} <{certificate.contact_email}>"),
        Fact(say["for"], f"{certificate.client_name} · {certificate.project_name}"),
        Fact(say["video"], f"{certificate.video_title} · {say['version']} {certificate.version_number}"),
        Fact(say["decided_at"], time(certificate.decided_at)),
        Fact(say["effective_at"], time(certificate.effective_at)),
    ]
    if certificate.watermark:
        decided.append(Fact(say["watched"], say["watermark"].format(text=certificate.watermark)))
    if certificate.voided_at is not None:
        voided = say["voided"].format(number=certificate.voided_by_version_number)
        decided.append(Fact(say["voided_at"], f"{time(certificate.voided_at)}\n{voided}"))
    if certificate.note:
        decided.append(Fact(say["note"], certificate.note))
    files = [
        [Fact(file.format, f"{file.file_name}\n{file.size_bytes} bytes\nSHA-256\n{file.sha256}")]
        for file in certificate.files
    ]
    title = say[certificate.verdict]
    foot = f"{certificate.studio_name} · {say['number']} {certificate.decision_id}\n{say['foot']}"
    return sheet_pdf(Sheet(title, [[Fact("", certificate.agreed_text)], decided, *files], foot))


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "approved": "Bewijs van goedkeuring",
        "changes_requested": "Bewijs van verzoek om wijzigingen",
        "by": "Door",
        "for": "Voor",
        "video": "Video",
        "version": "versie",
        "decided_at": "Besloten op",
        "effective_at": "Definitief op",
        "watched": "Bekeken",
        "watermark": "Met watermerk: {text}\nDe bestanden hieronder zijn dezelfde films zonder watermerk.",
        "voided_at": "Vervallen op",
        "voided": "Versie {number} kwam in de plaats.",
        "note": "Opmerking",
        "number": "besluit",
        "foot": "Een bestand hoort bij dit bewijs als de SHA-256 ervan hierboven staat. Het portaal vergelijkt ze.",
    },
    "en": {
        "approved": "Certificate of approval",
        "changes_requested": "Certificate of a request for changes",
        "by": "By",
        "for": "For",
        "video": "Video",
        "version": "version",
        "decided_at": "Decided on",
        "effective_at": "Final on",
        "watched": "Watched",
        "watermark": "With a watermark: {text}\nThe files below are the same films without it.",
        "voided_at": "Voided on",
        "voided": "Version {number} took its place.",
        "note": "Note",
        "number": "decision",
        "foot": "A file belongs to this certificate if its SHA-256 stands above. The portal compares them.",
    },
}
