"""SMTP: a mail arrives whole at a real server, encrypted, and every no is told apart from a not yet."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.providers.mail.senders import MailDelayed, MailRefused, OutgoingMail
from engine.providers.mail.smtp import Security, Smtp, SmtpServer
from tests.emulators.smtp import MailServer, mail_server, own_certificate

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MAIL = OutgoingMail(
    id="01a20502-5d11-7f7c-9a51-3f0f5b2a9a11",
    from_name="BOM Studio’s\r\nBcc: dief@evil.example",
    from_email="studio@bom.example",
    to_name="Zoë O'Brien",
    to_email="zoe@bakkerij.example",
    subject="Versie 2 staat klaar 🥐\r\nX-Evil: 1",
    text="Dag Zoë,\n\n.Een regel met een punt\n",
    html="<p>Dag Zoë</p>",
)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate that this process believes."""
    file = own_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A server that speaks in the clear, as one on this machine may."""
    with mail_server() as server:
        yield server


def smtp(server: MailServer, security: Security = "none", user: str = "", timeout_s: float = 5.0) -> Smtp:
    return Smtp(SmtpServer("127.0.0.1", server.port, security, user, "geheim"), lambda: AT, timeout_s)


@pytest.mark.parametrize(("security", "tls_at_once"), [("starttls", False), ("tls", True)])
def test_a_mail_arrives_whole_and_encrypted(certificate: Path, security: Security, tls_at_once: bool) -> None:
    with mail_server(certificate, tls_at_once=tls_at_once) as server:
        smtp(server, security, "studio").send(MAIL)

    (taken,) = server.taken
    assert (taken.sender, taken.to) == ("studio@bom.example", ["zoe@bakkerij.example"])
    assert taken.was_encrypted
    assert taken.user == "studio"
    assert b"Message-ID: <01a20502-5d11-7f7c-9a51-3f0f5b2a9a11@bom.example>" in taken.raw
    assert b"multipart/alternative" in taken.raw


def test_no_line_end_of_a_name_or_a_subject_begins_a_header(server: MailServer) -> None:
    smtp(server).send(MAIL)

    headers = server.taken[0].raw.partition(b"\r\n\r\n")[0].lower()
    assert b"\nbcc:" not in headers
    assert b"\nx-evil:" not in headers


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with mail_server(own_certificate(tmp_path)) as server, pytest.raises(MailDelayed, match="does not answer"):
        smtp(server, "starttls").send(MAIL)

    assert server.taken == []


def test_nothing_is_said_in_the_clear_where_encryption_is_wanted(server: MailServer) -> None:
    with pytest.raises(MailDelayed, match="STARTTLS"):
        smtp(server, "starttls", "studio").send(MAIL)

    assert server.taken == []


def test_never_and_not_now_are_told_apart(server: MailServer) -> None:
    server.answers = ["550 no such mailbox", "451 come back later"]

    with pytest.raises(MailRefused, match="550: no such mailbox"):
        smtp(server).send(MAIL)
    with pytest.raises(MailDelayed, match="451: come back later"):
        smtp(server).send(MAIL)
    smtp(server).send(MAIL)
    assert len(server.taken) == 1


def test_a_server_that_is_silent_or_gone_is_asked_again_later(server: MailServer) -> None:
    server.is_silent = True
    with pytest.raises(MailDelayed, match="does not answer"):
        smtp(server, timeout_s=0.2).send(MAIL)
    with pytest.raises(MailDelayed, match="does not answer"):
        smtp(MailServer(port=1)).send(MAIL)
    server.is_silent = False
    with pytest.raises(MailDelayed, match="user or password"):
        smtp(server, user="stranger").send(MAIL)
