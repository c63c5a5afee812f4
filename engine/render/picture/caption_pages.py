"""Caption pages: which words stand on the screen together, from when to when.

Called by engine.render.picture.captions and engine.render.sidecars. Pure: words in, pages out.
Law: every word is on exactly one page, pages never overlap, and a page breaks where a speaker would breathe.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.render.timeline import FPS, Word

LEAD_MS = 80
"""A page stands a little before its first word is heard, since reading starts later than hearing."""
HOLD_MS = 500
"""How long a page stays after its last word where no other follows."""
PAUSE_MS = 700
"""A silence this long ends a page."""
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔")
GLUED = ("€", "$", "£", "#", "@", "(", "“", "„", "«")
"""Never the last word of a page: what follows belongs to it."""
CLOSERS = "\"'’”»)]"


@dataclass(frozen=True, slots=True)
class Page:
    """Words first to last (exclusive) of the film, on the screen from start_ms to end_ms."""

    first: int
    last: int
    start_ms: int
    end_ms: int


def caption_pages(words: Sequence[Word], borders_ms: Sequence[int], fits: Callable[[int, int], bool]) -> list[Page]:
    """Pages for all words. borders_ms: where scenes begin, ascending. fits(first, last): whether they fit one page."""
    groups = [page for phrase in _phrases(words, borders_ms) for page in _balanced(words, phrase, fits)]
    pages = []
    for index, (first, last) in enumerate(groups):
        start = max(0, words[first].start_ms - LEAD_MS)
        end = words[last - 1].end_ms + HOLD_MS
        if index + 1 < len(groups):
            following = max(0, words[groups[index + 1][0]].start_ms - LEAD_MS)
            end = following if following - end < PAUSE_MS - HOLD_MS else end
            end = min(end, following)
        pages.append(Page(first, last, start, max(end, start)))
    return pages


def _phrases(words: Sequence[Word], borders_ms: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of words that no sentence end, long pause or scene border cuts."""
    phrases: list[tuple[int, int]] = []
    first, has_ended = 0, False
    for index, word in enumerate(words):
        if _is_spoken(word):
            if index > first and (has_ended or _parted(words[index - 1], word, borders_ms)):
                phrases.append((first, index))
                first = index
            has_ended = word.text.rstrip(CLOSERS).endswith(SENTENCE_ENDS)
    return [*phrases, (first, len(words))] if words else []


def _is_spoken(word: Word) -> bool:
    """An emoji or a dash is not: it stays with the words before it."""
    return any(map(str.isalnum, word.text))


def _parted(word: Word, following: Word, borders_ms: Sequence[int]) -> bool:
    """Whether a long pause or a scene border lies between two words."""
    if following.start_ms - word.end_ms >= PAUSE_MS:
        return True
    return bisect_right(borders_ms, _middle(word)) < bisect_right(borders_ms, _middle(following))


def _middle(word: Word) -> float:
    return (word.start_ms + word.end_ms) / 2


def _balanced(
    words: Sequence[Word], phrase: tuple[int, int], fits: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    """The phrase in as few pages as it needs, of about the same length, so that no word is left alone at the end."""
    needed = len(_filled(phrase, fits))
    letters = [len(word.text) + 1 for word in words[phrase[0] : phrase[1]]]
    ideal = sum(letters) / needed
    pages: list[tuple[int, int]] = []
    first, gathered = phrase[0], 0
    for offset, count in enumerate(letters):
        index = phrase[0] + offset
        full = index > first and (
            not fits(first, index + 1) or (len(pages) < needed - 1 and gathered + count / 2 > ideal * (len(pages) + 1))
        )
        if full:
            if words[index - 1].text in GLUED and index - 1 > first:
                index -= 1
            pages.append((first, index))
            first = index
        gathered += count
    pages.append((first, phrase[1]))
    return pages


def _filled(phrase: tuple[int, int], fits: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    pages: list[tuple[int, int]] = []
    first = phrase[0]
    for index in range(phrase[0] + 1, phrase[1]):
        if not fits(first, index + 1):
            pages.append((first, index))
            first = index
    return [*pages, (first, phrase[1])]


def first_frame_at(time_ms: int) -> int:
    """The first frame that starts at or after a time."""
    return math.ceil(time_ms * FPS / 1000 - 1e-6)
