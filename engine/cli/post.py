"""The post of this machine: what sends mails here, put together from the settings.

Called by engine.cli.background. Law: without an account nothing leaves: mails lie in the outbox, to be looked at.
"""

from datetime import UTC, datetime

from automations.post import Post
from engine.providers.mail.outbox import Outbox
from engine.providers.mail.resend import Resend
from engine.providers.mail.senders import MailSender
from engine.providers.mail.smtp import Smtp, SmtpServer
from engine.settings import Settings, signing_secret


def post_of(settings: Settings) -> Post:
    """How mails leave this machine."""
    return Post(
        sender=_sender(settings),
        from_email=settings.mail_from,
        portal_url=settings.portal_address,
        studio_url=settings.public_url or f"http://localhost:{settings.port}",
        key=signing_secret(settings),
    )


def _sender(settings: Settings) -> MailSender:
    if settings.mail_resend_key is not None:
        return Resend(settings.mail_resend_key.get_secret_value(), settings.mail_resend_url)
    if settings.mail_smtp_host:
        password = settings.mail_smtp_password.get_secret_value() if settings.mail_smtp_password else ""
        server = SmtpServer(
            settings.mail_smtp_host,
            settings.mail_smtp_port,
            settings.mail_smtp_security,
            settings.mail_smtp_user,
            password,
        )
        return Smtp(server, _now)
    return Outbox(settings.outbox_dir, _now)


def _now() -> datetime:
    return datetime.now(UTC)
