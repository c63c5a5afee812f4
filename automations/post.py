"""The post: with what mails are sent, from whom, and where their links lead.

Made by engine.cli.background from the settings; part of a Workshop.
"""

from dataclasses import dataclass, field

from engine.providers.mail.senders import MailSender


@dataclass(frozen=True)
class Post:
    """How mails leave."""

    sender: MailSender
    from_email: str
    portal_url: str
    studio_url: str
    key: bytes = field(repr=False)
    """The studio's own: sign-in mails are made with it."""
