"""Keyphrases: the few words of a sentence that a title card can carry.

Core: no HTTP, no vendor, no clock. Called by engine.cli.storyboard, later by the Create wizard.
Law: what is returned stands in the text as it is, word for word.
"""

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]
MOST_WORDS = 4

# Function words carry no title. Short lists on purpose: what they miss only makes a title one word longer.
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
_EDGES = "\"'“”‘’„«»()[]{}.,;:!?…-–—*_#`"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence and the words that say what it counts."""

    amount: str
    counted: str


def key_phrase(text: str, language: Language) -> str:
    """At most MOST_WORDS words that say most: the longest run without a function word at either end.

    A text without such a run gives its first words; an empty text gives "".
    """
    runs: list[list[str]] = [[]]
    for word in text.split():
        bare = word.strip(_EDGES)
        if not bare or bare.lower() in _STOP_WORDS[language]:
            runs.append([])
            continue
        runs[-1].append(bare)
        if word[-1] in ".,;:!?…":
            runs.append([])
    parts = [
        run[start : start + MOST_WORDS] for run in runs for start in range(max(1, len(run) - MOST_WORDS + 1)) if run
    ]
    if not parts:
        return " ".join(text.split()[:MOST_WORDS]).strip(_EDGES)
    # The later of two equals: both languages put what is new at the sentence's end.
    best = max(enumerate(parts), key=lambda entry: (sum(map(len, entry[1])), entry[0]))[1]
    return " ".join(best)


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
