"""The outbox: mails and what became of them, as the api tells of them."""

from api.schemas.outbox import MailsOut, MailStatus, MailTextOut
from engine.ui.client.door import Door


class Outbox(Door):
    """Every method raises ApiProblem."""

    async def mails(self, *, status: MailStatus | None = None, limit: int = 25, cursor: str | None = None) -> MailsOut:
        """Mails, the last first, and whether mails reach people at all."""
        return await self.get("/outbox", MailsOut, status=status, limit=limit, cursor=cursor)

    async def mail_text(self, mail_id: str) -> str:
        """What a mail says that went nowhere."""
        return (await self.get(f"/outbox/{mail_id}/text", MailTextOut)).text
