"""Reviews: versions that staff send to clients, what is noted on them and what was decided."""

from fastapi import APIRouter, Response

from api.deps import DbSession, Idempotency, IfMatch, Now, ReadSession, SignedInStaff, TheStudio, WhoCalls, etag
from api.openapi import problems
from api.pdf_answers import PDF, pdf_answer
from api.routes import StudioRoute
from api.schemas.portal import CertificateOut, PortalVersionOut
from api.schemas.reviews import (
    AccessIn,
    AccessOut,
    NoteChanges,
    NoteIn,
    NoteOut,
    NotesOut,
    PreviewOut,
    SendingOut,
    SettleIn,
    VersionIn,
    VersionOut,
    VersionsOut,
)
from api.services.certificates import as_certificate
from api.services.portal_eyes import staff_eyes
from api.services.portal_previews import LINK_LASTS, link_token
from api.services.review_links import ReviewLinks
from api.services.shown_portal import as_version as as_portal_version
from api.services.shown_reviews import as_note, as_notes, as_version, as_versions
from automations.workflows.reviews import note_was_added, note_was_settled, version_was_sent
from automations.workflows.watermarks import ask_sending
from engine.core import audit, clients
from engine.core.reviews import decisions, notes, versions
from engine.core.reviews.access import change_access
from engine.core.videos import get_video

router = APIRouter(tags=["reviews"], route_class=StudioRoute)


@router.get("/videos/{video_id}/versions", summary="A video's versions")
def list_versions(video_id: str, session: ReadSession, me: SignedInStaff, now: Now) -> VersionsOut:
    """All that were sent, the newest first, each with what was decided; and the one that is on its way."""
    return as_versions(session, get_video(session, video_id), me.actor, now)


@router.post(
    "/videos/{video_id}/versions",
    status_code=201,
    summary="Send a version to the client",
    dependencies=[Idempotency],
    responses=problems(409),
)
def send_version(
    video_id: str,
    body: VersionIn,
    session: DbSession,
    studio: TheStudio,
    me: SignedInStaff,
    now: Now,
) -> VersionOut:
    """One finished film for each format (409 `export_unfinished`). The version before is replaced, its decision voided
    and its open notes carried along; the client's people are told by mail. Tells `version.sent`."""
    video = get_video(session, video_id)
    version = versions.send_version(session, video, body.export_ids, message=body.message, by=me.actor, at=now)
    version_was_sent(session, version, at=now)
    audit.record(session, "version_sent", by=me.actor, subject=("version", version.id), at=now, video_id=video.id)
    return as_version(session, version, me.actor, ReviewLinks(studio.secret, now), studio.settings.portal_address)


@router.post(
    "/videos/{video_id}/sendings",
    status_code=202,
    summary="Send a version with a watermark",
    dependencies=[Idempotency],
    responses=problems(409),
)
def send_watermarked_version(
    video_id: str, body: VersionIn, session: DbSession, me: SignedInStaff, now: Now
) -> SendingOut:
    """Each film gets a copy with the client's name across it, which is what they watch until they approve. The version
    is there, and they hear of it, once all copies are (a job, which can be stopped). Meanwhile nothing else is sent of
    this video: 409 `sending_under_way`."""
    video = get_video(session, video_id)
    sending = ask_sending(session, video, body.export_ids, message=body.message, by=me.actor, at=now)
    return SendingOut.model_validate(sending)


@router.get("/versions/{version_id}", summary="One version")
def get_version(version_id: str, session: ReadSession, studio: TheStudio, me: SignedInStaff, now: Now) -> VersionOut:
    """With its films, its notes and all versions of its video."""
    version = versions.get_version(session, version_id)
    return as_version(session, version, me.actor, ReviewLinks(studio.secret, now), studio.settings.portal_address)


@router.get("/versions/{version_id}/as-client", summary="A version as its client sees it")
def get_version_as_client(
    version_id: str, session: ReadSession, studio: TheStudio, me: SignedInStaff, now: Now
) -> PortalVersionOut:
    """What the portal shows, in the client's language; it can be looked at, and nothing decided."""
    version = versions.get_version(session, version_id)
    shown = as_portal_version(staff_eyes(studio, session, version, me.actor, now), version)
    return shown.model_copy(update={"can_decide": False})


@router.post("/versions/{version_id}/preview", summary="Look at a version in the portal, as its client")
def preview_version(
    version_id: str, session: DbSession, studio: TheStudio, me: SignedInStaff, caller: WhoCalls, now: Now
) -> PreviewOut:
    """A link for the one who asks: the portal as this client has it, to read only. Nothing counts as seen."""
    version = versions.get_version(session, version_id)
    token = link_token(studio.secret, me.staff.id, version.client_id, at=now)
    audit.record(
        session, "portal_previewed", by=me.actor, subject=("version", version.id), address=caller.address, at=now
    )
    path = f"/videos/{version.video_id}/{version.number}"
    url = f"{studio.settings.portal_address}/login/preview#{token}&next={path}"
    return PreviewOut(url=url, expires_at=now + LINK_LASTS)


@router.post("/versions/{version_id}/revoke-links", status_code=204, summary="Take a version's addresses back")
def revoke_links(version_id: str, session: DbSession, me: SignedInStaff, now: Now) -> None:
    """Every address of its files that was handed out is dead from now on; the portal makes new ones."""
    version = versions.revoke_links(session, versions.get_version(session, version_id))
    audit.record(session, "review_links_revoked", by=me.actor, subject=("version", version.id), at=now)


@router.get("/versions/{version_id}/notes", summary="A version's notes")
def list_notes(version_id: str, session: ReadSession, me: SignedInStaff) -> NotesOut:
    """With answers, by their moment; those on the whole film first."""
    return NotesOut(items=as_notes(session, versions.get_version(session, version_id).id, me.actor))


@router.post(
    "/versions/{version_id}/notes",
    status_code=201,
    summary="Note something on a version, or answer",
    dependencies=[Idempotency],
    responses=problems(409),
)
def add_note(
    version_id: str, body: NoteIn, response: Response, session: DbSession, me: SignedInStaff, now: Now
) -> NoteOut:
    """Whoever wrote the note that is answered is told by mail. Tells `note.added`."""
    version = versions.get_version(session, version_id)
    note, is_new = notes.add_note(session, version, by=me.actor, at=now, **body.model_dump(exclude_none=True))
    if is_new:
        note_was_added(session, note, version, at=now)
    response.headers["ETag"] = etag(note.revision)
    return as_note(session, note, me.actor)


@router.patch("/versions/{version_id}/notes/{note_id}", summary="Change one's own note on a version")
def change_note(
    version_id: str,
    note_id: str,
    body: NoteChanges,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    revision: IfMatch,
    now: Now,
) -> NoteOut:
    """What is absent stays, and null empties. Somebody else's is 403 `not_your_note`."""
    note = notes.get_note(session, version_id, note_id)
    notes.change_note(session, note, revision, by=me.actor, at=now, **body.model_dump(exclude_unset=True))
    response.headers["ETag"] = etag(note.revision)
    return as_note(session, note, me.actor)


@router.delete(
    "/versions/{version_id}/notes/{note_id}",
    status_code=204,
    summary="Take one's own note on a version back",
    responses=problems(409),
)
def remove_note(version_id: str, note_id: str, session: DbSession, me: SignedInStaff) -> None:
    """409 `note_answered` where somebody has answered it."""
    notes.remove_note(session, notes.get_note(session, version_id, note_id), by=me.actor)


@router.post("/versions/{version_id}/notes/{note_id}/settle", summary="Settle a version's note, or open it again")
def settle_note(
    version_id: str, note_id: str, body: SettleIn, session: DbSession, me: SignedInStaff, now: Now
) -> NoteOut:
    """Done twice, the first who said so stays. Tells `note.settled`."""
    version = versions.get_version(session, version_id)
    note = notes.get_note(session, version.id, note_id)
    was_settled = note.resolved_at is not None
    notes.settle_note(session, note, settled=body.is_settled, by=me.actor, at=now)
    note_was_settled(session, note, version, was_settled=was_settled, by=me.actor, at=now)
    return as_note(session, note, me.actor)


@router.get("/decisions/{decision_id}/certificate", summary="A client's decision as evidence")
def get_decision_certificate(decision_id: str, session: ReadSession) -> CertificateOut:
    """Who decided what, when, on which bytes and on what text."""
    return as_certificate(session, decisions.get_decision(session, decision_id))


@router.get(
    "/decisions/{decision_id}/certificate.pdf",
    summary="A client's decision as evidence on paper",
    response_class=Response,
    responses=PDF,
)
def get_decision_certificate_pdf(decision_id: str, session: ReadSession, me: SignedInStaff) -> Response:
    """The same as the certificate, to read, print or keep; in the language of the one who asks."""
    decision = decisions.get_decision(session, decision_id)
    time_zone = clients.get_client(session, versions.get_version(session, decision.version_id).client_id).time_zone
    return pdf_answer(as_certificate(session, decision), me.staff.language, time_zone, is_attachment=False)


@router.patch("/projects/{project_id}/access", summary="Say when a project's films can be fetched")
def change_project_access(
    project_id: str,
    body: AccessIn,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    revision: IfMatch,
    now: Now,
) -> AccessOut:
    """Always, or once it is paid; they can be watched in any case. The revision is the project's."""
    project = change_access(session, project_id, revision, at=now, **body.model_dump(exclude_unset=True))
    audit.record(
        session,
        "project_access_changed",
        by=me.actor,
        subject=("project", project.id),
        at=now,
        opens_when_paid=project.opens_when_paid,
        is_paid=project.paid_at is not None,
    )
    response.headers["ETag"] = etag(project.revision)
    return AccessOut.model_validate(project)
