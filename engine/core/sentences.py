"""Sentences: where one ends, in Dutch and English, among abbreviations, initials, numbers, quotes and emoji.

Called by engine.core.scripts.
Law: a cut stands only where a space stands (or after a Chinese or Japanese full stop), never inside a word, a number
or an emoji; whoever is in doubt does not cut.
"""

import re
from collections.abc import Iterator
from typing import Literal

from engine.core.script_marks import LINE_MARK

Language = Literal["nl", "en"]

# An abbreviation goes on into what it shortens, whatever follows.
_DUTCH = """dhr mevr mej mw hr dr drs ir ing mr mrs ms prof ds jhr sr st zr bijv bv d.w.z dwz o.a oa m.b.v mbv m.b.t mbt
    m.u.v t.e.m tem t/m i.p.v ipv t.o.v tov t.a.v tav i.v.m ivm m.a.w maw m.n mn n.a.v nav a.d.h.v adhv i.t.t o.l.v
    i.s.m t.b.v tbv t.g.v t.n.v t.w z.g zgn zg nl ca nr nrs blz bldz pag afb afl art hfdst par resp incl excl evt tel
    afd gem vgl c.q cq d.d dd o.m u.a v.d v vs"""
_ENGLISH = """mr mrs ms mx dr prof rev hon st gen col sgt capt lt cmdr gov sen rep pres messrs e.g eg i.e ie cf vs viz
    approx est dept ca c al resp incl excl"""
_GOES_ON: dict[Language, frozenset[str]] = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
# An abbreviation that may be a sentence's last word: it ends there if no small letter follows.
_LAST_WORDS = """enz etc e.d ed e.a a.u.b aub s.v.p svp b.v n.v jl jr a.m p.m am pm inc ltd co corp p.p p.p.p
    v.chr n.chr a.d b.c ph.d b.a"""
_MAY_END = frozenset(_LAST_WORDS.split())
# Only before a number is this an abbreviation: "No. 5", but "No. I mean it."
_NUMBERED = "no nos p pp fig figs vol ch min max jan feb mrt apr jun jul aug sep sept okt oct nov dec mar"
_BEFORE_NUMBER = frozenset(_NUMBERED.split())
# After a lone capital ("plan B.") these begin a sentence more often than they are a name ("J. Jansen").
_OPENING_WORDS = """het een dit dat deze die dan daarna toen daar hier wij we ik jij je u zij ze hij er en maar want dus
    ook nu zo wat wie waar hoe waarom als om in op met voor the a an it this that these those then i you he she they
    there here and but so now what who where how why if on with for our your is are"""
_STARTERS = frozenset(_OPENING_WORDS.split())

_ENDING = re.compile(r"[.!?…؟۔।]+[\"'’”»«“‘)\]}›]*|[。！？｡]+[」』”’）]*")
_OPENERS = "\"'‘’“”„‚«»‹›([{¿¡<–—-"
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_FOLLOWING_WORD = re.compile(r"\W{1,4}(\w{1,12})\b")
_CLITIC = re.compile(r"[’'‘`](?:s|t|n|k|m|r)\s+(?=(\S))")
# Emoji and what joins or colours them; a number in a keycap begins what follows and is left out.
_EMOJI = re.compile(
    "(?:\\s?[\u00a9\u00ae\u203c\u2049\u2122\u2139\u231a-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "[\ufe0f\u200d\u20e3\U000e0020-\U000e007f]*)+(?=\\s|$)"
)


def sentence_spans(text: str, language: Language) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each sentence of one paragraph on one line, without the spaces around it.

    text has no spaces at its ends and none that are doubled.
    """
    spans = []
    start = 0
    for end in _ends(text, language):
        if end > start:
            spans.append((start, end))
            start = end + (text[end : end + 1] == " ")
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def is_cut_place(text: str, place: int) -> bool:
    """Whether text may be parted here: what follows must not look like a bullet or list number to a later reading."""
    return (
        not LINE_MARK.match(text, place + (text[place : place + 1] == " ")) and text[max(0, place - 2) : place] != " *"
    )


def _ends(text: str, language: Language) -> Iterator[int]:
    lower_style = _writes_without_capitals(text)
    sentence_start = 0
    for ending in _ENDING.finditer(text):
        end = ending.end()
        wide = ending.group()[0] in "。！？｡"
        following = text[end : end + 1]
        if (following != " " and not wide) or not following or following in "\u200c\u200d\ufe0f":
            continue
        if ending.group()[0] == "." and not _full_stop_ends(text, sentence_start, ending.start(), end, language):
            continue
        if not wide and not _begins_sentence(text, end + 1, ending.group(), lower_style):
            continue
        if emoji := _EMOJI.match(text, end):
            end = emoji.end()  # a party popper after the full stop belongs to what was said
        if is_cut_place(text, end):
            yield end
            sentence_start = end


def _writes_without_capitals(text: str) -> bool:
    return text[:1].islower() and not re.search(r"[.!?] \W?[A-Z]", text)


def _full_stop_ends(text: str, sentence_start: int, stop: int, end: int, language: Language) -> bool:
    """Whether the word before the full stop lets a sentence end there."""
    word_start = max(text.rfind(" ", sentence_start, stop) + 1, sentence_start)
    word = text[word_start:stop].lstrip(_OPENERS)
    if text[stop : stop + 2] == ".." or word.lower() in _MAY_END:
        return True
    if word.lower() in _GOES_ON[language]:
        return False
    if word.lower() in _BEFORE_NUMBER:
        return not text[end + 1 : end + 4].lstrip(_OPENERS)[:1].isdigit()
    if word.isdigit() and len(word) <= 2:
        return word_start > sentence_start and text[word_start - 2] != ":"  # not in "Kies: 1. Rood"
    is_dotted = _DOTTED.fullmatch(word) is not None
    if is_dotted or (len(word) == 1 and word.isupper() and word != "I"):
        # "J.P. Jansen" and "i.o.v. Anna" go on; "in the U.S. We", "vitamine C. Dat" end.
        following = _FOLLOWING_WORD.match(text, end)
        return word[0].isupper() and following is not None and following[1].lower() in _STARTERS
    return True


def _begins_sentence(text: str, place: int, ending: str, lower_style: bool) -> bool:
    """Whether a sentence can begin at this place, after such an ending."""
    clitic = _CLITIC.match(text, place)
    letter = clitic[1] if clitic else text[place : place + 40].lstrip(_OPENERS + " ")[:1]
    if not letter.islower():
        return True
    if ending[-1] not in ".!?…؟":
        return False  # "Kom je?" vroeg ze.
    return ending[-1] in "!?" or (lower_style and ending == ".")
