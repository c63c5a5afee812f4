"""Messages: a client's thread with the studio, as the api tells of it."""

from api.schemas.portal import MessageIn, MessageOut, MessagesOut
from engine.ui.client.door import Door


class Messages(Door):
    """Every method raises ApiProblem."""

    async def messages(self, client_id: str, *, limit: int = 20, cursor: str | None = None) -> MessagesOut:
        """What was written, the last first, and how much of it is new to whoever asks."""
        return await self.get(f"/clients/{client_id}/messages", MessagesOut, limit=limit, cursor=cursor)

    async def write_message(self, client_id: str, message: MessageIn, intent: str) -> MessageOut:
        """Write to the client's people. intent: the same for a second click, which writes nothing."""
        path = f"/clients/{client_id}/messages"
        return await self.send("POST", path, MessageOut, message, {"Idempotency-Key": intent})

    async def read_messages(self, client_id: str) -> None:
        """All that is there now was read."""
        await self.call("POST", f"/clients/{client_id}/messages/read")
