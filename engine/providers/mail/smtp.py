"""SMTP: mails by a server of one's own choosing.

Called by automations.workflows.mail. Law: nothing is said before the line is encrypted, unless the server is on this
machine; each step has a time-out.
"""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from engine.providers.mail.message import message_of
from engine.providers.mail.senders import MailDelayed, MailRefused, OutgoingMail

TIMEOUT_S: Final = 20.0
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True)
class SmtpServer:
    """Where the server is, and who signs in there; nobody where the user is empty."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""


class Smtp:
    """Sends each mail over a connection of its own."""

    name = "smtp"
    reaches_people = True

    def __init__(self, server: SmtpServer, now: Callable[[], datetime], timeout_s: float = TIMEOUT_S) -> None:
        self._server = server
        self._now = now
        self._timeout_s = timeout_s

    def send(self, mail: OutgoingMail) -> None:
        """Raises MailRefused, MailDelayed."""
        try:
            with closing(self._connected()) as line:
                line.send_message(message_of(mail, self._now()))
                with suppress(OSError, smtplib.SMTPException):  # it is taken; how they part changes nothing
                    line.quit()
        except smtplib.SMTPAuthenticationError as error:
            raise MailDelayed("The mail server does not know this user or password. Mend BOM_MAIL_USER.") from error
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _trouble(code, said) from error
        except smtplib.SMTPResponseException as error:
            raise _trouble(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailDelayed("The mail server does not offer what is asked of it (STARTTLS or a sign-in).") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailDelayed(
                f"The mail server {self._server.host} does not answer: {type(error).__name__}."
            ) from error

    def _connected(self) -> smtplib.SMTP:
        server, trusted = self._server, ssl.create_default_context()
        line: smtplib.SMTP
        if server.security == "tls":
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout_s, context=trusted)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=self._timeout_s)
        try:
            if server.security == "starttls":
                line.starttls(context=trusted)
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line


def _trouble(code: int, said: bytes | str) -> MailRefused | MailDelayed:
    """By the first digit: 4 is not now, 5 is never."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    message = f"The mail server answered {code}: {' '.join(words.split())[:200]}"
    return MailRefused(message) if 500 <= code < 600 else MailDelayed(message)
