"""Given files: what was named on the command line, read and looked at before anything is made.

Called by engine.cli.make, .render and .sync. Raises BadInput and MediaRefused with sentences; changes nothing.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from engine.cli.outcome import BadInput
from engine.cli.storyboard import SourceFile
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of
from engine.render.media.probe import MediaFacts
from engine.render.timeline import FPS, Brand, Logo

MOST_SCRIPT_BYTES = 2_000_000
"""Some thirty hours of speech: a larger file is not a script."""


def read_script(path: Path) -> str:
    """The script's text: UTF-8, or UTF-16 where a byte order mark says so, or Windows' code page."""
    data = path.read_bytes()
    if len(data) > MOST_SCRIPT_BYTES:
        raise BadInput(f"'{path.name}' has {len(data):,} bytes, which is no script. Give a text file.")
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
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise BadInput(f"'{path.name}' is not JSON. Write it like {Brand().model_dump_json()}.") from None
        except ValidationError as error:
            detail = error.errors()[0]
            field = ".".join(map(str, detail["loc"]))
            raise BadInput(f"'{path.name}': {field}: {detail['msg'].removeprefix('Value error, ')}.") from None
        if brand.logo is not None and not brand.logo.path.is_absolute():
            brand = brand.model_copy(
                update={"logo": brand.logo.model_copy(update={"path": path.parent / brand.logo.path})}
            )
    if logo is not None:
        brand = brand.model_copy(update={"logo": Logo(path=logo)})
    return brand


def gather_sources(
    images: Iterable[Path], folder: Path | None, clips: Iterable[Path], cache: RenderCache
) -> tuple[list[SourceFile], list[str]]:
    """Pictures and clips in the order given, and warnings for files of the folder that were passed over."""
    named = [*images, *clips]
    found: list[SourceFile] = [_source(path, facts) for path, facts in facts_of(named, cache).items()]
    if folder is None:
        return _as_often_as_named(named, found), []
    if not folder.is_dir():
        raise BadInput(f"'{folder}' is not a folder. Give --images a folder of pictures.")
    warnings: list[str] = []
    for path in sorted((p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")), key=_natural):
        try:
            found.append(_source(path, facts_of([path], cache)[path]))
        except ValueError as refusal:
            warnings.append(f"Left out: {refusal}")
    if not found:
        raise BadInput(f"No picture or clip in '{folder}' can be used. {' '.join(warnings)}".strip())
    return found, warnings


def slug_of_name(name: str) -> str:
    """A file name for everywhere: letters and digits of ASCII with hyphens; "film" where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "film"


def _as_often_as_named(named: list[Path], found: list[SourceFile]) -> list[SourceFile]:
    by_path = {source.path: source for source in found}
    return [by_path[path] for path in named]


def _source(path: Path, facts: MediaFacts) -> SourceFile:
    if facts.kind == "audio":
        raise BadInput(f"'{path.name}' is a sound without pictures. Give it as --voice or --music.")
    frames = int((facts.duration_s or 0) * FPS) if facts.kind == "clip" else 0
    return SourceFile(path.resolve(), facts.kind, frames)


def _natural(path: Path) -> list[tuple[int, str]]:
    """Sorts 2.jpg before 10.jpg."""
    return [(int(part), "") if part.isdigit() else (-1, part.lower()) for part in re.split(r"(\d+)", path.name)]
