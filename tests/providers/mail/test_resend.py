"""Resend: what it is sent keeps to its contract, and a mail whose answer was lost goes once."""

from collections.abc import Iterator

import pytest

from engine.providers.mail.resend import Resend
from engine.providers.mail.senders import MailDelayed, MailRefused
from tests.emulators.resend import KEY, ResendEmulator, emulated_resend
from tests.providers.mail.test_smtp import MAIL


@pytest.fixture
def vendor() -> Iterator[ResendEmulator]:
    """An account at Resend."""
    with emulated_resend() as emulator:
        yield emulator


@pytest.fixture
def sender(vendor: ResendEmulator) -> Iterator[Resend]:
    """Us, with its key."""
    sender = Resend(KEY, vendor.url, timeout_s=10)
    yield sender
    sender.close()


def test_a_mail_whose_answer_was_lost_goes_once(vendor: ResendEmulator, sender: Resend) -> None:
    vendor.next_answers = [(200, "lose")]

    with pytest.raises(MailDelayed, match="500"):
        sender.send(MAIL)
    sender.send(MAIL)

    assert vendor.posts == 2
    assert list(vendor.sent) == [MAIL.id]
    assert vendor.sent[MAIL.id]["to"] == ["zoe@bakkerij.example"]
    assert vendor.sent[MAIL.id]["from"] == '"BOM Studio’s Bcc: dief@evil.example" <studio@bom.example>'


def test_never_and_not_now_are_told_apart(vendor: ResendEmulator, sender: Resend) -> None:
    vendor.next_answers = [(429, "rate_limit_exceeded"), (422, "validation_error"), (403, "invalid_api_key")]

    with pytest.raises(MailDelayed, match="rate_limit_exceeded") as delayed:
        sender.send(MAIL)
    assert delayed.value.retry_after_s == 7
    with pytest.raises(MailRefused, match="validation_error"):
        sender.send(MAIL)
    with pytest.raises(MailDelayed, match="BOM_MAIL_RESEND_KEY"):
        sender.send(MAIL)
    assert vendor.sent == {}
    gone = Resend(KEY, "http://127.0.0.1:1", timeout_s=1)
    with pytest.raises(MailDelayed, match="does not answer"):
        gone.send(MAIL)
    gone.close()
