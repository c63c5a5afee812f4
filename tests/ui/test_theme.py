"""The tokens: readable by everyone, and bypassed by no page."""

import ast
import re
from pathlib import Path

import pytest

from engine.ui import theme
from engine.ui.theme import MODES, TEXT_ON_GROUND, TOKENS, Mode, flet_theme

UI = Path(theme.__file__).parent
SCREENS = sorted([*(UI / "pages").rglob("*.py"), *(UI / "components").rglob("*.py")])
MEASURES = {
    "size", "width", "height", "padding", "margin", "spacing", "run_spacing", "border_radius", "radius", "elevation",
    "top", "left", "right", "bottom", "vertical", "horizontal", "thickness", "bar_height",
}  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_every_text_can_be_read_on_every_ground_that_it_stands_on(mode: Mode, text: str, ground: str) -> None:
    palette = TOKENS.colours[mode].model_dump()

    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_flet_draws_in_no_colour_that_is_not_a_token(mode: Mode) -> None:
    scheme = flet_theme(mode).color_scheme
    assert scheme is not None
    drawn = {value for value in vars(scheme).values() if isinstance(value, str)}

    assert drawn <= set(TOKENS.colours[mode].model_dump().values())


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: str(file.relative_to(UI)))
def test_no_screen_writes_down_a_size_or_a_colour(file: Path) -> None:
    source = file.read_text("utf-8")
    written = [
        f"{file.name}:{node.value.lineno}: {node.arg}={node.value.value!r}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword) and node.arg in MEASURES
        if isinstance(node.value, ast.Constant) and node.value.value not in {0, None}
    ]

    assert written == []
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", source) == []
    assert re.findall(r"ft\.Colors\.[A-Z_]+", source) == []


def test_the_typefaces_that_the_theme_names_are_there() -> None:
    from engine.front_door import FONTS_DIR

    for address in theme.FONTS.values():
        assert (FONTS_DIR / address.removeprefix("/fonts/")).is_file()
