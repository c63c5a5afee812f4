"""Mails: people are told of what happened, once, by whatever sends mails here.

Started by api.services and automations.workflows.reviews through `tell_…`, in the transaction of what is told.
Law: a mail is a row first, and is sent by a job that holds nothing but its id: what signs somebody in is made in the
moment of sending, and stands in no job, no log and no table. The author of something is never told of it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations import jobs
from automations.letters import Told, letter_of
from automations.post import Post
from automations.runs import JobFailed, JobKind, Later, Run
from engine.core import mails, notifications, sign_in_links
from engine.core.letting_in import IS_LET_IN, is_let_in
from engine.core.models import Contact, JsonObject, Mail, MailStatus, Notification, Staff
from engine.core.studio_settings import get_choices
from engine.core.unsubscribing import unsubscribe_token
from engine.providers.mail.senders import MailDelayed, MailRefused, OutgoingMail

RETRY_AFTER_S: Final = (10, 30, 120, 600, 3600, 4 * 3600, 8 * 3600, 12 * 3600)
"""A day and more: a mail server that breaks at night is mended by day."""
GATHERS_S: Final = 120.0
"""Answers and messages wait so long for more of their kind, so that ten in a row are one mail."""
WISHES: Final[Mapping[str, str]] = {"new_version": "review", "reply": "reply", "message": "message"}
"""By kind of mail, the wish of a contact that stands for it; the other kinds are always sent."""
GATHERED: Final = frozenset({"reply", "message"})


def tell_contact(
    session: Session,
    contact: Contact,
    *,
    kind: str,
    facts: JsonObject,
    path: str,
    once_key: str,
    at: datetime,
) -> Mail | None:
    """Mail a contact, as soon as the caller has committed; None where they were told before. Does not ask what they
    wish: see tell_contacts."""
    delay_s = GATHERS_S if kind in GATHERED else 0.0
    key = f"{once_key}:{contact.id}"
    mail = mails.keep_mail(session, contact, kind=kind, facts=facts, path=path, once_key=key, at=at)
    if mail is not None:
        _send_soon(session, mail, contact.client_id, at, delay_s)
    return mail


def tell_contacts(
    session: Session,
    client_id: str,
    *,
    kind: str,
    facts: JsonObject,
    path: str,
    once_key: str,
    at: datetime,
    only: str | None = None,
    but: str | None = None,
) -> None:
    """Tell a client's people in the portal, and by mail those who wish it. facts["texts"]: what was written.

    only: this contact alone. but: who did it, who is not told.
    """
    rows = select(Contact).where(Contact.client_id == client_id, IS_LET_IN)
    if only is not None:
        rows = rows.where(Contact.id == only)
    for contact in session.scalars(rows.order_by(Contact.id)).all():
        if contact.id == but:
            continue
        wants = bool(contact.notification_wishes.get(WISHES.get(kind, ""), True))
        in_digest = wants and bool(contact.notification_wishes.get("digest", False))
        line = {name: value for name, value in facts.items() if name != "texts"}
        is_new = notifications.notify_contact(
            session,
            contact.id,
            kind=kind,
            facts=line,
            path=path,
            once_key=once_key,
            is_mailed=not in_digest,
            at=at,
        )
        if is_new and wants and not in_digest and not _joins(session, contact, kind, facts, path):
            tell_contact(session, contact, kind=kind, facts=facts, path=path, once_key=once_key, at=at)


def tell_staff(
    session: Session, *, kind: str, facts: JsonObject, path: str, once_key: str, at: datetime, but: str | None = None
) -> None:
    """Tell all staff under their bells and by mail. but: the id of who did it."""
    line = {name: value for name, value in facts.items() if name != "texts"}
    notifications.notify_everybody(session, kind=kind, facts=line, path=path, once_key=once_key, at=at, but=but)
    for person in session.scalars(select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.id)).all():
        if person.id == but or _joins(session, person, kind, facts, path):
            continue
        key = f"{once_key}:{person.id}"
        mail = mails.keep_mail(session, person, kind=kind, facts=facts, path=path, once_key=key, at=at)
        if mail is not None:
            _send_soon(session, mail, None, at, GATHERS_S if kind in GATHERED else 0.0)


def send_mail(run: Run, mail_id: str) -> JsonObject | None:
    """Send one mail: one try in each run, and the next run later where it did not go."""
    shop = run.workshop
    post = shop.post
    if post is None:
        raise JobFailed("This worker was started without a way to send mails.", "no_post")
    with shop.database.writing() as session:
        mail = mails.begin_try(session, mail_id)
        if mail is None:
            return None
        tries, kind = mail.tries, mail.kind
        letter = _outgoing(session, mail, post, shop.now())
        if letter is None:
            mails.end_mail(session, mail_id, MailStatus.DROPPED, at=shop.now())
            return {"sent": False}
    try:
        post.sender.send(letter)
    except MailRefused as refused:
        _end(run, mail_id, MailStatus.FAILED, problem=str(refused))
        raise JobFailed(f"The mail was not sent: {refused}", "mail_refused") from None
    except MailDelayed as delayed:
        if tries > len(RETRY_AFTER_S):
            _end(run, mail_id, MailStatus.FAILED, problem=str(delayed))
            raise JobFailed(f"The mail was tried {tries} times and not sent: {delayed}", "mail_not_sent") from None
        with shop.database.writing() as session:
            mails.note_problem(session, mail_id, str(delayed))
        wait_s = 3.0 if kind == "sign_in" else RETRY_AFTER_S[tries - 1]
        raise Later(max(wait_s, delayed.retry_after_s or 0.0), stage="retry") from None
    status = MailStatus.SENT if post.sender.reaches_people else MailStatus.KEPT
    _end(run, mail_id, status, provider=post.sender.name, subject=letter.subject)
    return {"sent": post.sender.reaches_people, "tries": tries}


SEND_MAIL: Final = JobKind("send_mail", "clients", send_mail, unforeseen_retry_s=300.0)


def send_digests(run: Run) -> JsonObject:
    """One mail for each contact who wishes one a day, of what no mail has told them yet."""
    shop, at, made = run.workshop, run.workshop.now(), 0
    with shop.database.writing() as session:
        waiting = session.scalars(
            select(Notification)
            .where(Notification.contact_id.is_not(None), Notification.mailed_at.is_(None))
            .order_by(Notification.contact_id, Notification.created_at, Notification.id)
            .limit(10_000)
        ).all()
        by_contact: dict[str, list[Notification]] = {}
        for line in waiting:
            line.mailed_at = at
            by_contact.setdefault(line.contact_id or "", []).append(line)
        for contact_id, lines in by_contact.items():
            contact = session.get_one(Contact, contact_id)
            unread = [line for line in lines if line.read_at is None]
            if not unread or not is_let_in(session, contact_id):
                continue
            told: list[JsonValue] = [{**line.facts, "kind": line.kind} for line in unread[: mails.MOST_TEXTS]]
            facts: JsonObject = {"lines": told, "more": max(0, len(unread) - mails.MOST_TEXTS)}
            key = f"digest:{unread[-1].id}"
            tell_contact(session, contact, kind="digest", facts=facts, path="/", once_key=key, at=at)
            made += 1
    return {"digests": made}


SEND_DIGESTS: Final = JobKind("send_digests", "upkeep", send_digests)


def _joins(session: Session, person: Contact | Staff, kind: str, facts: JsonObject, path: str) -> bool:
    texts = facts.get("texts")
    if kind not in GATHERED or not isinstance(texts, list):
        return False
    return all(mails.join_mail(session, person, kind=kind, path=path, text=str(text)) for text in texts)


def _send_soon(session: Session, mail: Mail, client_id: str | None, at: datetime, delay_s: float) -> None:
    jobs.enqueue(
        session,
        SEND_MAIL,
        mail.id,
        at=at,
        job_id=f"mail:{mail.id}",
        priority=1 if mail.kind == "sign_in" else 10,
        asked_by="system",
        client_id=client_id,
        delay_s=delay_s,
    )


def _end(
    run: Run, mail_id: str, status: MailStatus, *, provider: str = "", subject: str = "", problem: str = ""
) -> None:
    at = run.workshop.now()
    with run.workshop.database.writing() as session:
        mails.end_mail(session, mail_id, status, at=at, provider=provider, subject=subject, problem=problem)


def _outgoing(session: Session, mail: Mail, post: Post, at: datetime) -> OutgoingMail | None:
    """The mail in words; None where there is nothing to tell any more, or nobody."""
    if mail.contact_id is not None and not is_let_in(session, mail.contact_id):
        return None
    facts: JsonObject = {**mail.facts, "studio": get_choices(session).studio_name}
    url = (post.studio_url if mail.staff_id else post.portal_url) + mail.path
    if mail.kind == "sign_in":
        signed = sign_in_links.mailed_link(session, str(mail.facts.get("link_id")), key=post.key, at=at)
        if signed is None:
            return None
        onward = f"&next={mail.path}" if mail.path not in {"", "/"} else ""
        # Behind the #: a browser tells no server of it, and what opens links to look at them signs nobody in.
        url = f"{post.portal_url}/login/link#{signed.token}{onward}"
        facts["code"] = f"{signed.code[:3]} {signed.code[3:]}"
    told = Told(
        kind=_words_for(mail),
        language=mail.language,
        name=mail.to_name,
        facts=facts,
        url=url,
        wishes_url=f"{post.portal_url}/account" if mail.kind in {*WISHES, "digest"} and mail.contact_id else "",
    )
    letter = letter_of(told)
    return OutgoingMail(
        id=mail.id,
        from_name=str(facts["studio"]),
        from_email=post.from_email,
        to_name=mail.to_name,
        to_email=mail.to_email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        unsubscribe_url=_unsubscribe_url(mail, post),
    )


def _unsubscribe_url(mail: Mail, post: Post) -> str:
    wishes = sorted(WISHES.values()) if mail.kind == "digest" else [WISHES[mail.kind]] if mail.kind in WISHES else []
    if not wishes or mail.contact_id is None:
        return ""
    return f"{post.portal_url}/api/portal/unsubscribe/{unsubscribe_token(mail.contact_id, wishes, post.key)}"


def _words_for(mail: Mail) -> str:
    return f"decision_{mail.facts.get('verdict')}" if mail.kind == "decision" else mail.kind
