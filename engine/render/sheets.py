"""Sheets: a few paragraphs on paper, as a PDF in our own typefaces.

Called by api.services.certificates. Law: the words are text in the PDF, to be searched and copied, in any script; the
same words make the same sheet. Nothing is loaded and nothing is executed: it holds text alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import skia

from engine.render.picture.text import Ink, Lettering, measure, paint, rgba

PAGE: Final = (595.0, 842.0)
"""A4 in points of 1/72 inch."""
MARGIN: Final = 54.0
LABEL_WIDTH: Final = 76.0
"""So that a hash of 64 signs stands on one line beside it."""
_TITLE: Final = Lettering("Bricolage Grotesque", 600, 25)
_TEXT: Final = Lettering("Inter", 400, 10)
_STRONG: Final = Lettering("Inter", 600, 10)
_SMALL: Final = Lettering("Inter", 400, 8)
_INK, _MUTED = Ink(rgba("#14161A")), Ink(rgba("#5F5E5A"))
_LEADING: Final = 1.5


@dataclass(frozen=True)
class Fact:
    """A line of the sheet: what it is, and its value. An empty label makes a paragraph over the whole width."""

    label: str
    value: str


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper. Groups of facts have room between them."""

    title: str
    groups: Sequence[Sequence[Fact]]
    foot: str
    """Stands at the end of each page."""


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet on as many pages as it takes."""
    stream = skia.DynamicMemoryWStream()
    metadata = skia.PDF.Metadata()
    metadata.fTitle = sheet.title
    document = skia.PDF.MakeDocument(stream, metadata)
    for rows in _pages(sheet):
        canvas = document.beginPage(*PAGE)
        for row in rows:
            paint(canvas, row.text, row.left, row.baseline, row.lettering, row.ink)
        for index, words in enumerate(_wrapped(sheet.foot, _SMALL, PAGE[0] - 2 * MARGIN)):
            paint(canvas, words, MARGIN, PAGE[1] - MARGIN + 12 * index, _SMALL, _MUTED)
        document.endPage()
    document.close()
    return bytes(stream.detachAsData())


@dataclass(frozen=True)
class _Row:
    text: str
    left: float
    baseline: float
    lettering: Lettering
    ink: Ink


def _pages(sheet: Sheet) -> Iterator[list[_Row]]:
    rows: list[_Row] = []
    top, end = MARGIN, PAGE[1] - 2 * MARGIN
    for words in _wrapped(sheet.title, _TITLE, PAGE[0] - 2 * MARGIN):
        rows.append(_Row(words, MARGIN, top + _TITLE.size, _TITLE, _INK))
        top += _TITLE.size * 1.15
    for group in sheet.groups:
        top += 18
        for fact in group:
            left = MARGIN + (LABEL_WIDTH if fact.label else 0)
            leading = _TEXT.size * _LEADING
            for index, words in enumerate(_wrapped(fact.value, _TEXT, PAGE[0] - MARGIN - left)):
                if top + leading > end:
                    yield rows
                    rows, top = [], MARGIN
                if fact.label and index == 0:
                    rows.append(_Row(fact.label, MARGIN, top + _TEXT.size, _STRONG, _INK))
                rows.append(_Row(words, left, top + _TEXT.size, _TEXT, _INK))
                top += leading
    yield rows


def _wrapped(text: str, lettering: Lettering, width: float) -> Iterator[str]:
    """Lines that fit; a word that is wider than a line is broken where it must be."""
    for given in text.splitlines() or [""]:
        line = ""
        for word in given.split():
            rest = word
            if line and measure(f"{line} {rest}", lettering).width <= width:
                line = f"{line} {rest}"
                continue
            if line:
                yield line
            while measure(rest, lettering).width > width:
                fits = next(n for n in range(len(rest) - 1, 0, -1) if measure(rest[:n], lettering).width <= width)
                yield rest[:fits]
                rest = rest[fits:]
            line = rest
        yield line
