"""Sidecars: what stands beside a film.

Called by engine.cli.make.
"""

from pathlib import Path

from engine.render.export import Exported
from engine.render.sidecars.otio import otio_of
from engine.render.sidecars.previews import write_previews
from engine.render.sidecars.subtitles import srt_of, vtt_of
from engine.render.sound.waveform import draw_waveform
from engine.render.timeline import Timeline


def write_sidecars(timeline: Timeline, film: Exported, folder: Path, slug: str) -> None:
    """Write SLUG.srt, .vtt, .otio, .thumbnail.jpg, .filmstrip.jpg and .waveform.png. Raises OSError."""
    (folder / f"{slug}.srt").write_text(srt_of(timeline), "utf-8", newline="")
    (folder / f"{slug}.vtt").write_text(vtt_of(timeline), "utf-8")
    (folder / f"{slug}.otio").write_text(otio_of(timeline), "utf-8")
    write_previews(film.path, film.frames, folder / f"{slug}.thumbnail.jpg", folder / f"{slug}.filmstrip.jpg")
    draw_waveform(film.path, folder / f"{slug}.waveform.png")
