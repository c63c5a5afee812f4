"""Headlines: the few words of a scene that a title card can carry.

Core: no HTTP, no vendor, no clock. Called by engine.cli.storyboard, later by the Create wizard.
Law: what is returned stands in the text as it is, word for word; an ellipsis says that more follows.
"""

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]
MOST_WORDS = 8
SHORTEST_CLAUSE = 3

# A title does not end on one of these. Short lists on purpose: what they miss costs a title its polish, no more.
_STOP_WORDS: dict[Language, frozenset[str]] = {
    "nl": frozenset(
        "aan al alle als altijd bij daar daarvan dan dat de deze die dit door dus een elk elke en er ge had heb hebben "
        "heeft het hier hij hoe hun ik in is je jij jou jouw kan kun kunnen maar me meer meeste met mij mijn moet na "
        "naar niet nog nooit nu of om omdat onder ons onze ook op over te tegen toch toen tot u uit uw van vaak veel "
        "voor waar wanneer want waren was wat we wel welke werd wie wij worden wordt zal ze zei zelf zich zij zijn zo "
        "zonder zou".split()
    ),
    "en": frozenset(
        "a about after all always am an and any are as at be because been but by can could did do does each every for "
        "from had has have he her here him his how i if in into is it its just like may me more most must my never no "
        "not of often on one or our out over she should so some than that the their them then there these they this "
        "those to too up us very was we were what when where which while who why will with would you your".split()
    ),
}
_QUOTES = "\"'“”‘’„«»)"
_EDGES = "\"'“”‘’„«»()[]{}.,;:!?…-–—*_#`"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence and the words that say what it counts."""

    amount: str
    counted: str


def headline(text: str, language: Language) -> str:
    """The opening of a text as a title: all of it, its first clause, or its first words with an ellipsis.

    At most MOST_WORDS words, never ending in a function word; "" for a text without words.
    """
    words = text.split()
    if len(words) <= MOST_WORDS:
        return " ".join(words).rstrip(".")
    clause = next(
        (n for n, word in enumerate(words, 1) if word.rstrip(_QUOTES).endswith((",", ";", ":", ".", "!", "?"))), 0
    )
    if SHORTEST_CLAUSE <= clause <= MOST_WORDS:
        return " ".join(words[:clause]).strip(_QUOTES).rstrip(",;:.")
    stops = [word.strip(_EDGES).lower() in _STOP_WORDS[language] for word in words]
    count = MOST_WORDS
    if any(stops[count - 2 : count]):  # "six photos on a single …" had better end before its preposition
        count = next(n for n in (count - 2, count - 1) if stops[n])
    while count > SHORTEST_CLAUSE and stops[count - 1]:
        count -= 1
    return " ".join(words[:count]).rstrip(_EDGES) + " …"


def is_quotation(text: str) -> bool:
    """Whether the text opens with a quotation mark, other than a Dutch elision ('s avonds)."""
    return bool(re.match(r"\s*(?:[\"“„«]|[‘'](?![stnk]\b))", text))


def figure(text: str) -> Figure | None:
    """The first amount of a text that is worth a card of its own, with up to five words after it."""
    match = re.search(r"(?<![\w.,])(?:[€$£]\s?)?\d[\d.,]*(?:\s?%)?(?![\w])", text)
    if match is None:
        return None
    amount = match.group().strip().rstrip(".,")
    following: list[str] = []
    for word in text[match.end() :].split()[:5]:
        following.append(word)
        if word[-1] in ".,;:!?…":
            break
    return Figure(amount, " ".join(following).strip(_EDGES + " "))
