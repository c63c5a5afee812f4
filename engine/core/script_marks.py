"""Marks in a script: markdown, stage directions and invisible characters, which are written but never spoken.

Called by engine.core.scripts.
Law: what is left is plain, and plain text comes through unchanged; every character kept knows where it stood.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Edit = tuple[int, int, str]
"""Start, end (exclusive) and what stands there instead: nothing or a space."""

# Characters nobody sees or hears: controls, soft hyphen, zero-width spaces, byte-order mark, stray surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
# Joiners, variation selectors and direction marks mean something only beside a visible character.
_LOOSE = re.compile("(?<!\\S)[\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]+(?!\\S)")

_SCENE_BREAK = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_RULE = re.compile(r"\s*(?:={3,}|(?:`{3,}|~{3,})[\w+-]*)\s*")
_HEADING = re.compile(r"\s*(?:>\s+)*#{1,6}(?:\s|$)")
_HEADING_TAIL = re.compile(r"\s#+\s*$")
LINE_MARK = re.compile(
    r"""\s*(?:
        >+(?=\s|$)                                              # a quotation
      | \#{1,6}(?=\s|$)                                         # a heading; a #hashtag is spoken
      | [-*+•‣◦▪](?=\s|$)(?:\s+\[[ xX]\](?=\s))?                # a bullet, perhaps with a tick box
      | \d{1,3}[.)](?=\s+\S)(?!\s+\d{1,3}[.)](?:\s|$))          # a numbered item, but not a countdown: 3. 2. 1. Go!
    )\s*""",
    re.VERBOSE,
)
_LINK = re.compile(r"(?P<image>(?<!\S)!)?\[(?P<text>[^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_DIRECTION = re.compile(
    r"\[\s?(?:pauze|pause|stilte|silence|beat|muziek|music)(?:\s[\d.,]{1,6}\s?(?:s|sec|ms|seconden|seconds)?)?\s?\]",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"(?P<kept>(?:https?://|www\.)[^\s*`<>\[\]()]+(?<!_)|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}(?<!_))"
    r"|(?:[*_`]|~~)+"
)
_SPACES = re.compile(r"\s{2,}|[^\S ]|^\s|\s$")

_HARD_WRAP_CHARACTERS = 60  # e-mail and editors wrap at 66 to 80; a line meant to be short is shorter than this
_PASSES = 8  # marks inside marks; a person nests two or three


class Traced(NamedTuple):
    """Text with the place in the source of each of its characters."""

    text: str
    offsets: "array[int] | range"

    def part(self, start: int, end: int) -> "Traced":
        """The characters from start to end (exclusive)."""
        return Traced(self.text[start:end], self.offsets[start:end])

    def edited(self, edits: Iterable[Edit]) -> "Traced":
        """A new one with the edits applied, which are in order and do not overlap; itself where there are none."""
        texts: list[str] = []
        offsets = array("Q")
        done = 0
        for start, end, instead in edits:
            texts += (self.text[done:start], instead)
            offsets.extend(self.offsets[done:start])
            offsets.extend([self.offsets[start]] * len(instead))
            done = end
        if not texts:
            return self
        texts.append(self.text[done:])
        offsets.extend(self.offsets[done:])
        return Traced("".join(texts), offsets)


def sections_of(source: str) -> list[list[Traced]]:
    """The script between its scene breaks; in each section its paragraphs, headings and list items, without marks.

    A section may be empty. Breaks are lines of three or more dashes, asterisks or underscores.
    A single line end stays within a paragraph where it only wraps it: the next line goes on in lower case, or this
    line is too long to have been meant as one. Otherwise every line stands alone, as in a list without bullets.
    """
    text = Traced(source, range(len(source)))
    text = text.edited((m.start(), m.end(), "") for m in _INVISIBLE.finditer(source))
    sections: list[list[Traced]] = [[]]
    paragraph: list[Traced] = []

    def close_paragraph() -> None:
        if not paragraph:
            return
        block = _plain(_joined(paragraph))
        paragraph.clear()
        if block.text:
            sections[-1].append(block)

    at = 0
    for raw in text.text.splitlines(keepends=True):
        line = text.part(at, at + len(raw))
        at += len(raw)
        if _SCENE_BREAK.fullmatch(raw):
            close_paragraph()
            sections.append([])
            continue
        if raw.isspace():
            close_paragraph()
            continue
        body = _without_line_marks(line)
        if paragraph and not _wraps_into(paragraph[-1].text, raw, body.text):
            close_paragraph()
        paragraph.append(body)
        if _HEADING.match(raw):
            close_paragraph()
    close_paragraph()
    return sections


def _wraps_into(line: str, following_raw: str, following: str) -> bool:
    """Whether the second line carries on the paragraph of the first."""
    mark = LINE_MARK.match(following_raw)
    if mark and not mark.group().lstrip().startswith(">"):
        return False
    return following[:1].islower() or len(line.rstrip()) >= _HARD_WRAP_CHARACTERS


def _joined(lines: list[Traced]) -> Traced:
    offsets = array("Q")
    for line in lines:
        offsets.extend(line.offsets)
    return Traced("".join(line.text for line in lines), offsets)


def _without_line_marks(line: Traced) -> Traced:
    start, end = 0, len(line.text)
    if _HEADING.match(line.text) and (tail := _HEADING_TAIL.search(line.text.rstrip())):
        end = tail.start()
    while mark := LINE_MARK.match(line.text, start, end):
        start = mark.end()
    return line.part(start, max(start, end))


def _plain(block: Traced) -> Traced:
    """The block as it is spoken, on one line. Repeats until nothing changes: marks hide in marks."""
    for _ in range(_PASSES):
        before = block.text
        block = block.edited(_link_edits(block.text))
        block = block.edited(_emphasis_edits(block.text))
        block = block.edited((m.start(), m.end(), " ") for m in _DIRECTION.finditer(block.text))
        block = block.edited((m.start(), m.end(), "") for m in _LOOSE.finditer(block.text))
        block = block.edited(_space_edits(block.text))
        block = _without_line_marks(block)
        if block.text == before:
            break
    if _SCENE_BREAK.fullmatch(block.text) or _RULE.fullmatch(block.text):
        return block.part(0, 0)
    return block


def _link_edits(text: str) -> Iterator[Edit]:
    for link in _LINK.finditer(text):
        if link["image"]:
            yield link.start(), link.end(), ""
        else:
            yield link.start(), link.start("text"), ""
            yield link.end("text"), link.end(), ""


def _emphasis_edits(text: str) -> Iterator[Edit]:
    for mark in _EMPHASIS.finditer(text):
        if not mark["kept"] and not _is_spoken(text, mark.start(), mark.end()):
            yield mark.start(), mark.end(), ""


def _is_spoken(text: str, start: int, end: int) -> bool:
    """Whether asterisks or underscores at this place are part of the words: 5*3, 5 * 3, snake_case."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if not {"`", "~"}.isdisjoint(text[start:end]) or not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    return text[start:end] == "*" and before[-1:] == " " == after[0] and before[0].isdigit() and after[-1].isdigit()


def _space_edits(text: str) -> Iterator[Edit]:
    for gap in _SPACES.finditer(text):
        inside = gap.start() > 0 and gap.end() < len(text)
        yield gap.start(), gap.end(), " " if inside else ""
