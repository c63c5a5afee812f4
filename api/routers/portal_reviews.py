"""The portal's reviews: a contact notes, answers, settles and decides."""

from fastapi import APIRouter, Response

from api.deps import IfMatch, Now, WhoCalls, etag
from api.openapi import problems
from api.pdf_answers import PDF, pdf_answer
from api.portal_deps import PortalIdempotency, PortalRead, PortalWrite, SignedInContact
from api.routes import StudioRoute
from api.schemas.portal import CertificateOut, DecideIn, VerifiedOut, VerifyIn
from api.schemas.reviews import AddressedIn, DecisionOut, NoteChanges, NoteIn, NoteOut, NotesOut, SettleIn
from api.services.certificates import as_certificate, verified
from api.services.shown_reviews import as_decision, as_note, as_notes, surroundings_of
from automations.workflows.reviews import decision_was_made, note_was_added, note_was_settled
from engine.core import audit, client_view, notifications
from engine.core.errors import Conflict, NotFound
from engine.core.models import Client, Contact, Verdict
from engine.core.reviews import decisions, notes
from engine.core.reviews.agreements import require_agreement
from engine.core.reviews.versions import files_of, mark_seen

router = APIRouter(prefix="/portal", tags=["portal"], route_class=StudioRoute, responses=problems(401))


@router.post("/versions/{version_id}/seen", status_code=204, summary="Say that a version is open on one's screen")
def see_version(version_id: str, session: PortalWrite, me: SignedInContact, now: Now) -> None:
    """Sent by the page itself once somebody who is signed in has it before them, so that neither a mail's scanner nor
    the studio's own look at it counts. The first who opens it stays."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    mark_seen(session, version, me.contact.id, at=now)
    notifications.mark_seen(session, me.contact.id, f"/videos/{version.video_id}", at=now)


@router.get("/versions/{version_id}/notes", summary="A version's notes, for its client")
def list_portal_notes(version_id: str, session: PortalRead, me: SignedInContact) -> NotesOut:
    """With answers, by their moment; those on the whole film first."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    return NotesOut(items=as_notes(session, version.id, me.actor))


@router.post(
    "/versions/{version_id}/notes",
    status_code=201,
    summary="Note something on a version",
    dependencies=[PortalIdempotency],
    responses=problems(409),
)
def add_portal_note(
    version_id: str, body: NoteIn, response: Response, session: PortalWrite, me: SignedInContact, now: Now
) -> NoteOut:
    """Sent again with its `id`, the note that is kept comes back. 409 `version_replaced` where there is a newer one."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    note, is_new = notes.add_note(session, version, by=me.actor, at=now, **body.model_dump(exclude_none=True))
    if is_new:
        note_was_added(session, note, version, at=now)
    response.headers["ETag"] = etag(note.revision)
    return as_note(session, note, me.actor)


@router.patch("/versions/{version_id}/notes/{note_id}", summary="Change one's own note", responses=problems(403))
def change_portal_note(
    version_id: str,
    note_id: str,
    body: NoteChanges,
    response: Response,
    session: PortalWrite,
    me: SignedInContact,
    revision: IfMatch,
    now: Now,
) -> NoteOut:
    """What is absent stays, and null empties. Somebody else's is 403 `not_your_note`."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    note = notes.get_note(session, version.id, note_id)
    notes.change_note(session, note, revision, by=me.actor, at=now, **body.model_dump(exclude_unset=True))
    response.headers["ETag"] = etag(note.revision)
    return as_note(session, note, me.actor)


@router.delete(
    "/versions/{version_id}/notes/{note_id}",
    status_code=204,
    summary="Take one's own note back",
    responses=problems(403, 409),
)
def remove_portal_note(version_id: str, note_id: str, session: PortalWrite, me: SignedInContact) -> None:
    """409 `note_answered` where somebody has answered it."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    notes.remove_note(session, notes.get_note(session, version.id, note_id), by=me.actor)


@router.post("/versions/{version_id}/notes/{note_id}/settle", summary="Settle a note, or open it again")
def settle_portal_note(
    version_id: str, note_id: str, body: SettleIn, session: PortalWrite, me: SignedInContact, now: Now
) -> NoteOut:
    """Done twice, the first who said so stays."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    note = notes.get_note(session, version.id, note_id)
    was_settled = note.resolved_at is not None
    notes.settle_note(session, note, settled=body.is_settled, by=me.actor, at=now)
    note_was_settled(session, note, version, was_settled=was_settled, by=me.actor, at=now)
    return as_note(session, note, me.actor)


@router.post(
    "/versions/{version_id}/notes/{note_id}/addressed",
    summary="Say whether an earlier note was addressed",
    responses=problems(409),
)
def answer_carried_note(
    version_id: str, note_id: str, body: AddressedIn, session: PortalWrite, me: SignedInContact, now: Now
) -> NoteOut:
    """Of a note that came along from the version before: yes settles it, no keeps it open. 409 `note_not_carried`."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    note = notes.get_note(session, version.id, note_id)
    was_settled = note.resolved_at is not None
    notes.answer_carried(session, note, was_addressed=body.was_addressed, by=me.actor, at=now)
    note_was_settled(session, note, version, was_settled=was_settled, by=me.actor, at=now)
    return as_note(session, note, me.actor)


@router.post(
    "/versions/{version_id}/decision",
    status_code=201,
    summary="Approve a version or ask for changes",
    dependencies=[PortalIdempotency],
    responses=problems(409),
)
def decide(
    version_id: str, body: DecideIn, session: PortalWrite, me: SignedInContact, caller: WhoCalls, now: Now
) -> DecisionOut:
    """On the bytes that the contact saw, with the sentence that they confirmed. For ten seconds it can be taken back;
    then it counts. 409 `version_replaced`, `version_decided` (facts.verdict) or `files_differ`."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    verdict = Verdict(body.verdict)
    title = surroundings_of(session, version).video.title
    require_agreement(body.agreed_text, verdict, title=title, number=version.number)
    sent = {file.export.format: file.sha256 for file in files_of(session, version.id)}
    if {file.format: file.sha256 for file in body.files} != sent:
        raise Conflict("These are not the films of this version. Open it again and watch them.", code="files_differ")
    contact = session.get_one(Contact, me.contact.id)
    decision = decisions.decide(
        session, version, contact, verdict, agreed_text=body.agreed_text, note=body.note, at=now
    )
    decision_was_made(session, decision, version, at=now)
    audit.record(
        session,
        f"video_{verdict.value}",
        by=me.actor,
        subject=("version", version.id),
        address=caller.address,
        at=now,
        decision_id=decision.id,
    )
    return as_decision(session, decision, me.actor)


@router.delete("/versions/{version_id}/decision", summary="Take a decision back", responses=problems(403, 409))
def withdraw_decision(
    version_id: str, session: PortalWrite, me: SignedInContact, caller: WhoCalls, now: Now
) -> DecisionOut:
    """Within ten seconds, by who decided. Then it is 409 `decision_counts`."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    decision = decisions.standing_decision(session, version.id)
    if decision is None:
        raise NotFound("decision", version_id)
    decisions.withdraw_decision(session, decision, by=session.get_one(Contact, me.contact.id), at=now)
    audit.record(
        session,
        "decision_withdrawn",
        by=me.actor,
        subject=("version", version.id),
        address=caller.address,
        at=now,
        decision_id=decision.id,
    )
    return as_decision(session, decision, me.actor)


@router.get("/decisions/{decision_id}/certificate", summary="A decision as evidence")
def get_certificate(decision_id: str, session: PortalRead, me: SignedInContact) -> CertificateOut:
    """Who decided what, when, on which bytes and on what text."""
    return as_certificate(session, client_view.get_decision_of(session, me.client_id, decision_id))


@router.get(
    "/decisions/{decision_id}/certificate.pdf",
    summary="A decision as evidence on paper",
    response_class=Response,
    responses=PDF,
)
def get_certificate_pdf(decision_id: str, session: PortalRead, me: SignedInContact) -> Response:
    """The same as the certificate, to print or to keep."""
    certificate = as_certificate(session, client_view.get_decision_of(session, me.client_id, decision_id))
    time_zone = session.get_one(Client, me.client_id).time_zone
    return pdf_answer(certificate, me.contact.language, time_zone, is_attachment=True)


@router.post("/decisions/{decision_id}/verify", summary="Compare a file with a certificate")
def verify_file(decision_id: str, body: VerifyIn, session: PortalRead, me: SignedInContact) -> VerifiedOut:
    """By the SHA-256 that the browser computed; the file itself is not sent."""
    return verified(client_view.get_decision_of(session, me.client_id, decision_id), body.sha256)
