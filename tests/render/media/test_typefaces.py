"""Typefaces: what strangers send as fonts is refused or written anew, never opened by the renderer."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from engine.render.media.sandbox import MediaRefused
from engine.render.media.typefaces import is_typeface, rewritten_typeface
from engine.render.picture.text import FONTS

ANTON = FONTS / "Anton-Regular.ttf"


def sent(folder: Path, content: bytes, name: str = "Huisstijl.ttf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_woff2_becomes_a_font_of_the_same_letters(tmp_path: Path) -> None:
    font = TTFont(ANTON)
    font.flavor = "woff2"
    font.save(tmp_path / "anton.woff2")

    written, facts = rewritten_typeface(tmp_path / "anton.woff2")

    assert (facts.family, facts.style, facts.weight, facts.may_be_embedded) == ("Anton", "Regular", 400, True)
    again = TTFont(sent(tmp_path, written))
    assert again.flavor is None
    assert again.getBestCmap() == TTFont(ANTON).getBestCmap()


def test_what_runs_in_a_font_is_left_out(tmp_path: Path) -> None:
    assert {"fpgm", "prep"} <= set(TTFont(ANTON).keys())

    written, _ = rewritten_typeface(ANTON)

    assert not {"fpgm", "prep", "cvt ", "DSIG"} & set(TTFont(sent(tmp_path, written)).keys())


def test_a_font_that_may_not_be_embedded_says_so(tmp_path: Path) -> None:
    font = TTFont(ANTON)
    font["OS/2"].fsType = 0x0002
    font.save(tmp_path / "streng.ttf")

    assert rewritten_typeface(tmp_path / "streng.ttf")[1].may_be_embedded is False


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dit is geen lettertype.",
        b"\x00\x01\x00\x00" + b"\xff" * 500,
        b"wOF2" + b"\x00" * 500,
        b"OTTO",
        ANTON.read_bytes()[:20_000],
        ANTON.read_bytes()[:5_000] + b"\x00" * 100_000,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"%PDF-1.7",
    ],
)
def test_a_font_that_is_not_a_font_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(MediaRefused, match=r"'Huisstijl\.ttf' .*\."):
        rewritten_typeface(sent(tmp_path, content))


def test_a_font_of_signs_only_and_one_of_several_are_refused(tmp_path: Path) -> None:
    font = TTFont(ANTON)
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if not chr(code).isalpha()}
    font.save(tmp_path / "pictogrammen.ttf")

    with pytest.raises(MediaRefused, match="has no letters"):
        rewritten_typeface(tmp_path / "pictogrammen.ttf")
    with pytest.raises(MediaRefused, match="holds several typefaces"):
        rewritten_typeface(sent(tmp_path, b"ttcf" + b"\x00" * 100))


def test_a_font_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    assert is_typeface(ANTON)
    assert not is_typeface(sent(tmp_path, b"tekst"))
