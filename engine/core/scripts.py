"""Scripts: the text of a video becomes scenes, caption words and an estimate of how long it takes to say.

Called by engine.cli (bom make), engine.providers.offline and later the Create wizard.
Law: every spoken character of the script is in exactly one scene and one word, in order, and nothing else is.

Spoken is all that is written except space, invisible characters, markdown marks (headings, bullets and list numbers,
quotation marks at a line's start, emphasis, code ticks, rules, the address of a link, pictures) and the bracketed stage
directions [pauze], [pause], [stilte], [silence], [beat], [muziek], [music], with or without a duration. Any other
bracket is text: a voice may know [whispers], and what a person meant to have said must not vanish.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.core.script_marks import Traced, sections_of
from engine.core.sentences import Language, is_cut_place, sentence_spans

SHORT_WORDS: Final = 4
"""A sentence of fewer words is no scene of its own."""
LONG_WORDS: Final = 35
"""A sentence of more words (some 14 s) is parted at a clause."""
_HOPELESS_WORDS = 55  # beyond this even a sentence without a single comma is parted
WORD_CHARACTERS: Final = 200
"""The most that one caption word holds (engine.render.timeline.Word); a longer token is chopped."""

# Calm voice-over: 150 words a minute in Dutch, 160 in English, pauses included (14 words a sentence, one comma).
_WORD_MS: dict[Language, int] = {"nl": 145, "en": 140}
_LETTER_MS = 40
_SENTENCE_PAUSE_MS = 500
_CLAUSE_PAUSE_MS = 200

_CLAUSE_END = re.compile(r"(?:[,;:،；][\"'’”»)\]]*| [–—-])(?= )|[、，；]")
_CONJUNCTION = re.compile(
    r" (?=(?:en|maar|want|omdat|terwijl|zodat|waarbij|waardoor|of|and|but|because|while|so|which|where|or) )"
)
_NUMBER = re.compile(r"\d[\d.,]*")
_SPOKEN_SYMBOL = re.compile(r"[€$£¥%&@+=°§]")
_SENTENCE_MARK = re.compile(r"[.!?…؟۔。！？][\"'’”»)\]]*$")
_CLAUSE_MARK = re.compile(r"(?:[,;:،、，；][\"'’”»)\]]*|[–—])$")


class ScriptEmpty(ValueError):
    """There is nothing to say in the script."""

    def __init__(self) -> None:
        super().__init__("The script has no words yet. Write at least one sentence.")


@dataclass(frozen=True, slots=True)
class ScriptScene:
    """What is said in one scene.

    text: as spoken and shown; single spaces, paragraphs parted by an empty line.
    start, end: where its first spoken character stands in the script, and the place after its last one.
    """

    text: str
    start: int
    end: int


def split_script(text: str, language: Language) -> list[ScriptScene]:
    """The script's scenes, in order, none of them empty.

    Lines of three or more dashes, asterisks or underscores part the scenes. Without any, each sentence is one: those
    under SHORT_WORDS join a neighbour, those over LONG_WORDS are parted at a clause, so that a scene takes about 2.5
    to 9 s. A paragraph, a heading and a list item each end a sentence. The scenes' texts, joined with --- lines, give
    the same scenes again. Raises ScriptEmpty.
    """
    sections = sections_of(text)
    if len(sections) > 1:
        groups = [[_Piece(block, 0, len(block.text)) for block in blocks] for blocks in sections if blocks]
    else:
        groups = _scenes_of_sentences(sections[0], language)
    if not groups:
        raise ScriptEmpty
    return [_scene(group) for group in groups]


def spoken_words(text: str) -> list[str]:
    """The words as captions show them: as written, punctuation attached, a lone dash or emoji by itself."""
    return [
        token[at : at + WORD_CHARACTERS]
        for section in sections_of(text)
        for block in section
        for token in block.text.split(" ")
        for at in range(0, len(token), WORD_CHARACTERS)
    ]


def reading_time_ms(text: str, language: Language) -> int:
    """How long a calm voice-over takes to say the text, in ms; at 0 for nothing, and never less for more text.

    Numbers count as the words they are read as, roughly one a digit other than closing zeros.
    """
    words = spoken_words(text)
    spoken = sum(_word_ms(word, language) for word in words)
    return spoken + sum(_pause_ms(word) for word in words[:-1])


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a paragraph: a sentence, some, or a clause. end is exclusive."""

    block: Traced
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words, without space around them."""
        return self.block.text[self.start : self.end]


def _scene(pieces: Sequence[_Piece]) -> ScriptScene:
    first, last = pieces[0], pieces[-1]
    return ScriptScene(
        text="\n\n".join(piece.text for piece in pieces),
        start=first.block.offsets[first.start],
        end=last.block.offsets[last.end - 1] + 1,
    )


def _scenes_of_sentences(blocks: Sequence[Traced], language: Language) -> list[list[_Piece]]:
    """Sentences grouped into scenes; only a paragraph too short for a scene is joined with the next one."""
    groups: list[list[_Piece]] = []
    is_short = False  # whether the last group still waits for company
    for block in blocks:
        pieces = _pieces_of_block(block, language)
        if is_short:
            groups[-1].append(pieces.pop(0))
        groups += ([piece] for piece in pieces)
        is_short = sum(_count_words(piece.text) for piece in groups[-1]) < SHORT_WORDS
    if is_short and len(groups) > 1:
        last = groups.pop()
        groups[-1] += last
    return groups


def _pieces_of_block(block: Traced, language: Language) -> list[_Piece]:
    """A paragraph's sentences, the short ones joined and the long ones parted."""
    spans: list[tuple[int, int]] = []
    is_short = False
    for sentence in sentence_spans(block.text, language):
        for start, end in _parted(block.text, *sentence):
            if is_short:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            is_short = _count_words(block.text[spans[-1][0] : end]) < SHORT_WORDS
    if is_short and len(spans) > 1:
        last = spans.pop()
        spans[-1] = (spans[-1][0], last[1])
    return [_Piece(block, *span) for span in spans]


def _count_words(text: str) -> int:
    """Tokens with a letter or digit in them; Chinese and Japanese, which write no spaces, at two characters a word."""
    wide = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", text))
    return wide // 2 + sum(any(map(str.isalnum, token)) for token in text.split(" "))


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of a sentence, cut at clauses until none is too long; the sentence itself where it is not."""
    waiting = [(start, end)]
    while waiting:
        start, end = waiting.pop()
        cut = _best_cut(text, start, end)
        if cut is None:
            yield start, end
        else:
            waiting += [(cut + (text[cut] == " "), end), (start, cut)]


def _best_cut(text: str, start: int, end: int) -> int | None:
    """The clause end nearest the middle of too long a sentence; failing that a conjunction; failing that any space."""
    part = text[start:end]
    words = _count_words(part)
    if words <= LONG_WORDS:
        return None
    letters = len(part) / words
    nearest: tuple[float, int] | None = None
    kinds = [(0, [m.end() for m in _CLAUSE_END.finditer(part)]), (6, [m.start() for m in _CONJUNCTION.finditer(part)])]
    if words > _HOPELESS_WORDS:
        kinds.append((15, [m.start() for m in re.finditer(" ", part)]))
    for words_worse, places in kinds:
        middle = bisect_left(places, len(part) // 2)
        for place in places[max(0, middle - 3) : middle + 3]:
            distance = abs(place - len(part) / 2) + words_worse * letters
            far_enough = min(place, len(part) - place) >= SHORT_WORDS * letters
            if far_enough and is_cut_place(text, start + place) and (nearest is None or distance < nearest[0]):
                nearest = (distance, start + place)
    return nearest[1] if nearest else None


def _word_ms(word: str, language: Language) -> int:
    numbers = _NUMBER.findall(word)
    letters = sum(map(str.isalpha, word))
    words = (letters > 0) + len(_SPOKEN_SYMBOL.findall(word)) * (letters > 0 or bool(numbers))
    for number in numbers:
        digits = re.sub(r"\D", "", number)
        significant = digits.rstrip("0")
        words += len(significant) + (significant != digits)
    return words * _WORD_MS[language] + letters * _LETTER_MS


def _pause_ms(word: str) -> int:
    if _SENTENCE_MARK.search(word):
        return _SENTENCE_PAUSE_MS
    return _CLAUSE_PAUSE_MS if _CLAUSE_MARK.search(word) else 0
