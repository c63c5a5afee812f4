"""Findings: what is there on this machine, what is missing, and what that turns off.

Called by api.routers.health, for Settings, and by `bom doctor`. Law: looks and changes nothing; whatever is wrong with
a thing is its finding.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.settings import Settings, signing_secret

LITTLE_ROOM_GB = 5.0
"""An hour of film in three formats takes about three, its cache as much again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    turned_off: what cannot be done without it, "" where it is there. is_needed: whether every film needs it.
    """

    thing: str
    is_fine: bool
    detail: str
    turned_off: str = ""
    is_needed: bool = True


def findings_of(settings: Settings) -> list[Finding]:
    """Look at everything now; takes about a second."""
    return [
        Finding("Python", sys.version_info >= (3, 11), sys.version.split()[0]),
        _attempt("Kernels", _kernels, "rendering: run `make setup`"),
        _attempt("Encoder", _encoder, "rendering: reinstall the av package"),
        _attempt("Typefaces", _typefaces, "captions and title cards: run `make setup`"),
        _attempt("Offline voice", _offline_voice, "the draft voice and finding words in a voice-over"),
        _attempt("HEIC pictures", _heic, "iPhone photos: reinstall the pillow-heif package"),
        _folder("Data folder", settings.data_dir),
        _folder("Cache folder", settings.render_cache_dir),
        _deliveries(settings.deliveries_folder),
        _room(settings.render_cache_dir),
        _database(settings),
        _replicate(settings),
        _mail(settings),
        _links(settings),
        _browser(),
    ]


def _attempt(thing: str, look: Callable[[], str], turned_off: str) -> Finding:
    try:
        return Finding(thing, True, look())
    except Exception as error:  # whatever is wrong with it is the finding
        return Finding(thing, False, str(error), turned_off)


def _kernels() -> str:
    from engine.render.kernels import library

    return Path(library()._name).name


def _encoder() -> str:
    import av

    for name in ("libx264", "aac"):
        av.codec.Codec(name, "w")
    return f"PyAV {av.__version__}, libx264 and aac"


def _typefaces() -> str:
    from engine.render.picture.text import families

    return ", ".join(families())


def _offline_voice() -> str:
    from engine.render.espeak import sample_rate_hz

    return f"espeak-ng, Dutch and English, {sample_rate_hz()} Hz"


def _heic() -> str:
    import pillow_heif

    return f"libheif {pillow_heif.libheif_version()}"


def _folder(thing: str, folder: Path) -> Finding:
    nearest = folder.resolve()
    while not nearest.exists():
        nearest = nearest.parent
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return Finding(thing, True, str(folder.resolve()))
    return Finding(thing, False, f"{folder.resolve()} cannot be written", "everything that keeps a file")


def _deliveries(folder: Path) -> Finding:
    """Nothing but pushing needs it."""
    found = _folder("Deliveries folder", folder)
    if found.is_fine:
        return found
    return Finding(found.thing, False, found.detail, "putting films into their client's folder", is_needed=False)


def _room(folder: Path) -> Finding:
    nearest = folder.resolve()
    while not nearest.exists():
        nearest = nearest.parent
    free_gb = shutil.disk_usage(nearest).free / 1e9
    enough = free_gb >= LITTLE_ROOM_GB
    return Finding("Free disk", enough, f"{free_gb:.0f} GB", "" if enough else "long films: make room")


def _browser() -> Finding:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    turned_off = "" if found else "browser tests"
    return Finding("Browser", found is not None, found or "no Chromium on PATH", turned_off, is_needed=False)


def _database(settings: Settings) -> Finding:
    """Its shape, and whether anybody can sign in."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    from engine.core.database import Database
    from engine.core.staff import list_staff
    from migrations import is_current

    place = make_url(settings.database)
    if place.get_backend_name() == "sqlite" and not Path(place.database or "").exists():
        return Finding(
            "Studio", False, "none yet", "sign-in: run `bom serve`, or `make up` for a demo", is_needed=False
        )
    try:
        if not is_current(settings.database):
            return Finding(
                "Studio", False, "of an older shape", "everything but films: run `bom migrate`", is_needed=False
            )
        database = Database.at(settings.database)
        with database.reading() as session:
            people = sum(person.disabled_at is None for person in list_staff(session))
        database.close()
    except (SQLAlchemyError, OSError) as problem:
        reason = str(problem).splitlines()[0]
        return Finding("Studio", False, reason, "everything but films: check BOM_DATABASE_URL", is_needed=False)
    if not people:
        return Finding("Studio", False, "nobody can sign in", "the api: run `bom user add`", is_needed=False)
    return Finding("Studio", True, f"{people} can sign in", is_needed=False)


def _replicate(settings: Settings) -> Finding:
    if settings.replicate_token is None and not _has_key(settings, "replicate"):
        missing = "no key in Settings and no BOM_REPLICATE_TOKEN"
        return Finding("Replicate", False, missing, "paid pictures; cards are drawn", is_needed=False)
    tells = "tells when a picture is done" if settings.replicate_webhook_url else "is asked for pictures every 2 s"
    return Finding("Replicate", True, f"{settings.replicate_url} {tells}", is_needed=False)


def _mail(settings: Settings) -> Finding:
    if settings.mail_resend_key is not None:
        return Finding("Mail", True, f"Resend, from {settings.mail_from}", is_needed=False)
    if settings.mail_smtp_host:
        where = f"{settings.mail_smtp_host}:{settings.mail_smtp_port}"
        return Finding("Mail", True, f"{where}, from {settings.mail_from}", is_needed=False)
    missing = "no BOM_MAIL_RESEND_KEY and no BOM_MAIL_SMTP_HOST"
    return Finding("Mail", False, missing, "mails to people; they lie in the outbox", is_needed=False)


def _links(settings: Settings) -> Finding:
    """Where mails lead, which is worth nothing at an address that only this machine knows."""
    place = settings.portal_address
    if not settings.portal_is_only_here or not settings.mails_reach_people:
        return Finding("Links in mails", True, f"lead to {place}", is_needed=False)
    detail = f"lead to {place}, which only this machine knows; set BOM_PORTAL_URL"
    return Finding("Links in mails", False, detail, "opening the portal from a mail", is_needed=False)


def _has_key(settings: Settings, provider: str) -> bool:
    """Whether one was entered on a screen that this studio can open."""
    from sqlalchemy.exc import SQLAlchemyError

    from engine.core.database import Database
    from engine.core.provider_keys import open_key

    if settings.database.startswith("sqlite") and not Path(settings.database.removeprefix("sqlite:///")).exists():
        return False
    database = Database.at(settings.database)
    try:
        with database.reading() as session:
            return open_key(session, provider, signing_secret(settings)) is not None
    except (SQLAlchemyError, OSError):
        return False
    finally:
        database.close()
