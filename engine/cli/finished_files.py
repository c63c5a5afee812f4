"""Finished files: what stands beside a film, and what is told of it.

Called by engine.cli.make, .render and .demo.
"""

from collections.abc import Sequence
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


def export_result(exports: Sequence[Exported], seconds: float) -> dict[str, object]:
    """What is printed as JSON; audio and video seconds are work done side by side, so they do not add up to total."""
    return {
        "files": [
            {
                "path": str(made.path),
                "format": made.format,
                "width": made.width,
                "height": made.height,
                "frames": made.frames,
                "duration_s": round(made.duration_s, 3),
                "sha256": made.sha256,
                "size": made.size,
                "loudness_lufs": _rounded(made.loudness_lufs),
                "true_peak_dbtp": _rounded(made.true_peak_dbtp),
            }
            for made in exports
        ],
        "segments": {
            "rendered": sum(made.segments_rendered for made in exports),
            "reused": sum(made.segments_reused for made in exports),
        },
        "seconds": {
            "total": round(seconds, 3),
            "audio": round(sum(made.sound_s for made in exports), 3),
            "video": round(sum(made.picture_s for made in exports), 3),
        },
    }


def _rounded(level: float | None) -> float | None:
    return None if level is None else round(level, 2)
