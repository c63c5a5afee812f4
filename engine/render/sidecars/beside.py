"""Sidecars: what stands beside a film.

Called by engine.cli.make and automations.render_child.
"""

from pathlib import Path

from engine.render.export import Exported
from engine.render.sidecars.otio import otio_of
from engine.render.sidecars.previews import write_previews
from engine.render.sidecars.subtitles import srt_of, vtt_of
from engine.render.sound.waveform import draw_waveform
from engine.render.timeline import Timeline
from engine.render.whole_files import written_whole


def write_sidecars(timeline: Timeline, film: Exported, folder: Path, slug: str) -> None:
    """Write SLUG.srt, .vtt, .otio, .thumbnail.jpg, .filmstrip.jpg and .waveform.png. Raises OSError."""
    texts = {"srt": srt_of(timeline), "vtt": vtt_of(timeline), "otio": otio_of(timeline)}
    for kind, text in texts.items():
        with written_whole(folder / f"{slug}.{kind}") as unfinished:
            unfinished.write_text(text, "utf-8", newline="")
    with (
        written_whole(folder / f"{slug}.thumbnail.jpg") as thumbnail,
        written_whole(folder / f"{slug}.filmstrip.jpg") as filmstrip,
    ):
        write_previews(film.path, film.frames, thumbnail, filmstrip)
    draw_waveform(film.path, folder / f"{slug}.waveform.png")
