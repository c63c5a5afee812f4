"""Title cards: text is set inside the free zone, as large as fits, in the brand's colours."""

import numpy as np
import pytest

from engine.render.formats import FULL, SAFE_INSETS, FormatName
from engine.render.picture.cards import LAYOUTS, card_description, draw_card
from engine.render.timeline import Brand, CardSource, Scene

TEXTS = [
    "Licht",
    "€ 1.250,50",
    "’s Avonds is het stil in de bakkerij van O'Brien & Zn.",
    "مرحبا بالعالم",
    "🎉 Feest!",
    "woord " * 60,
]


SMALLER = 3


def scene(layout: str, text: str, subline: str | None = None) -> Scene:
    source = CardSource.model_validate({"layout": layout, "subline": subline})
    return Scene(id="kaart", source=source, duration_frames=60, text=text)


def card(layout: str, text: str, format_name: FormatName = "9:16", brand: Brand | None = None) -> np.ndarray:
    canvas = FULL[format_name]
    return draw_card(scene(layout, text), brand or Brand(), canvas, canvas.width // SMALLER, canvas.height // SMALLER)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("text", TEXTS)
def test_words_keep_to_the_zone_that_apps_leave_free(layout: str, text: str) -> None:
    for name in ("9:16", "1:1", "16:9"):
        insets, canvas = SAFE_INSETS[name], FULL[name]
        empty, written = card(layout, " ", name), card(layout, text, name)
        rows, columns = np.nonzero(np.abs(written.astype(int) - empty).max(axis=2) > 60)
        # The panel of "split" and the rules of "outline" move with the text; they are not words.
        if layout in {"statement", "number", "quote"}:
            assert rows.max() <= canvas.height * (1 - insets.bottom) / SMALLER
            assert columns.max() <= canvas.width * (1 - insets.right) / SMALLER + 2
            assert columns.min() >= canvas.width * insets.left / SMALLER - 2


def test_a_card_wears_the_brands_colours() -> None:
    pixels = card("number", "1500", brand=Brand(accent="#2457A6", on_accent="#FFEE00"))

    colours = {tuple(colour) for colour in pixels[::5, ::5].reshape(-1, 3).tolist()}
    assert (0x24, 0x57, 0xA6) in colours
    assert (0xFF, 0xEE, 0x00) in colours


def test_a_short_text_is_set_larger_than_a_long_one() -> None:
    def ink(text: str) -> int:
        pixels = card("outline", text)
        rows = np.nonzero((pixels.max(axis=2) < 60).any(axis=1))[0]
        return int(np.diff(np.flatnonzero(np.diff(rows, prepend=-9) > 1)).max(initial=0))

    assert ink("Licht en rust") > ink("Licht en rust " * 8)


def test_every_layout_and_word_makes_another_card() -> None:
    names = {card_description(scene(layout, text), Brand()) for layout in LAYOUTS for text in ("a", "b")}

    assert len(names) == 2 * len(LAYOUTS)
    assert card_description(scene("end", "a"), Brand()) != card_description(scene("end", "a"), Brand(accent="#000000"))


def test_an_empty_card_is_still_a_picture() -> None:
    assert card("statement", "").shape == (640, 360, 3)
