"""Portal sign-in: from an address, by a mail, to a contact's session, telling nobody which addresses are known.

Called by api.routers.portal_sign_in, api.services.portal_passkeys and api.portal_deps.
Law: who asks for a link gets the same answer after the same time, whoever they are. The link and the code work in the
browser that asked; a session begins only with a POST, never by opening an address.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

import anyio
from sqlalchemy.orm import Session

from api.services.sign_in import Caller
from api.studio import Studio
from automations.workflows.mail import tell_contact
from engine.core import audit, contacts, sessions, sign_in_limits, sign_in_links
from engine.core.actors import Actor
from engine.core.errors import NotSignedIn, TooMany
from engine.core.models import Contact, JsonObject, SignInSession

ANSWERS_AFTER_S: Final = 0.25
"""Longer than writing a link and its mail takes, so that the time tells nothing."""
_ACCOUNT: Final = "portal "
"""Before an address, so that asking for links locks no member of staff out."""

Entered = tuple[str, Contact]
"""A new session's token, which is told here and never again, and whose it is."""


class CodeWrong(NotSignedIn):
    """Not the code of the mail; it may be typed again, five times in all."""

    code = "sign_in_code_wrong"

    def __init__(self) -> None:
        super().__init__("This is not the code of the last mail. Look again, or ask for a new one.")


async def ask_link(studio: Studio, email: str, path: str, browser: str, caller: Caller) -> str:
    """Mail a link to a contact who may sign in. Answers what the browser keeps: `browser`, or a new one.

    path: where the link leads in the portal. Raises TooMany.
    """
    at = studio.clock()
    browser = browser or secrets.token_urlsafe(32)
    answers_at = anyio.current_time() + ANSWERS_AFTER_S
    await count_attempt(studio, _ACCOUNT + email.strip().lower(), caller, at)
    await studio.write(lambda s: _mail_link(studio, s, email, path, browser, caller, at))
    await anyio.sleep_until(answers_at)
    return browser


async def use_token(studio: Studio, token: str, browser: str, caller: Caller, replaces: str) -> Entered:
    """A new session's token and its contact; an older session of the same browser ends. Raises LinkSpent."""
    at = studio.clock()

    def sign_in(session: Session) -> Entered | sign_in_links.LinkSpent:
        try:
            contact = sign_in_links.use_token(session, token, browser=browser, at=at)
        except sign_in_links.LinkSpent as spent:
            audit.record(session, "portal_sign_in_refused", by="unknown", address=caller.address, at=at, because="link")
            return spent
        return begin(studio, session, contact, caller, replaces, at)

    outcome = await studio.write(sign_in)
    if isinstance(outcome, sign_in_links.LinkSpent):
        raise outcome
    return outcome


async def use_code(studio: Studio, code: str, browser: str, caller: Caller, replaces: str) -> Entered:
    """The same with the mail's code. Raises CodeWrong, LinkSpent, TooMany."""
    at = studio.clock()
    await count_attempt(studio, f"{_ACCOUNT}code {caller.address}", caller, at)

    def sign_in(session: Session) -> Entered | NotSignedIn:
        try:
            contact = sign_in_links.use_code(session, code, browser=browser, at=at)
        except sign_in_links.LinkSpent as spent:
            audit.record(session, "portal_sign_in_refused", by="unknown", address=caller.address, at=at, because="link")
            return spent
        if contact is None:
            audit.record(session, "portal_sign_in_refused", by="unknown", address=caller.address, at=at, because="code")
            return CodeWrong()
        return begin(studio, session, contact, caller, replaces, at)

    outcome = await studio.write(sign_in)
    if isinstance(outcome, NotSignedIn):
        raise outcome
    return outcome


async def find_contact_signed_in(studio: Studio, token: str) -> tuple[SignInSession, Contact] | None:
    """Whose session this is; notes now and then that it is in use."""
    at = studio.clock()
    found = await studio.read(lambda s: sessions.find_contact_session(s, token, idle=idle_time(studio), at=at))
    if found is not None and found[0].last_used_at < at - sessions.USED_EVERY:
        row, contact = found

        def note(session: Session) -> None:
            sessions.mark_used(session, row.id, at=at)
            contacts.mark_seen(session, contact.id, at=at)

        await studio.write(note)
    return found


def idle_time(studio: Studio) -> timedelta:
    """How long a contact's session may lie unused."""
    return timedelta(hours=studio.settings.portal_session_idle_hours)


async def count_attempt(studio: Studio, account: str, caller: Caller, at: datetime) -> str:
    """The attempt's id, to forgive it by. Raises TooMany, which is put on record."""
    try:
        return await studio.write(lambda s: sign_in_limits.count_attempt(s, account, caller.address, at=at))
    except TooMany:
        await studio.write(
            lambda s: audit.record(s, "portal_sign_in_blocked", by=account, address=caller.address, at=at)
        )
        raise


def _mail_link(
    studio: Studio, session: Session, email: str, path: str, browser: str, caller: Caller, at: datetime
) -> None:
    contact = sign_in_links.find_contact(session, email)
    by = Actor("contact", contact.id) if contact else email.strip().lower()
    audit.record(session, "portal_link_asked", by=by, address=caller.address, at=at)
    if contact is None:
        return
    link = sign_in_links.make_link(session, contact, browser=browser, key=studio.secret, at=at)
    facts: JsonObject = {"link_id": link.id}
    tell_contact(session, contact, kind="sign_in", facts=facts, path=path, once_key=f"sign_in:{link.id}", at=at)


def begin(studio: Studio, session: Session, contact: Contact, caller: Caller, replaces: str, at: datetime) -> Entered:
    """A session of a contact who has shown who they are. replaces: the token of the one that this browser had."""
    sign_in_limits.forgive_account(session, _ACCOUNT + contact.email)
    old = sessions.find_contact_session(session, replaces, idle=idle_time(studio), at=at) if replaces else None
    if old is not None:
        sessions.end_session(session, old[1].id, old[0].id, at=at)
    token, row = sessions.begin_session(
        session,
        contact,
        lasts=timedelta(days=studio.settings.portal_session_days),
        address=caller.address,
        user_agent=caller.user_agent,
        at=at,
    )
    by = Actor("contact", contact.id)
    audit.record(session, "portal_sign_in", by=by, subject=("session", row.id), address=caller.address, at=at)
    return token, contact
