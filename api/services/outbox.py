"""The outbox's mails as text, read from their files.

Called by api.routers.outbox. Law: only what went nowhere is shown; where mails reach people, nobody else reads them.
"""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from engine.core.errors import NotFound
from engine.core.models import Mail, MailStatus
from engine.providers.mail.outbox import outbox_file


def text_of(mail: Mail, folder: Path) -> str:
    """What a mail says that went nowhere. Raises NotFound."""
    if mail.status is not MailStatus.KEPT:
        raise NotFound("text of the mail", mail.id)
    try:
        message = message_from_bytes(outbox_file(folder, mail.id).read_bytes(), policy=default)
    except FileNotFoundError:
        raise NotFound("text of the mail", mail.id) from None
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
