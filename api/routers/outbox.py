"""The outbox: mails and what became of them; those that went nowhere can be read here, by owners.

Not by others: a mail may sign a client in, and what a client decides is evidence.
"""

from fastapi import APIRouter

from api.deps import PageQuery, ReadSession, SignedInOwner, TheStudio, sorted_by
from api.routes import StudioRoute
from api.schemas.outbox import MailOut, MailsOut, MailStatus, MailTextOut
from api.services.outbox import text_of
from engine.core import mails, models

router = APIRouter(prefix="/outbox", tags=["outbox"], route_class=StudioRoute)


@router.get("", summary="Mails")
def list_mails(
    session: ReadSession, _owner: SignedInOwner, studio: TheStudio, wish: PageQuery, status: MailStatus | None = None
) -> MailsOut:
    """The last one first."""
    wanted = models.MailStatus(status) if status else None
    page = mails.list_mails(session, sorted_by(wish, "-created_at"), status=wanted)
    return MailsOut(
        items=[MailOut.model_validate(mail) for mail in page.items],
        next_cursor=page.next_cursor,
        reaches_people=studio.settings.mails_reach_people,
    )


@router.get("/{mail_id}/text", summary="What a mail of the outbox says")
def get_mail_text(mail_id: str, session: ReadSession, _owner: SignedInOwner, studio: TheStudio) -> MailTextOut:
    """Only of a mail that went nowhere: what was sent is its reader's."""
    return MailTextOut(text=text_of(mails.get_mail(session, mail_id), studio.settings.outbox_dir))
