"""The portal's passkeys: a contact sees, adds and removes their own. (api.routers.portal_sign_in signs in with one.)"""

from fastapi import APIRouter, Request, Response

from api.deps import Now, TheStudio, WhoCalls
from api.openapi import problems
from api.portal_deps import (
    PortalIdempotency,
    PortalRead,
    PortalWrite,
    SignedInContact,
    forget_cookie,
    keep_cookie,
    passkey_cookie,
)
from api.routes import StudioRoute
from api.schemas.passkeys import NewPasskeyChallenge, PasskeyIn, PasskeyOut, PasskeysOut
from api.services.portal_passkeys import as_bytes, challenge_of, site_of
from engine.core import audit, passkeys
from engine.core.models import Contact, Passkey
from engine.core.studio_settings import get_choices

router = APIRouter(prefix="/portal/passkeys", tags=["portal sign-in"], route_class=StudioRoute, responses=problems(401))


@router.get("", summary="One's own passkeys")
def list_passkeys(session: PortalRead, me: SignedInContact) -> PasskeysOut:
    """The first one first."""
    return PasskeysOut(items=[_shown(passkey) for passkey in passkeys.passkeys_of(session, me.contact.id)])


@router.post("/challenge", summary="Ask what a new passkey has to sign")
def begin_passkey(
    response: Response, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> NewPasskeyChallenge:
    """It works with the cookie that this answer sets, for five minutes, once. Nothing is kept yet."""
    passkeys.prepare()  # before somebody adds it, in a transaction
    ticket = passkeys.new_ticket(at=now)
    lasts_s = int(passkeys.LASTS.total_seconds())
    keep_cookie(response, studio, passkey_cookie(studio), ticket, seconds=lasts_s)
    return NewPasskeyChallenge(
        challenge=as_bytes(challenge_of(studio, ticket, passkeys.to_add(me.contact.id)).signed),
        host=site_of(studio).host,
        lasts_s=lasts_s,
        studio_name=get_choices(session).studio_name,
        user_id=as_bytes(me.contact.id.encode()),
        user_name=me.contact.email,
        display_name=me.contact.name or me.contact.email,
        known_ids=[passkey.credential_id for passkey in passkeys.passkeys_of(session, me.contact.id)],
    )


@router.post("", status_code=201, summary="Add a passkey", dependencies=[PortalIdempotency], responses=problems(409))
def add_passkey(
    body: PasskeyIn,
    request: Request,
    response: Response,
    session: PortalWrite,
    me: SignedInContact,
    studio: TheStudio,
    caller: WhoCalls,
    now: Now,
) -> PasskeyOut:
    """It signs its owner in from now on. 422 `passkey_refused` where it was not made for this browser just now, 409
    `passkey_known` and `too_many_passkeys`."""
    ticket = request.cookies.get(passkey_cookie(studio), "")
    passkey = passkeys.add_passkey(
        session,
        session.get_one(Contact, me.contact.id),
        passkeys.MadePasskey(body.credential_id, body.client_data, body.attestation),
        challenge_of(studio, ticket, passkeys.to_add(me.contact.id)),
        site_of(studio),
        name=body.name,
        at=now,
    )
    audit.record(
        session,
        "portal_passkey_added",
        by=me.actor,
        subject=("passkey", passkey.id),
        address=caller.address,
        at=now,
        name=passkey.name,
    )
    forget_cookie(response, studio, passkey_cookie(studio))
    return _shown(passkey)


@router.delete("/{passkey_id}", status_code=204, summary="Remove one of one's own passkeys")
def remove_passkey(passkey_id: str, session: PortalWrite, me: SignedInContact, caller: WhoCalls, now: Now) -> None:
    """It signs nobody in any more; sessions that it began go on. Somebody else's passkey is not found."""
    passkeys.remove_passkey(session, me.contact.id, passkey_id)
    audit.record(
        session,
        "portal_passkey_removed",
        by=me.actor,
        subject=("passkey", passkey_id),
        address=caller.address,
        at=now,
    )


def _shown(passkey: Passkey) -> PasskeyOut:
    return PasskeyOut.model_validate(passkey)
