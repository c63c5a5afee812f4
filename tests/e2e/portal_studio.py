"""A studio with its portal: `bom serve --portal` as a program of its own, and a client whose films were sent to them.

Used by the browser tests of the portal. Each picture of a film says its frame number, so that a test can see which one
is on screen. Mails lie in the outbox, as they do where no mail account is set.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image
from sqlalchemy import select

from api.services.portal_previews import link_token
from api.studio import utc_now
from engine.cli.portal import BUILT
from engine.core import clients, contacts, exports, projects, sessions, staff, videos
from engine.core.actors import SYSTEM, Actor
from engine.core.assets import keep_asset
from engine.core.brand_kits import change_brand_kit, get_brand_kit
from engine.core.database import Database
from engine.core.models import (
    Asset,
    AssetType,
    AuditEntry,
    Contact,
    Decision,
    JsonObject,
    ProjectStatus,
    Role,
    Timeline,
    Version,
)
from engine.core.projects import move_project
from engine.core.reviews import decisions, notes, versions
from engine.core.storage import Storage
from engine.settings import Settings, signing_secret
from tests.api.studio import OWNER, password_hash
from tests.cli.studio import wait_for
from tests.material import make_clip, number_card

ANNA, BAS = "anna@bakkerij.example", "bas@bakkerij.example"
FRAMES, FPS = 120, 30
STRIP_FRAMES = 12
SIZES = {"9:16": (180, 320), "16:9": (320, 180)}
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nElke dag vers brood.\n"


@dataclass
class PortalStudio:
    """One studio, one client with Anna and Bas, and videos that tests send."""

    folder: Path
    url: str = ""
    """The portal's."""
    api_url: str = ""
    films: dict[tuple[str, Fraction], dict[str, Asset]] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=SIZES.copy)
    poster: Image.Image | None = None
    """One for all films; else a frame of each."""

    def __post_init__(self) -> None:
        self.database = Database.at(f"sqlite:///{self.folder / 'bom.db'}")
        self.storage = Storage(f"file://{self.folder / 'media'}", self.folder / "media-cache")
        self._program: subprocess.Popen[bytes] | None = None
        at = utc_now()
        with self.database.writing() as session:
            jeroen = staff.add_staff(
                session, email=OWNER, role=Role.OWNER, password_hash=password_hash(), name="Jeroen", at=at
            )
            client = clients.create_client(session, name="Bakkerij Anna", at=at)
            kit = get_brand_kit(session, client.id)
            change_brand_kit(session, client.id, kit.revision, colours={"accent": "#9A3412"}, at=at)
            for name, email in (("Anna", ANNA), ("Bas", BAS)):
                contacts.add_contact(session, client.id, name=name, email=email, at=at)
            project = projects.create_project(
                session, client_id=client.id, name="Winter 2026", included_revision_rounds=2, at=at
            )
            move_project(session, project.id, ProjectStatus.IN_PROGRESS, by=SYSTEM, at=at)
            self.jeroen, self.client_id, self.project_id = Actor("staff", jeroen.id), client.id, project.id

    def start(self) -> None:
        """Serve the studio and its portal, each at a port of its own."""
        self.url = f"http://localhost:{_free_port()}"
        api_port = _free_port()
        self.api_url = f"http://127.0.0.1:{api_port}"
        environment = {**os.environ, "BOM_PORTAL_URL": self.url, "BOM_PUBLIC_URL": self.api_url}
        command = [sys.executable, "-m", "engine.cli", "serve", "--portal", "--data", str(self.folder)]
        self.said = self.folder / "said.txt"
        with self.said.open("w") as said:
            self._program = subprocess.Popen([*command, "--port", str(api_port)], stderr=said, env=environment)
        wait_for(lambda: _answers(api_port) and _answers(int(self.url.rsplit(":", 1)[1])), "the portal to start")

    def stop(self) -> None:
        """As Ctrl-C does."""
        assert self._program is not None
        self._program.send_signal(signal.SIGINT)
        self._program.wait(60)
        self.database.close()

    def send(self, title: str, formats: tuple[str, ...] = ("9:16",), fps: Fraction = Fraction(FPS)) -> Version:
        """A new video, and its first version with the client."""
        with self.database.writing() as session:
            video = videos.create_video(session, project_id=self.project_id, title=title, script="", at=utc_now())
        return self.send_again(video.id, formats, fps)

    def send_again(self, video_id: str, formats: tuple[str, ...] = ("9:16",), fps: Fraction = Fraction(FPS)) -> Version:
        """Another version of a video."""
        at = utc_now()
        for name in formats:
            self._film(name, fps)
        with self.database.writing() as session:
            video = videos.get_video(session, video_id)
            made = []
            for name in formats:
                kept = self.films[name, fps]
                timeline = Timeline(
                    video_id=video.id, document={"scenes": []}, revision=1, created_at=at, updated_at=at
                )
                asked = exports.ask_export(session, video, timeline, format=name, quality="standard", by=SYSTEM, at=at)
                beside: JsonObject = {kind: asset.id for kind, asset in kept.items() if kind != "film"}
                duration_ms = round(1000 * FRAMES / fps)
                made.append(
                    exports.finish_export(
                        session, asked.id, asset=kept["film"], sidecars=beside, duration_ms=duration_ms, at=at
                    ).id
                )
            return versions.send_version(session, video, made, message="Kijk je mee?", by=self.jeroen, at=at)

    def preview_link(self, version: Version) -> str:
        """What the engine app opens for who wants to see the portal as the client has it."""
        secret = signing_secret(Settings(data_dir=self.folder))
        token = link_token(secret, self.jeroen.id, version.client_id, at=utc_now())
        return f"{self.url}/login/preview#{token}&next=/videos/{version.video_id}/{version.number}"

    def note_by_jeroen(self, version: Version, text: str, start_ms: int) -> None:
        """What the studio says of a moment."""
        with self.database.writing() as session:
            version = versions.get_version(session, version.id)
            notes.add_note(session, version, text, by=self.jeroen, at=utc_now(), start_ms=start_ms)

    def notes_on(self, version: Version) -> list[tuple[str, int | None, int | None, JsonObject | None]]:
        """Words, begin, end and drawing of what was noted, as kept."""
        with self.database.reading() as session:
            kept = notes.notes_of(session, version.id)
            return [(note.text, note.start_ms, note.end_ms, note.drawing) for note in kept]

    def session_token(self) -> str:
        """Of a new session of Anna, without a mail."""
        with self.database.writing() as session:
            anna = session.scalars(select(Contact).where(Contact.email == ANNA)).one()
            lasts = timedelta(days=1)
            token, _ = sessions.begin_session(
                session, anna, lasts=lasts, address="127.0.0.1", user_agent="pytest", at=utc_now()
            )
        return token

    def decision_on(self, version: Version) -> Decision | None:
        """What counts now."""
        with self.database.reading() as session:
            return decisions.standing_decision(session, version.id)

    def addresses_refused(self) -> set[str]:
        """From where somebody tried to sign in and was refused, as the record has it."""
        with self.database.reading() as session:
            told = select(AuditEntry.address).where(AuditEntry.action == "portal_sign_in_refused")
            return set(session.scalars(told))

    def last_mail(self, to: str = ANNA) -> str:
        """The text of the last mail to somebody; waits for it."""
        found: list[str] = []

        def look() -> bool:
            files = sorted((self.folder / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
            mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
            found[:] = [_text_of(mail) for mail in mails if to in str(mail["To"])]
            return bool(found)

        wait_for(look, "a mail")
        return found[-1]

    def _film(self, name: str, fps: Fraction) -> None:
        """Make a film and what stands beside it, once for all tests."""
        if (name, fps) in self.films:
            return
        width, height = self.sizes[name]
        slug = f"{name.replace(':', 'x')}-{fps.numerator}-{fps.denominator}"
        cards = [number_card(number, width, height) for number in range(FRAMES)]
        film = make_clip(self.folder / f"{slug}.mp4", cards, fps=fps, tone_hz=440)
        strip = np.concatenate([cards[index * FRAMES // STRIP_FRAMES] for index in range(STRIP_FRAMES)], axis=1)
        Image.fromarray(strip).save(self.folder / f"{slug}-strip.jpg")
        poster = self.poster or Image.fromarray(cards[FRAMES // 2])
        poster.save(self.folder / f"{slug}-poster.jpg")
        (self.folder / f"{slug}.vtt").write_text(VTT)
        files = {
            "film": (film, AssetType.CLIP, "video/mp4"),
            "vtt": (self.folder / f"{slug}.vtt", AssetType.DOCUMENT, "text/vtt"),
            "thumbnail": (self.folder / f"{slug}-poster.jpg", AssetType.IMAGE, "image/jpeg"),
            "filmstrip": (self.folder / f"{slug}-strip.jpg", AssetType.IMAGE, "image/jpeg"),
        }
        facts: JsonObject = {"width": width, "height": height, "fps": float(fps)}
        with self.database.writing() as session:
            self.films[name, fps] = {
                kind: keep_asset(
                    session,
                    sha256=(stored := self.storage.put(path)).sha256,
                    size_bytes=stored.size_bytes,
                    type=type_,
                    media_type=media_type,
                    file_name=path.name,
                    facts=facts if kind == "film" else {},
                    at=utc_now(),
                )
                for kind, (path, type_, media_type) in files.items()
            }


def is_portal_built() -> bool:
    """Whether `make setup` has built it here."""
    return BUILT.is_file()


def code_in(mail: str) -> str:
    """The six digits of a sign-in mail."""
    found = re.search(r"\b(\d{3}) ?(\d{3})\b", mail.rpartition("#")[2].partition("\n")[2])
    assert found, mail
    return found[1] + found[2]


def link_in(mail: str) -> str:
    """Where a sign-in mail leads."""
    found = re.search(r"http\S+/login/link#\S+", mail)
    assert found, mail
    return found[0]


def _text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
