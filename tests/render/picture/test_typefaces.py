from pathlib import Path

import numpy as np
import pytest

from engine.render.formats import DRAFT
from engine.render.media.typefaces import rewritten_typeface
from engine.render.picture.cards import card_description, draw_card
from engine.render.picture.text import FONTS, families
from engine.render.picture.typefaces import TypefaceUnusable, with_own_typefaces
from engine.render.timeline import Brand, BrandFonts, CardSource, FontFile, Scene, Timeline


def film(fonts: BrandFonts) -> Timeline:
    card = Scene(id="a", source=CardSource(heading="Elke ochtend vers"), duration_frames=30)
    return Timeline(title="Brood", scenes=(card,), brand=Brand(fonts=fonts))


def in_file(path: Path) -> BrandFonts:
    return BrandFonts(display_file=FontFile(path=path))


def drawn(timeline: Timeline) -> np.ndarray:
    return np.asarray(draw_card(timeline.scenes[0], timeline.brand, DRAFT["1:1"], 360, 360))


def test_a_card_is_lettered_in_the_brands_own_typeface(tmp_path: Path) -> None:
    path = tmp_path / "huisletter.ttf"
    path.write_bytes(rewritten_typeface(FONTS / "Anton-Regular.ttf")[0])

    own = with_own_typefaces(film(in_file(path)))

    anton, ours = drawn(film(BrandFonts(display="Anton"))), drawn(film(BrandFonts()))
    differs_from_anton, differs_from_ours = (np.abs(drawn(own).astype(int) - one).mean() for one in (anton, ours))
    assert differs_from_anton < differs_from_ours / 4
    assert "file" not in "".join(families())


def test_a_kept_card_is_named_by_the_fonts_bytes_and_not_by_their_place(tmp_path: Path) -> None:
    here, there, other = tmp_path / "a.ttf", tmp_path / "b.ttf", tmp_path / "c.ttf"
    here.write_bytes((FONTS / "Anton-Regular.ttf").read_bytes())
    there.write_bytes(here.read_bytes())
    other.write_bytes((FONTS / "PlayfairDisplay-Bold.ttf").read_bytes())

    films = [with_own_typefaces(film(in_file(path))) for path in (here, there, other)]

    names = [card_description(one.scenes[0], one.brand) for one in films]
    assert names[0] == names[1] != names[2]


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    path = tmp_path / "huisletter.ttf"
    path.write_bytes(b"tekst")

    with pytest.raises(TypefaceUnusable, match=r"'huisletter\.ttf' is not a typeface"):
        with_own_typefaces(film(in_file(path)))
