"""Captions: the right word at the right frame, inside the zone that apps leave free."""

from itertools import pairwise

import numpy as np
import pytest

from engine.render.formats import FULL, SAFE_INSETS, FormatName
from engine.render.picture.caption_pages import caption_pages
from engine.render.picture.captions import CaptionLayer
from engine.render.picture.spans import Span
from engine.render.timeline import FPS, CaptionStyle, CardSource, Scene, Timeline, Word

STYLES = ["plain", "box", "highlight", "large"]


def words(text: str, every_ms: int = 400) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start_ms=500 + number * every_ms, end_ms=500 + (number + 1) * every_ms - 50)
        for number, word in enumerate(text.split())
    )


def film(text: str, style: str = "highlight", **more: object) -> Timeline:
    spoken = words(text)
    frames = (spoken[-1].end_ms + 2000) * FPS // 1000
    scene = Scene(id="een", source=CardSource(), duration_frames=frames)
    caption_style = CaptionStyle.model_validate({"name": style, **more})
    return Timeline(title="t", scenes=(scene,), words=spoken, captions=caption_style)


def pages_of(text: str, most: int = 4) -> list[str]:
    spoken = words(text)
    pages = caption_pages(spoken, [], lambda first, last: last - first <= most)
    return [" ".join(word.text for word in spoken[page.first : page.last]) for page in pages]


def test_a_page_ends_with_its_sentence() -> None:
    assert pages_of("Dat is het. Nu jij!") == ["Dat is het.", "Nu jij!"]


def test_no_word_is_left_alone_when_a_sentence_needs_two_pages() -> None:
    assert [len(page.split()) for page in pages_of("een twee drie vier vijf zes")] == [3, 3]


def test_a_currency_sign_stays_with_its_amount() -> None:
    assert not any(page.endswith("€") for page in pages_of("dit kost je nu € 12,50 per maand", most=5))


def test_an_emoji_stays_with_the_sentence_before_it() -> None:
    assert pages_of("Gefeliciteerd! 🎉 Tot morgen.") == ["Gefeliciteerd! 🎉", "Tot morgen."]


def test_a_scene_border_parts_pages() -> None:
    spoken = words("een twee drie vier")
    pages = caption_pages(spoken, [spoken[2].start_ms - 10], lambda *_: True)

    assert [(page.first, page.last) for page in pages] == [(0, 2), (2, 4)]


def test_pages_never_overlap_and_hold_every_word_once() -> None:
    spoken = words("Een heel lang verhaal over brood, koffie en licht. Met rust. En nog veel meer woorden dan dat!")
    pages = caption_pages(spoken, [2000, 4100], lambda first, last: last - first <= 3)

    assert [n for page in pages for n in range(page.first, page.last)] == list(range(len(spoken)))
    assert all(page.end_ms <= following.start_ms for page, following in pairwise(pages))


def test_a_word_is_marked_from_the_frame_at_which_it_is_heard() -> None:
    layer = CaptionLayer(film("licht en rust"), FULL["9:16"])
    second_word = round(900 * FPS / 1000)

    assert layer.description(Span(second_word - 1, second_word)) != layer.description(
        Span(second_word, second_word + 1)
    )
    assert layer.description(Span(second_word, second_word + 1)) == layer.description(
        Span(second_word + 5, second_word + 6)
    )


def test_nothing_stands_before_the_first_word_or_long_after_the_last() -> None:
    layer = CaptionLayer(film("licht"), FULL["1:1"])

    assert layer.at(0) is None
    assert layer.at(80) is None
    assert layer.description(Span(0, 10)) is None


@pytest.mark.parametrize("format_name", ["9:16", "1:1", "16:9"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("position", ["bottom", "top"])
@pytest.mark.parametrize(
    "text",
    [
        "Dit is een tamelijk lange zin vol woorden",
        "Arbeidsongeschiktheidsverzekeringsmaatschappij",
        "مرحبا بالعالم هذا اختبار",
        "O'Brien & Zn. 🎉👩🏽‍💻 日本",
    ],
)
def test_captions_keep_to_the_zone_that_apps_leave_free(
    format_name: FormatName, style: str, position: str, text: str
) -> None:
    canvas, insets = FULL[format_name], SAFE_INSETS[format_name]
    timeline = film(text, style, position=position)
    layer = CaptionLayer(timeline, canvas)

    for word in timeline.words:
        overlay = layer.at(word.start_ms * FPS // 1000 + 3)
        assert overlay is not None
        rows, columns = np.nonzero(overlay.y_through < 250)
        # Outlines and the plate's rim may touch the zone's edge by a hair.
        hair = canvas.shorter_side * 0.015
        assert overlay.left + columns.min() >= canvas.width * insets.left - hair
        assert overlay.left + columns.max() <= canvas.width * (1 - insets.right) + hair
        assert overlay.top + rows.min() >= canvas.height * insets.top - hair
        assert overlay.top + rows.max() <= canvas.height * (1 - insets.bottom) + hair


def test_only_the_spoken_word_stands_on_the_accent() -> None:
    layer = CaptionLayer(film("licht rust", "highlight", highlight="#00FF00"), FULL["9:16"])

    first, second = layer.at(16), layer.at(30)

    assert first is not None
    assert second is not None
    green_first, green_second = (np.nonzero((o.u < 90) & (o.v < 90))[1].mean() for o in (first, second))
    assert green_first < green_second


def test_arabic_runs_from_right_to_left() -> None:
    layer = CaptionLayer(film("مرحبا بالعالم", "highlight", highlight="#00FF00"), FULL["9:16"])

    first, second = layer.at(16), layer.at(30)

    assert first is not None
    assert second is not None
    green_first, green_second = (np.nonzero((o.u < 90) & (o.v < 90))[1].mean() for o in (first, second))
    assert green_first > green_second


def test_an_emoji_is_in_colour() -> None:
    overlay = CaptionLayer(film("🎉", "plain"), FULL["9:16"]).at(17)

    assert overlay is not None
    assert (np.abs(overlay.v.astype(int) - 128) > 40).sum() > 50
