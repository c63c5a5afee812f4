"""Mails: everybody is told once of what others did, and a mail that cannot go is tried until it does."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations.post import Post
from automations.runs import JobFailed, Later, Run, Workshop
from automations.workflows import mail as workflow
from automations.workflows.mail import GATHERS_S, RETRY_AFTER_S, SEND_MAIL, send_digests, send_mail
from automations.workflows.reviews import message_was_written, note_was_added, version_was_sent
from engine.core import clients, contacts, mails, messages, notifications
from engine.core.actors import Actor
from engine.core.database import Database
from engine.core.models import Contact, Job, Mail, MailStatus, Notification, Role, Staff, Version
from engine.core.reviews import notes
from engine.providers.mail.outbox import Outbox
from engine.providers.mail.senders import OutgoingMail
from engine.providers.mail.smtp import Smtp, SmtpServer
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.waiting import now, wait_until
from tests.core.domain import NOW
from tests.core.reviews.domain import a_contact, a_version, actor_of, video_of
from tests.emulators.smtp import MailServer, mail_server


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Letterbox:
    """Keeps what is sent in memory, as somebody's inbox would."""

    name: str = "smtp"
    reaches_people: bool = True
    got: list[OutgoingMail] = field(default_factory=list)

    def send(self, mail: OutgoingMail) -> None:
        """Take it."""
        self.got.append(mail)


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server on this machine."""
    with mail_server() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


def with_sender(workshop: Workshop, sender: object, clock: Clock) -> Workshop:
    post = Post(sender, "studio@bom.example", "https://portal.example", "https://studio.example", b"key")  # type: ignore[arg-type]
    return replace(workshop, now=clock, post=post)


def by_smtp(workshop: Workshop, server: MailServer, clock: Clock) -> Workshop:
    return with_sender(workshop, Smtp(SmtpServer("127.0.0.1", server.port, "none"), clock, 5), clock)


def send(shop: Workshop, mail: Mail) -> object:
    return send_mail(Run(f"mail:{mail.id}", 1, shop, threading.Event(), lambda: True), mail.id)


def mails_of(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)))


def a_told_version(session: Session) -> tuple[Version, Contact]:
    version = a_version(session)
    anna = a_contact(session, version.client_id)
    version_was_sent(session, version, at=NOW)
    return version, anna


def test_a_new_version_reaches_each_contact_once_with_a_link_to_it(
    workshop: Workshop, database: Database, server: MailServer, clock: Clock
) -> None:
    with database.writing() as session:
        version, _ = a_told_version(session)
        version_was_sent(session, version, at=NOW)  # a request that was sent twice
        video_id = version.video_id
    (mail,) = mails_of(database)

    shop = by_smtp(workshop, server, clock)
    assert send(shop, mail) == {"sent": True, "tries": 1}
    assert send(shop, mail) is None  # a run that came twice

    (taken,) = server.taken
    assert taken.to == ["anna@bakkerij.example"]
    assert f"https://portal.example/videos/{video_id}".encode() in taken.raw.replace(b"=\r\n", b"")
    (mail,) = mails_of(database)
    assert (mail.status, mail.provider) == (MailStatus.SENT, "smtp")
    assert "Oliebollen" in mail.subject


@ON_SQLITE
def test_a_server_that_is_away_is_tried_for_a_day_and_then_a_person_is_told(
    workshop: Workshop, database: Database, clock: Clock
) -> None:
    with database.writing() as session:
        a_told_version(session)
    (mail,) = mails_of(database)
    shop = with_sender(workshop, Smtp(SmtpServer("127.0.0.1", 1, "none"), clock, 1), clock)

    waits = []
    for _ in RETRY_AFTER_S:
        with pytest.raises(Later) as later:
            send(shop, mail)
        waits.append(later.value.delay_s)
    with pytest.raises(JobFailed, match="9 times"):
        send(shop, mail)

    assert tuple(waits) == RETRY_AFTER_S
    assert sum(waits) > 86_400
    (mail,) = mails_of(database)
    assert mail.status is MailStatus.FAILED
    assert "does not answer" in mail.problem


@ON_SQLITE
def test_an_address_that_does_not_exist_is_not_tried_again(
    workshop: Workshop, database: Database, server: MailServer, clock: Clock
) -> None:
    with database.writing() as session:
        a_told_version(session)
    (mail,) = mails_of(database)
    server.answers = ["550 no such mailbox"]

    with pytest.raises(JobFailed, match="no such mailbox"):
        send(by_smtp(workshop, server, clock), mail)

    assert mails_of(database)[0].status is MailStatus.FAILED


def test_ten_answers_in_a_row_are_one_mail_and_one_after_it_went_is_another(
    workshop: Workshop, database: Database, clock: Clock
) -> None:
    box = Letterbox()
    shop = with_sender(workshop, box, clock)
    with database.writing() as session:
        version = a_version(session)
        anna, jeroen = a_contact(session, version.client_id), actor_of(version)
        a_contact(session, version.client_id, "Bas", "bas@bakkerij.example")
        asked, _ = notes.add_note(session, version, "Logo groter?", by=actor_of(anna), at=NOW)

        def answer(text: str, at: datetime) -> None:
            note, _ = notes.add_note(session, version, text, by=jeroen, at=at, answers_note_id=asked.id)
            note_was_added(session, note, version, at=at)

        for number in range(25):
            answer(f"Antwoord {number}", NOW)
        (mail,) = session.scalars(select(Mail)).all()
    send(shop, mail)
    with database.writing() as session:
        session.add_all([version, asked])
        answer("Nog iets", NOW + timedelta(hours=1))

    assert [mail.to_email for mail in mails_of(database)] == ["anna@bakkerij.example"] * 2
    assert "> Antwoord 19" in box.got[0].text
    assert "En nog 5." in box.got[0].text
    with database.reading() as session:
        jobs = session.scalars(select(Job).where(Job.kind == SEND_MAIL.name)).all()
        assert {len(job.arguments) for job in jobs} == {1}
        assert GATHERS_S == 120


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("anna@bakkerij.example", ["bas@bakkerij.example", "eigenaar@bom.example", "jeroen@bom.example"]),
        ("jeroen@bom.example", ["anna@bakkerij.example", "bas@bakkerij.example"]),
    ],
)
@ON_SQLITE
def test_nobody_is_told_of_what_they_did_themselves(database: Database, author: str, told: list[str]) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = a_contact(session, version.client_id)
        a_contact(session, version.client_id, "Bas", "bas@bakkerij.example")
        session.add(
            Staff(
                email="eigenaar@bom.example", name="Eigenaar", role=Role.OWNER, password_hash="-",
                created_at=NOW, updated_at=NOW,
            )
        )  # fmt: skip
        session.flush()
        by = Actor("contact", anna.id) if author == anna.email else actor_of(version)
        message, _ = messages.write_message(session, version.client_id, "Dag", by=by, at=NOW)
        message_was_written(session, message, at=NOW)

    assert sorted(mail.to_email for mail in mails_of(database)) == told


@ON_SQLITE
def test_nothing_joins_a_mail_that_was_tried_already(workshop: Workshop, database: Database, clock: Clock) -> None:
    """It may have gone, and its sender knows it by its id: another text in it would not be read."""
    shop = with_sender(workshop, Smtp(SmtpServer("127.0.0.1", 1, "none"), clock, 1), clock)
    with database.writing() as session:
        version = a_version(session)
        client_id, jeroen = version.client_id, actor_of(version)
        a_contact(session, client_id)

    def write(text: str) -> None:
        with database.writing() as session:
            message, _ = messages.write_message(session, client_id, text, by=jeroen, at=NOW)
            message_was_written(session, message, at=NOW)

    write("Dag")
    with pytest.raises(Later):
        send(shop, mails_of(database)[0])
    write("Nog iets")

    assert [mail.facts["texts"] for mail in mails_of(database)] == [["Dag"], ["Nog iets"]]


@ON_SQLITE
def test_what_is_told_twice_is_mailed_once(database: Database) -> None:
    with database.writing() as session:
        anna = a_contact(session, a_version(session).client_id)
        told = [
            workflow.tell_contact(session, anna, kind="invitation", facts={}, path="/login", once_key="1", at=NOW)
            for _ in range(2)
        ]

    assert told[0] is not None
    assert told[1] is None


def test_who_wants_no_mail_is_told_in_the_portal_alone_and_who_wants_one_a_day_gets_one(
    workshop: Workshop, database: Database, clock: Clock
) -> None:
    box = Letterbox()
    shop = with_sender(workshop, box, clock)
    with database.writing() as session:
        version = a_version(session)
        for name, wishes in (("Anna", {"review": False}), ("Bas", {"digest": True})):
            contacts.add_contact(
                session,
                version.client_id,
                name=name,
                email=f"{name.lower()}@bakkerij.example",
                notification_wishes={**wishes},
                at=NOW,
            )
        version_was_sent(session, version, at=NOW)
        told = session.scalars(select(Notification.contact_id).where(Notification.contact_id.is_not(None))).all()
        assert len(told) == 2
    assert mails_of(database) == []

    digest = Run("send_digests@8", 1, shop, threading.Event(), lambda: True)
    assert send_digests(digest) == {"digests": 1}
    assert send_digests(digest) == {"digests": 0}
    (mail,) = mails_of(database)
    send(shop, mail)

    assert box.got[0].to_email == "bas@bakkerij.example"
    assert "Versie 1 van “Oliebollen” wacht op uw oordeel." in box.got[0].text
    assert ".message-reply-review." in box.got[0].unsubscribe_url  # of a mail about all of it, all of it


@ON_SQLITE
def test_a_mail_that_was_waiting_goes_when_the_worker_is_back(
    workshop: Workshop, database: Database, working: StartWorker, server: MailServer
) -> None:
    """Catch-up: what happened while nothing ran is told once something runs."""
    with database.writing() as session:
        a_told_version(session)

    shop = by_smtp(workshop, server, Clock())
    with working([SEND_MAIL], shop=replace(shop, now=workshop.now)):
        wait_until(lambda: mails_of(database)[0].status is MailStatus.SENT, "the mail")

    assert len(server.taken) == 1


@ON_SQLITE
def test_without_an_account_a_mail_lies_in_the_outbox_for_its_owner_alone(
    workshop: Workshop, database: Database, clock: Clock
) -> None:
    folder = workshop.work_dir.parent / "outbox"
    with database.writing() as session:
        a_told_version(session)
    (mail,) = mails_of(database)

    assert send(with_sender(workshop, Outbox(folder, clock), clock), mail) == {"sent": False, "tries": 1}

    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert mails_of(database)[0].status is MailStatus.KEPT


@ON_SQLITE
def test_old_mails_go_and_those_that_wait_stay(workshop: Workshop, database: Database, clock: Clock) -> None:
    folder = workshop.work_dir.parent / "outbox"
    outbox = Outbox(folder, clock)
    with database.writing() as session:
        version, _ = a_told_version(session)
        video, jeroen = video_of(session, version), actor_of(version)
        version_was_sent(session, a_version(session, video, by=jeroen), at=NOW)
    went, waits = mails_of(database)
    send(with_sender(workshop, outbox, clock), went)

    with database.writing() as session:
        mails.forget_mails(session, before=NOW + timedelta(days=1))

    assert [mail.id for mail in mails_of(database)] == [waits.id]
    assert outbox.forget(now() - timedelta(days=1)) == 0
    assert outbox.forget(now() + timedelta(days=1)) == 1
    assert list(folder.iterdir()) == []


def test_every_wish_of_a_kind_of_mail_is_one_that_a_contact_has() -> None:
    from api.schemas.clients import NotificationWishes

    assert set(workflow.WISHES.values()) <= set(NotificationWishes.model_fields)


@ON_SQLITE
def test_a_digest_tells_nothing_that_its_reader_has_seen(workshop: Workshop, database: Database, clock: Clock) -> None:
    shop = with_sender(workshop, Letterbox(), clock)
    with database.writing() as session:
        version = a_version(session)
        for name in ("Anna", "Bas"):
            contacts.add_contact(
                session,
                version.client_id,
                name=name,
                email=f"{name.lower()}@bakkerij.example",
                notification_wishes={"digest": True},
                at=NOW,
            )
        version_was_sent(session, version, at=NOW)
        jeroen = actor_of(version)
        message, _ = messages.write_message(session, version.client_id, "Tot morgen", by=jeroen, at=NOW)
        message_was_written(session, message, at=NOW)
        anna, bas = session.scalars(select(Contact).order_by(Contact.name)).all()
        notifications.mark_seen(session, anna.id, f"/videos/{version.video_id}", at=NOW)
        for path in ("/messages", f"/videos/{version.video_id}"):
            notifications.mark_seen(session, bas.id, path, at=NOW)

    assert send_digests(Run("send_digests@8", 1, shop, threading.Event(), lambda: True)) == {"digests": 1}

    (mail,) = mails_of(database)
    assert mail.to_email == "anna@bakkerij.example"
    assert [line["kind"] for line in mail.facts["lines"]] == ["message"]  # type: ignore[index,union-attr,call-overload]


def test_who_belongs_to_a_client_that_is_put_away_hears_nothing_until_it_is_back(
    workshop: Workshop, database: Database, clock: Clock
) -> None:
    box = Letterbox()
    shop = with_sender(workshop, box, clock)

    def write(text: str) -> None:
        with database.writing() as session:
            by = Actor("staff", session.scalars(select(Staff.id)).one())
            message, _ = messages.write_message(session, client_id, text, by=by, at=clock.now)
            message_was_written(session, message, at=clock.now)

    with database.writing() as session:
        version = a_version(session)
        client_id = version.client_id
        a_contact(session, client_id)
        version_was_sent(session, version, at=NOW)
    (waiting,) = mails_of(database)
    with database.writing() as session:
        clients.archive_client(session, client_id, at=NOW, keep_open_work=True)

    assert send(shop, waiting) == {"sent": False}
    write("Hoort niemand")
    assert (box.got, len(mails_of(database))) == ([], 1)
    with database.writing() as session:
        clients.restore_client(session, client_id, at=NOW)
    write("Welkom terug")
    assert [mail.kind for mail in mails_of(database)] == ["new_version", "message"]
