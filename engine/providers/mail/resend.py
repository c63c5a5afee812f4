"""Resend: mails over its HTTP api.

Called by automations.workflows.mail. Law: the mail's id goes along as Idempotency-Key, so that a mail whose answer was
lost is not sent a second time (Resend remembers for a day, which is longer than a mail is tried without a break).
"""

from typing import Final

import httpx

from engine.providers.mail.senders import MailDelayed, MailRefused, OutgoingMail

API_URL: Final = "https://api.resend.com"
TIMEOUT_S: Final = 20.0
LONGEST_RETRY_S: Final = 3600.0
_KEY_TROUBLE: Final = (401, 403)
"""A wrong key, or a domain that is not confirmed: a person mends it, and what waits goes then."""


class Resend:
    """One account at Resend."""

    name = "resend"
    reaches_people = True

    def __init__(self, key: str, base_url: str = API_URL, timeout_s: float = TIMEOUT_S) -> None:
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"),
            headers={"Authorization": f"Bearer {key}"},
            timeout=timeout_s,
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def send(self, mail: OutgoingMail) -> None:
        """Raises MailRefused, MailDelayed."""
        body = {
            "from": f"{_quoted(mail.from_name)} <{mail.from_email}>",
            "to": [mail.to_email],
            "subject": mail.subject,
            "text": mail.text,
            "html": mail.html,
            "headers": mail.more_headers,
        }
        try:
            answer = self._http.post("/emails", json=body, headers={"Idempotency-Key": mail.id})
        except httpx.HTTPError as error:
            raise MailDelayed(f"Resend does not answer: {type(error).__name__}.") from error
        if answer.is_success:
            return
        said = _said(answer)
        if answer.status_code in _KEY_TROUBLE:
            raise MailDelayed(f"Resend refused the key or the sender's domain: {said} Mend BOM_MAIL_RESEND_KEY.", 600.0)
        if answer.status_code in {408, 409, 429} or answer.status_code >= 500:
            raise MailDelayed(f"Resend answered {answer.status_code}: {said}", _retry_after(answer))
        raise MailRefused(f"Resend answered {answer.status_code}: {said}")


def _quoted(name: str) -> str:
    """A name beside an address: no line end, and no sign that would end it."""
    return '"' + " ".join(name.split()).replace("\\", "").replace('"', "'") + '"'


def _said(answer: httpx.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return "without saying why."
    message = told.get("message") if isinstance(told, dict) else None
    return " ".join(str(message or "without saying why.").split())[:200]


def _retry_after(answer: httpx.Response) -> float | None:
    given = answer.headers.get("retry-after", "")
    return min(float(given), LONGEST_RETRY_S) if given.isdecimal() else None
