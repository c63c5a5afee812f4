"""Sources: the pictures and clips that were named on the command line, for scenes in the order given.

Called by engine.cli.make. Raises BadInput and MediaRefused with sentences; changes nothing.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from automations.storyboard import SourceFile
from engine.cli.given_files import check_name
from engine.cli.outcome import BadInput
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of
from engine.render.media.probe import MediaFacts
from engine.render.timeline import FPS


def gather_sources(
    images: Iterable[Path], folder: Path | None, clips: Iterable[Path], cache: RenderCache
) -> tuple[list[SourceFile], list[str]]:
    """Pictures and clips in the order given, and warnings for files of the folder that were passed over."""
    named = [*images, *clips]
    facts = facts_of(named, cache)
    found = [_source(path, facts[path]) for path in named]
    if folder is None:
        return found, []
    if not folder.is_dir():
        raise BadInput(f"'{folder}' is not a folder. Give --images a folder of pictures.")
    warnings: list[str] = []
    for path in sorted((p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")), key=_natural):
        try:
            found.append(_source(path, facts_of([path], cache)[path]))
        except ValueError as refusal:
            warnings.append(f"Left out: {refusal}")
        except PermissionError:
            warnings.append(f"Left out: '{path.name}' may not be read by you.")
    if not found:
        raise BadInput(f"No picture or clip in '{folder}' can be used. {' '.join(warnings)}".strip())
    return found, warnings


def _source(path: Path, facts: MediaFacts) -> SourceFile:
    check_name(path)
    if facts.kind == "audio":
        raise BadInput(f"'{path.name}' is a sound without pictures. Give it as --voice or --music.")
    frames = int((facts.duration_s or 0) * FPS) if facts.kind == "clip" else 0
    return SourceFile(
        path.resolve(), facts.kind, frames, is_heard=facts.kind == "clip" and facts.audio_codec is not None
    )


def _natural(path: Path) -> list[tuple[int, str]]:
    """Sorts 2.jpg before 10.jpg."""
    return [(int(part), "") if part.isdigit() else (-1, part.lower()) for part in re.split(r"(\d+)", path.name)]
