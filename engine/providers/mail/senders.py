"""Mail senders: what a mail is, and what whoever sends mails promises.

Kept by engine.providers.mail.resend, .smtp and .outbox; called by automations.workflows.mail alone.
Law: an error says whether it is worth another try. The same mail is tried with the same id, so that a sender, or the
server of whoever it is for, can tell that it has it already.
"""

from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field


class OutgoingMail(BaseModel):
    """A mail that is ready to go."""

    model_config = ConfigDict(frozen=True)

    id: str
    """The same at every try; a Message-ID and an Idempotency-Key are made of it."""
    from_name: str
    from_email: str
    to_name: str
    to_email: str
    subject: str = Field(min_length=1, max_length=300)
    text: str
    html: str
    unsubscribe_url: str = ""
    """Where a mail program posts when its reader wants no more of these (RFC 8058); empty where there is no choice."""

    @property
    def more_headers(self) -> dict[str, str]:
        """Headers beside those that every mail has."""
        headers = {"Auto-Submitted": "auto-generated"}
        if self.unsubscribe_url:
            headers["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return headers


class MailRefused(Exception):
    """It was not sent and never will be as it is: a wrong address, a wrong key. The message is for a person."""


class MailDelayed(Exception):
    """It was perhaps not sent, and may be tried again: nobody answered, or not now."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class MailSender(Protocol):
    """Somebody who sends mails."""

    @property
    def name(self) -> str:
        """resend, smtp or outbox."""

    @property
    def reaches_people(self) -> bool:
        """False where a mail goes nowhere, and is only kept to be looked at."""

    def send(self, mail: OutgoingMail) -> None:
        """Send it once. Raises MailRefused, MailDelayed."""
