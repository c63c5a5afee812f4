"""Unsubscribing: mail programs turn a kind of mail off for their reader (RFC 8058). Needs no session."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session

from api.deps import Now, TheStudio
from api.openapi import problems
from engine.core import audit
from engine.core.actors import Actor
from engine.core.unsubscribing import unsubscribe

router = APIRouter(prefix="/portal/unsubscribe", tags=["portal sign-in"], route_class=APIRoute)

Token = Annotated[
    str,
    Path(max_length=300, description="Names and signs the contact and the mails.", examples=["01a2.review.Zm9v"]),
]


@router.post("/{token}", status_code=204, summary="Want no more mails of a kind", responses=problems(404, 422, 503))
async def unsubscribe_from_mails(token: Token, studio: TheStudio, now: Now) -> None:
    """What a mail program sends when its reader presses “unsubscribe”. The body does not matter."""

    def turn_off(session: Session) -> None:
        contact, wishes = unsubscribe(session, token, studio.secret, at=now)
        by = Actor("contact", contact.id)
        audit.record(session, "unsubscribed", by=by, subject=("contact", contact.id), at=now, wishes=wishes)

    await studio.write(turn_off)


@router.get(
    "/{token}",
    status_code=303,
    summary="Choose what to get mails about",
    response_class=RedirectResponse,
    responses=problems(422, 503),
)
async def choose_mails(
    _token: Annotated[str, Path(alias="token", max_length=300)], studio: TheStudio
) -> RedirectResponse:
    """Whoever opens the address of a mail in a browser comes to their account. Nothing changes by opening it."""
    return RedirectResponse(f"{studio.settings.portal_address}/account", 303)
