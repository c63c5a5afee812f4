"""`bom render`: a timeline file, or a part of it, becomes one film.

Called by engine.cli.app.
"""

import time
from pathlib import Path

from engine.cli.export_result import export_result
from engine.cli.given_files import check_bed, check_folder, check_sounds_and_logo, read_timeline
from engine.cli.outcome import BadInput, print_result, say
from engine.cli.progress import steps
from engine.render.export import ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of, facts_of_scenes, files_of
from engine.render.formats import FormatName, Quality
from engine.render.picture.spans import Span
from engine.render.timeline import MusicBed, MusicFile, Timeline
from engine.settings import load_settings


def render_timeline(
    path: Path,
    out: Path,
    format_name: FormatName,
    quality: Quality,
    draft: bool,
    first: int | None,
    end: int | None,
    as_json: bool,
) -> None:
    """Render frames `first` to `end` (exclusive; None is the film's own) of a timeline file."""
    began = time.perf_counter()
    if out.is_dir():
        raise BadInput(f"'{out}' is a folder. Give --out a file name like {out / 'film.mp4'}.")
    settings = load_settings()
    cache = RenderCache(settings.render_cache_dir, settings.cache_limit_bytes)
    timeline = read_timeline(path)
    order = ExportOrder(timeline, format_name, out, quality, draft, _span(timeline, first, end))
    check_folder(out.absolute().parent)
    facts_of(files_of(timeline), cache)  # all in one child; what follows finds them
    _check_sounds(timeline, cache)
    facts = facts_of_scenes(timeline, cache)
    with steps() as bars, bars.step(f"Film {format_name}") as on_progress:
        made = export(order, facts, cache, on_progress)
    seconds = time.perf_counter() - began
    say(f"{made.path}  {made.width}x{made.height}  {made.duration_s:.1f} s, in {seconds:.1f} s")
    if as_json:
        print_result(export_result([made], seconds))


def _check_sounds(timeline: Timeline, cache: RenderCache) -> None:
    logo, music = timeline.brand.logo, timeline.music
    sounds = [timeline.voice.path] if timeline.voice else []
    match music and music.source:
        case MusicFile(path=path):
            sounds.append(path)
        case MusicBed(name=name):
            check_bed(name)
    check_sounds_and_logo(sounds, logo.path if logo else None, cache)


def _span(timeline: Timeline, first: int | None, end: int | None) -> Span | None:
    if first is None and end is None:
        return None
    span = Span(first or 0, timeline.duration_frames if end is None else end)
    if not 0 <= span.start < span.end <= timeline.duration_frames:
        raise BadInput(
            f"The film has frames 0 to {timeline.duration_frames}; "
            f"--from {span.start} --to {span.end} is not a part of it."
        )
    return span
