"""Drawings: an SVG is pixels from here on, or it is refused."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from engine.render.media.colours import colours_of
from engine.render.media.drawings import LONGER_SIDE, drawn, is_drawing
from engine.render.media.sandbox import MediaRefused

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = 'viewBox="0 0 20 10"') -> str:
    return f"<svg {NAMESPACES} {attributes}>{inside}</svg>"


def sent(folder: Path, content: str | bytes) -> Path:
    path = folder / "logo.svg"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


GREEN_LEFT = '<rect width="10" height="10" fill="#0A7D4F"/>'


@pytest.mark.parametrize(
    "content",
    [
        svg(GREEN_LEFT),
        svg('<rect width="10" height="10" style="fill:#0A7D4F"/>'),
        svg('<style>/* wit */ .a, .b { fill: #0A7D4F; }</style><rect class="b" width="10" height="10"/>'),
        svg("<style>rect{fill:#0A7D4F}</style><g><rect width='10' height='10'/></g>"),
        svg(GREEN_LEFT, 'width="20mm" height="10mm"'),
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
        + svg(GREEN_LEFT),
        svg('<defs><path id="p" d="M0 0h10v10H0z"/></defs><use xlink:href="#p" fill="#0A7D4F"/>'),
        '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><s:path d="M0 0h1v1H0" fill="#0A7D4F"/></s:svg>',
    ],
)
def test_a_logo_is_drawn_large_and_see_through(tmp_path: Path, content: str) -> None:
    path = sent(tmp_path, content)
    assert is_drawing(path)

    picture = Image.open(BytesIO(drawn(path)))

    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGBA", (LONGER_SIDE, LONGER_SIDE // 2))
    assert picture.getpixel((500, 500)) == (0x0A, 0x7D, 0x4F, 255)
    assert picture.getpixel((1500, 500))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg(GREEN_LEFT, 'viewBox="0 0 20 10" onload="alert(1)"'), "script in it"),
        (svg("<foreignObject><p>x</p></foreignObject>"), "<foreignobject>"),
        (svg('<use href="http://127.0.0.1/x.svg#a"/>'), "points to something outside"),
        (svg('<use xlink:href="file:///etc/passwd#a"/>'), "points to something outside"),
        (svg('<rect style="fill:url( http://127.0.0.1/x )"/>'), "points to something outside"),
        (svg("<rect fill=\"url('//127.0.0.1/x')\"/>"), "points to something outside"),
        (svg("<style>@import 'http://127.0.0.1/x.css';</style>" + GREEN_LEFT), "points to something outside"),
        ('<?xml-stylesheet href="http://127.0.0.1/x.css"?>' + svg(GREEN_LEFT), "points to something outside"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "has a picture in it"),
        (svg("<text>Anna</text>"), "has text in it"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{svg("<desc>&a;</desc>")}', "declares entities"),
        (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{svg("<desc>&a;</desc>")}', "declares entities"),
        (svg("<style>g > rect{fill:red}</style>" + GREEN_LEFT), "style sheet"),
        (svg(""), "shows nothing"),
        (svg(GREEN_LEFT, ""), "how large it is"),
        (svg(GREEN_LEFT, 'viewBox="0 0 1 100000"'), "how large it is"),
        (svg(GREEN_LEFT)[:-9], "damaged"),
        (b"\xff\xfe<\x00s\x00v\x00g\x00", "damaged"),
    ],
)
def test_what_is_more_than_a_drawing_is_refused(tmp_path: Path, content: str | bytes, why: str) -> None:
    with pytest.raises(MediaRefused, match=why) as refused:
        drawn(sent(tmp_path, content))

    assert str(refused.value).startswith("'logo.svg' ")


def test_the_colours_of_a_logo_are_read_without_its_clear_parts(tmp_path: Path) -> None:
    path = sent(tmp_path, svg(GREEN_LEFT + '<rect x="15" width="3" height="10" fill="#C2410C"/>'))
    picture = tmp_path / "logo.png"
    picture.write_bytes(drawn(path))

    assert colours_of(picture) == ["#0A7D4F", "#C2410C"]
