"""A client's portal in a test: people who sign in by mail, with versions to look at. Used by tests.api.test_portal_…"""

import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations.runs import Run, Workshop
from automations.workflows.mail import send_mail
from engine.cli.post import post_of
from engine.core import contacts, sessions
from engine.core.assets import keep_asset
from engine.core.exports import finish_export
from engine.core.models import Asset, AssetType, Contact, Export, JsonObject, Mail, MailStatus
from engine.core.reviews import versions
from engine.providers.mail.outbox import Outbox, outbox_file
from tests.api.studio import AT, ApiStudio
from tests.core.domain import a_client, a_producer, a_project, a_video
from tests.core.reviews.domain import an_asked_film

ANNA, BAS = "anna@bakkerij.example", "bas@fietsen.example"


class StandingStudio(ApiStudio):
    """A studio whose server stands for all tests of a process: starting one takes longer than most of them."""

    served_at: str = ""

    @contextmanager
    def open(self) -> Iterator[httpx.Client]:
        """A new browser at the server that stands; the first time, the server itself."""
        if not self.served_at:
            with super().open() as client:
                self.served_at = str(client.base_url)
                yield client
        else:
            with httpx.Client(base_url=self.served_at, timeout=30, verify=False) as client:
                yield client

    def begin_anew(self, empty: Path) -> None:
        """Nothing has happened yet: an empty database with the staff alone, at the first moment."""
        file = self.database.engine.url.database
        assert file
        self.database.engine.dispose()
        for left in (Path(f"{file}-wal"), Path(f"{file}-shm")):
            left.unlink(missing_ok=True)
        shutil.copyfile(empty, file)
        self.clock.now = AT
        self.hire()


@dataclass(frozen=True)
class Sent:
    """Ids of a version and what it stands in."""

    client_id: str
    contact_id: str
    project_id: str
    video_id: str
    version_id: str
    sha256s: dict[str, str]


def a_portal_token(studio: ApiStudio, email: str = ANNA) -> str:
    """The token of a contact's new session, without a mail; the contact is made where nobody has the address."""
    with studio.database.writing() as session:
        contact = session.scalar(select(Contact).where(Contact.email == email))
        if contact is None:
            contact = contacts.add_contact(session, a_client(session).id, name="Anna", email=email, at=studio.clock())
        token, _ = sessions.begin_session(
            session, contact, lasts=timedelta(days=30), address="127.0.0.1", user_agent="pytest", at=studio.clock()
        )
    return token


def a_sent_version(
    studio: ApiStudio, email: str = ANNA, formats: Sequence[str] = ("9:16",), producer: str = "maker@bom.example"
) -> Sent:
    """A client with somebody who signs in, and a version that was sent to them. Its bytes are a few letters."""
    at = studio.clock()
    with studio.database.writing() as session:
        client = a_client(session, f"Klant van {email}")
        contact = contacts.add_contact(session, client.id, name=email.partition("@")[0].title(), email=email, at=at)
        project = a_project(session, client)
        video = a_video(session, project)
        films = [finished_film(studio, session, an_asked_film(session, video, name)) for name in formats]
        by = a_producer(session, producer)
        version = versions.send_version(
            session, video, [film.id for film in films], message="Kijk je mee?", by=by, at=at
        )
        return Sent(
            client.id,
            contact.id,
            project.id,
            video.id,
            version.id,
            {file.export.format: file.sha256 for file in versions.files_of(session, version.id)},
        )


def finished_film(studio: ApiStudio, session: Session, export: Export) -> Export:
    """An export with a file, captions and pictures that can be fetched."""
    at, kept = studio.clock(), dict[str, Asset]()
    for kind, media_type in (
        ("film", "video/mp4"),
        ("srt", "application/x-subrip"),
        ("vtt", "text/vtt"),
        ("thumbnail", "image/jpeg"),
        ("filmstrip", "image/jpeg"),
    ):
        path = studio.folder / f"{export.id}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{kind} of {export.id}")
        stored = studio.studio.storage.put(path)
        kept[kind] = keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.CLIP if kind == "film" else AssetType.DOCUMENT,
            media_type=media_type,
            file_name=f"Oliebollen 9x16.{kind}",
            facts={"width": 1080, "height": 1920} if kind == "film" else {},
            at=at,
        )
    sidecars: JsonObject = {kind: asset.id for kind, asset in kept.items() if kind != "film"}
    return finish_export(session, export.id, asset=kept["film"], sidecars=sidecars, duration_ms=30_000, at=at)


def signed_in(studio: ApiStudio, browser: httpx.Client, email: str = ANNA) -> httpx.Client:
    """The browser, with a contact's session in it and nobody else's."""
    browser.cookies.clear()
    browser.cookies.set("bom-portal", a_portal_token(studio, email), domain="127.0.0.1")
    return browser


def decision_on(sent: Sent, shown: dict, verdict: str = "approved", **more: str) -> dict:  # type: ignore[type-arg]
    """The body of a decision on what was shown."""
    agreed = shown["agreements"]["approve" if verdict == "approved" else "request_changes"]
    files = [{"format": name, "sha256": sha256} for name, sha256 in sent.sha256s.items()]
    return {"verdict": verdict, "agreed_text": agreed, "files": files, **more}


def mails_to(studio: ApiStudio, email: str) -> list[Mail]:
    """Mails that wait for somebody or went, the oldest first."""
    with studio.database.reading() as session:
        return list(session.scalars(select(Mail).where(Mail.to_email == email).order_by(Mail.created_at, Mail.id)))


def read_mail(raw: bytes) -> EmailMessage:
    """A mail as a program reads it."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def link_in(text: str) -> tuple[str, str]:
    """The token and the code of a sign-in mail."""
    token = re.search(r"/login/link#([A-Za-z0-9_-]{43})", text)
    code = re.search(r"\b(\d{3} \d{3})\b", text)
    assert token
    assert code
    return token[1], code[1]


def post_goes(studio: ApiStudio) -> None:
    """Every mail that waits goes into the outbox, as the worker would do it."""
    shop = Workshop(
        database=studio.database,
        storage=studio.studio.storage,
        vendors={},
        work_dir=studio.folder / "work",
        render_cache_dir=studio.folder / "cache",
        render_cache_limit_bytes=10**9,
        now=studio.clock,
        post=replace(post_of(studio.studio.settings), sender=Outbox(studio.studio.settings.outbox_dir, studio.clock)),
    )
    with studio.database.reading() as session:
        waiting = session.scalars(select(Mail.id).where(Mail.status == MailStatus.WAITING).order_by(Mail.id)).all()
    for mail_id in waiting:
        send_mail(Run(f"mail:{mail_id}", 1, shop, threading.Event(), lambda: True), mail_id)


def last_mail_to(studio: ApiStudio, email: str) -> EmailMessage:
    """The last mail that somebody got."""
    post_goes(studio)
    mail = mails_to(studio, email)[-1]
    return read_mail(outbox_file(studio.studio.settings.outbox_dir, mail.id).read_bytes())


def text_of(message: EmailMessage) -> str:
    """What it says as text."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
