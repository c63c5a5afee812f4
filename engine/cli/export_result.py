"""Export results: what a program is told of finished films.

Called by engine.cli.make and .render.
"""

from collections.abc import Sequence

from engine.render.export import Exported


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
