"""The outbox on the wire: mails, what became of them, and what those say that went nowhere."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Id, PageOf, Shown, Time

MailStatus = Annotated[
    Literal["waiting", "sent", "kept", "failed", "dropped"],
    Field(description="kept: in the outbox, since no mail provider is set.", examples=["kept"]),
]


class MailOut(Shown):
    """A mail."""

    id: Id
    kind: str = Field(examples=["new_version"])
    to_email: str = Field(examples=["anna@bakkerij.example"])
    to_name: str
    subject: str = Field(description="Empty until it is sent.")
    status: MailStatus
    provider: str = Field(description="resend, smtp or outbox.")
    tries: int
    problem: str = Field(description="Why it was not sent, and what to do.")
    created_at: Time
    sent_at: Time | None


class MailsOut(PageOf[MailOut]):
    """Some mails, and whether mails reach people here at all."""

    reaches_people: bool = Field(description="False: no mail provider is set, and mails lie in the outbox.")


class MailTextOut(Shown):
    """What a mail of the outbox says."""

    text: str
