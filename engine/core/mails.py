"""Mails: which mail goes to whom, once, and what became of it.

Core: no HTTP, no mail server, no clock. Called by automations.workflows.mail and api.routers.outbox.
Law: what is told twice is mailed once (`once_key`). What happens while a mail waits to go joins it: ten answers within
two minutes are one mail.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.locks import hold_lock
from engine.core.models import Contact, JsonObject, Mail, MailStatus, Staff
from engine.core.paging import Page, PageWish, read_page

MOST_TEXTS: Final = 20
"""So many texts stand in one mail; of the rest it says how many there are."""
SORTS: Final = {"created_at": Mail.created_at}


def keep_mail(
    session: Session,
    to: Contact | Staff,
    *,
    kind: str,
    facts: JsonObject,
    path: str,
    once_key: str,
    at: datetime,
) -> Mail | None:
    """A mail that waits to go; None where it was kept before."""
    hold_lock(session, f"mail {once_key}")
    if session.scalar(select(Mail.id).where(Mail.once_key == once_key)) is not None:
        return None
    mail = Mail(
        kind=kind,
        contact_id=to.id if isinstance(to, Contact) else None,
        staff_id=to.id if isinstance(to, Staff) else None,
        to_email=to.email,
        to_name=to.name,
        language=to.language,
        facts=facts,
        path=path,
        once_key=once_key,
        status=MailStatus.WAITING,
        created_at=at,
    )
    session.add(mail)
    session.flush()
    return mail


def join_mail(session: Session, to: Contact | Staff, *, kind: str, path: str, text: str) -> bool:
    """Add a text to the mail of this kind and path that waits to go; False where there is none to join."""
    hold_lock(session, f"mails to {to.id}")
    column = Mail.contact_id if isinstance(to, Contact) else Mail.staff_id
    mail = session.scalar(
        select(Mail)
        .where(
            column == to.id,
            Mail.kind == kind,
            Mail.path == path,
            Mail.status == MailStatus.WAITING,
            Mail.tries == 0,
        )
        .limit(1)
        .with_for_update()
    )
    texts = mail.facts.get("texts") if mail else None
    if mail is None or not isinstance(texts, list):
        return False
    joined = [*texts, text]
    more = mail.facts.get("more", 0)
    mail.facts = {
        **mail.facts,
        "texts": joined[:MOST_TEXTS],
        "more": (more if isinstance(more, int) else 0) + len(joined[MOST_TEXTS:]),
    }
    session.flush()
    return True


def begin_try(session: Session, mail_id: str) -> Mail | None:
    """The mail, once more being sent, so that nothing joins it any more; None where it is sent, gone or given up."""
    mail = session.get(Mail, mail_id)
    if mail is None:
        return None
    hold_lock(
        session, f"mails to {mail.contact_id or mail.staff_id}"
    )  # first the lock, then the row, as join_mail does
    session.refresh(mail, with_for_update=True)
    if mail.status is not MailStatus.WAITING:
        return None
    mail.tries += 1
    session.flush()
    return mail


def end_mail(
    session: Session,
    mail_id: str,
    status: MailStatus,
    *,
    at: datetime,
    provider: str = "",
    subject: str = "",
    problem: str = "",
) -> None:
    """What became of it. One that has ended stays as it is."""
    mail = session.get(Mail, mail_id, with_for_update=True, populate_existing=True)
    if mail is None or mail.status is not MailStatus.WAITING:
        return
    mail.status = status
    mail.provider = provider
    mail.subject = subject[:300]
    mail.problem = problem
    if status in {MailStatus.SENT, MailStatus.KEPT}:
        mail.sent_at = at
    session.flush()


def note_problem(session: Session, mail_id: str, problem: str) -> None:
    """Why the last try failed; it is tried again."""
    mail = session.get(Mail, mail_id, with_for_update=True, populate_existing=True)
    if mail is not None:
        mail.problem = problem
        session.flush()


def forget_mails(session: Session, *, before: datetime) -> None:
    """Forget mails of before then that nobody waits for any more."""
    session.execute(delete(Mail).where(Mail.created_at < before, Mail.status != MailStatus.WAITING))


def get_mail(session: Session, mail_id: str) -> Mail:
    """Raises NotFound."""
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound("mail", mail_id)
    return mail


def list_mails(session: Session, wish: PageWish, *, status: MailStatus | None = None) -> Page[Mail]:
    """Mails; sorts: created_at. Raises Invalid."""
    rows = select(Mail)
    if status is not None:
        rows = rows.where(Mail.status == status)
    return read_page(session, rows, wish, sorts=SORTS, unique=Mail.id)
