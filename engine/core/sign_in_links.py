"""Sign-in links: how a contact gets into the portal without a password.

Core: no HTTP, no mail, no clock. Called by api.services.portal_sign_in and automations.workflows.mail.
Law: the link and the code work once, for ten minutes, and only in the browser that asked for them (OWASP ASVS 5.0,
6.5.1, 6.5.5, 6.6.2). They stand nowhere: whoever sends the mail makes them from the row's salt and the studio's own
key, so that no job, log or table holds them. A refusal tells nobody whether an address is known.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.core.contacts import mark_seen
from engine.core.errors import NotSignedIn
from engine.core.letting_in import IS_LET_IN, is_let_in
from engine.core.locks import hold_lock
from engine.core.models import Contact, SignInLink

LASTS: Final = timedelta(minutes=10)
MOST_GUESSES: Final = 5
CODE_DIGITS: Final = 6


class LinkSpent(NotSignedIn):
    """The link or the code does not work, here or any more."""

    code = "sign_in_link_spent"

    def __init__(self) -> None:
        super().__init__(
            "This link does not work here any more. It works once, for ten minutes, in the browser that asked for it. "
            "Ask for a new one."
        )


@dataclass(frozen=True)
class MailedLink:
    """What goes into the mail, and is told nowhere else."""

    token: str
    code: str
    """Six digits, for a mail program that opens another browser."""


def find_contact(session: Session, email: str) -> Contact | None:
    """Who may sign in with this address; None also where the contact, or all of their client, is let in no more."""
    return session.scalar(select(Contact).where(Contact.email == email.strip().lower(), IS_LET_IN).limit(1))


def make_link(session: Session, contact: Contact, *, browser: str, key: bytes, at: datetime) -> SignInLink:
    """A new link for the browser that holds `browser`; what it was given before ends. key: the studio's own."""
    session.execute(
        update(SignInLink)
        .where(SignInLink.browser_sha256 == _hash(browser), SignInLink.ended_at.is_(None))
        .values(ended_at=at)
    )
    salt = secrets.token_hex(32)
    mailed = _mailed(salt, key)
    link = SignInLink(
        contact_id=contact.id,
        token_sha256=_hash(mailed.token),
        code_sha256=_hash(browser + mailed.code),
        salt=salt,
        browser_sha256=_hash(browser),
        expires_at=at + LASTS,
        created_at=at,
    )
    session.add(link)
    session.flush()
    return link


def mailed_link(session: Session, link_id: str, *, key: bytes, at: datetime) -> MailedLink | None:
    """What its mail says, the same each time; None where the link was used, replaced or has expired meanwhile."""
    link = session.get(SignInLink, link_id)
    if link is None or link.ended_at is not None or at >= link.expires_at:
        return None
    return _mailed(link.salt, key)


def use_token(session: Session, token: str, *, browser: str, at: datetime) -> Contact:
    """Whose link it is; it works no more afterwards. In another browser it is refused and keeps working in its own.

    Raises LinkSpent.
    """
    hold_lock(session, f"sign-in link {_hash(token)}")
    link = session.scalar(select(SignInLink).where(SignInLink.token_sha256 == _hash(token)))
    if link is None or not secrets.compare_digest(link.browser_sha256, _hash(browser)):
        raise LinkSpent
    return _use(session, link, at)


def use_code(session: Session, code: str, *, browser: str, at: datetime) -> Contact | None:
    """Whose code it is; it works no more afterwards. None where it is wrong, which is counted: a caller that raised
    would undo the count. Raises LinkSpent after the fifth wrong one, and where this browser asked for none."""
    hold_lock(session, f"sign-in browser {_hash(browser)}")
    link = session.scalar(
        select(SignInLink)
        .where(SignInLink.browser_sha256 == _hash(browser), SignInLink.ended_at.is_(None))
        .order_by(SignInLink.created_at.desc())
        .limit(1)
    )
    if link is None or link.guesses >= MOST_GUESSES:
        raise LinkSpent
    if not secrets.compare_digest(link.code_sha256, _hash(browser + code.strip().replace(" ", ""))):
        link.guesses += 1
        session.flush()
        return None
    return _use(session, link, at)


def prune_links(session: Session, *, at: datetime) -> None:
    """Forget links whose time was over a day ago."""
    session.execute(delete(SignInLink).where(SignInLink.expires_at < at - timedelta(days=1)))


def _use(session: Session, link: SignInLink, at: datetime) -> Contact:
    session.refresh(link)
    contact = session.get_one(Contact, link.contact_id)
    if link.ended_at is not None or at >= link.expires_at or not is_let_in(session, contact.id):
        raise LinkSpent
    link.ended_at = at
    mark_seen(session, contact.id, at=at)
    session.flush()
    return contact


def _mailed(salt: str, key: bytes) -> MailedLink:
    """256 bits each: of a random salt in the database and a key that is not in it."""
    token, code = (hmac.digest(key, f"sign-in {use} {salt}".encode(), hashlib.sha256) for use in ("token", "code"))
    return MailedLink(
        base64.urlsafe_b64encode(token).decode().rstrip("="),
        f"{int.from_bytes(code) % 10**CODE_DIGITS:0{CODE_DIGITS}}",
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
