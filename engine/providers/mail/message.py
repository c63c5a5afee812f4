"""A mail as bytes, by the standards: text and HTML beside each other, with a Message-ID of its own.

Used by engine.providers.mail.smtp and .outbox.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from engine.providers.mail.senders import OutgoingMail


def message_of(mail: OutgoingMail, at: datetime) -> EmailMessage:
    """The mail with its headers. A line end in a name or a subject cannot begin a header of its own."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(mail.from_name), addr_spec=mail.from_email)
    message["To"] = Address(_one_line(mail.to_name), addr_spec=mail.to_email)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.id}@{mail.from_email.rpartition('@')[2]}>"
    for name, value in mail.more_headers.items():
        message[name] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())
