"""Given files: what was named on the command line, read and looked at before anything is made.

Called by engine.cli.make, .render and .sync. Raises BadInput and MediaRefused with sentences; changes nothing.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from engine.cli.outcome import BadInput
from engine.cli.timeline_paths import timeline_from
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of
from engine.render.timeline import Brand, Logo, Timeline, parse_timeline

MOST_SCRIPT_BYTES = 2_000_000
"""Some thirty hours of speech: a larger file is not a script."""


def read_script(path: Path) -> str:
    """The script's text: UTF-8, or UTF-16 where a byte order mark says so, or Windows' code page."""
    with path.open("rb") as file:
        data = file.read(MOST_SCRIPT_BYTES + 1)
    if len(data) > MOST_SCRIPT_BYTES:
        raise BadInput(f"'{path.name}' has over {MOST_SCRIPT_BYTES:,} bytes, which is no script. Give a text file.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise BadInput(f"'{path.name}' is not a text file. Save the script as plain text and try again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_brand(path: Path | None, logo: Path | None) -> Brand:
    """The brand of a JSON file, with the logo that was named beside it; the studio's own without a file."""
    brand = Brand()
    if path is not None:
        try:
            raw = json.loads(path.read_text("utf-8-sig"))
            brand = Brand.model_validate(raw)
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            raise BadInput(f"'{path.name}' is not JSON. Write it like {Brand().model_dump_json()}.") from None
        except ValidationError as error:
            detail = error.errors()[0]
            field = "".join(f"{part}: " for part in detail["loc"])
            raise BadInput(f"'{path.name}': {field}{detail['msg'].removeprefix('Value error, ')}.") from None
        if brand.logo is not None:
            own = brand.logo.model_copy(update={"path": (path.parent / brand.logo.path).resolve()})
            brand = brand.model_copy(update={"logo": own})
    if logo is not None:
        brand = brand.model_copy(update={"logo": Logo(path=logo.resolve())})
    return brand


def read_timeline(path: Path) -> Timeline:
    """The timeline of a JSON file, its paths told from the file's folder. Raises TimelineInvalid."""
    try:
        timeline = parse_timeline(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError):
        raise BadInput(f"'{path.name}' is not a timeline. Give a file that `bom make` wrote.") from None
    return timeline_from(timeline, path.resolve().parent)


def check_bed(name: str) -> None:
    """Refuse the name of a bed that there is not."""
    from engine.render.sound.beds import BED_NAMES

    if name not in BED_NAMES:
        raise BadInput(f"There is no bed '{name}'. Choose one of {', '.join(BED_NAMES)}.")


def check_sounds_and_logo(sounds: Iterable[Path], logo: Path | None, cache: RenderCache) -> None:
    """Refuse what cannot be heard or shown before any work is done."""
    sounds, logos = list(sounds), [logo] if logo else []
    for path in [*sounds, *logos]:
        check_name(path)
    facts = facts_of([*sounds, *logos], cache)
    for path in sounds:
        if facts[path].audio_codec is None:
            raise BadInput(f"'{path.name}' has no sound. Give a recording.")
    for path in logos:
        if facts[path].kind != "image":
            raise BadInput(f"'{path.name}' is not a picture. Give a PNG, JPEG or WebP as the logo.")


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be made or written to, without making it."""
    nearest = folder.absolute()
    while not os.path.lexists(nearest):
        nearest = nearest.parent
    if not nearest.is_dir():
        raise BadInput(f"'{nearest}' is a file, where --out needs a folder.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise BadInput(f"'{nearest}' may not be written by you. Choose another folder with --out.")


def check_name(path: Path) -> None:
    """Refuse a path that a timeline, which is UTF-8, cannot name."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "replace")
        raise BadInput(f"The name of '{shown}' is not UTF-8. Rename it and try again.") from None


def slug_of_name(name: str) -> str:
    """A file name for everywhere: letters and digits of ASCII with hyphens.

    A name of which nothing is left becomes "film" with a mark of its own: two Arabic scripts are two films.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return slug or f"film-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"
