"""A watermark can be read on any picture, hides none, and leaves no part of it free."""

import numpy as np
import pytest

from engine.render.formats import DRAFT, FORMAT_NAMES, FormatName
from engine.render.picture.frames import Frame
from engine.render.picture.overlays import lay_over
from engine.render.picture.spans import Span
from engine.render.picture.watermark import WatermarkLayer

TEXT = "Bakkerij Anna · ter beoordeling · 23 november 2026"
BLACK, GREY, WHITE = 16, 126, 235


def marked(format_name: FormatName, luma: int) -> np.ndarray:
    """How much each pixel of an even picture changes."""
    canvas = DRAFT[format_name]
    frame = Frame(canvas.width, canvas.height)
    frame.fill((luma, 128, 128))
    overlay = WatermarkLayer(TEXT, canvas).at(0)
    assert overlay is not None
    lay_over(frame, overlay)
    changed: np.ndarray = np.abs(frame.y.astype(int) - luma)
    return changed


@pytest.mark.parametrize("luma", [BLACK, GREY, WHITE])
@pytest.mark.parametrize("format_name", FORMAT_NAMES)
def test_it_is_seen_everywhere_and_quietly(format_name: FormatName, luma: int) -> None:
    changed = marked(format_name, luma)

    assert 10 <= changed.max() <= 60
    assert (changed > 4).mean() < 0.2
    for row in np.array_split(changed, 4):
        for cell in np.array_split(row, 3, axis=1):
            assert (cell > 4).any()


def test_another_text_is_another_picture_in_the_cache() -> None:
    canvas, span = DRAFT["9:16"], Span(0, 30)

    one, other = (WatermarkLayer(text, canvas).description(span) for text in (TEXT, TEXT.replace("23", "24")))

    assert one != other
