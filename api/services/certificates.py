"""Certificates: a decision as evidence, to read, to print and to compare a file with.

Called by api.routers.portal_reviews and api.routers.reviews. Law: everything in it was written when it was decided, but
for the names of people and things, which are as they are called now.
"""

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
