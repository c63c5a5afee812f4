"""Spoken forms: how a written word is said, in words that a synthesiser reads well.

Called by engine.render.espeak.
Law: one form for each word, in the same order; a word that is not said has a form without letters or digits.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["nl", "en"]

_CURRENCIES: dict[Language, dict[str, str]] = {
    "nl": {"€": "euro", "$": "dollar", "£": "pond"},
    "en": {"€": "euros", "$": "dollars", "£": "pounds"},
}
_SYMBOLS: dict[Language, dict[str, str]] = {
    "nl": {"%": " procent", "&": " en ", "+": " plus ", "=": " is ", "@": " at ", "°": " graden", "§": " paragraaf "},
    "en": {
        "%": " percent",
        "&": " and ",
        "+": " plus ",
        "=": " equals ",
        "@": " at ",
        "°": " degrees",
        "§": " section ",
    },
}
# What a person says where espeak would spell; keys without their last full stop.
_ABBREVIATIONS: dict[Language, dict[str, str]] = {
    "nl": {
        "a.u.b": "alstublieft",
        "bijv": "bijvoorbeeld",
        "blz": "bladzijde",
        "bv": "bijvoorbeeld",
        "ca": "circa",
        "d.w.z": "dat wil zeggen",
        "dhr": "de heer",
        "e.d": "en dergelijke",
        "enz": "enzovoort",
        "etc": "et cetera",
        "evt": "eventueel",
        "excl": "exclusief",
        "i.p.v": "in plaats van",
        "i.v.m": "in verband met",
        "incl": "inclusief",
        "m.a.w": "met andere woorden",
        "m.b.t": "met betrekking tot",
        "m.b.v": "met behulp van",
        "mevr": "mevrouw",
        "mw": "mevrouw",
        "n.a.v": "naar aanleiding van",
        "nl": "namelijk",
        "nr": "nummer",
        "o.a": "onder andere",
        "s.v.p": "alstublieft",
        "t.e.m": "tot en met",
        "t.o.v": "ten opzichte van",
        "t/m": "tot en met",
    },
    "en": {"approx": "approximately", "e.g": "for example", "etc": "et cetera", "i.e": "that is", "vs": "versus"},
}
_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")
_CLITIC = re.compile(r"'(?:s|t|n|k|m|r|em|ve|ll|re|d)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[\d.,]*\d|\d")
_GROUPED = {"nl": re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))"), "en": re.compile(r"(?<=\d),(?=\d{3}(?!\d))")}
_DECIMALS = {"nl": re.compile(r",(\d\d)$"), "en": re.compile(r"\.(\d\d)$")}
_NOT_SAID = re.compile(r"[^\w\s.,;:!?…'–—-]|_")
_PAUSES = ".,;:!?…–—"
_BARE = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
"""A word within its marks."""
_ADDRESS = re.compile(r"https?://(?:www\.)?|www\.")


def said_as(words: Sequence[str], language: Language, own: Mapping[str, str] | None = None) -> list[str]:
    """What to have read aloud for each word: amounts with their currency behind them, no quotes, marks or emoji.

    own: how a client's own words are said, by the word in any case; they come before every rule.
    """
    said: list[str] = []
    own = {word.translate(_APOSTROPHES).casefold(): say for word, say in (own or {}).items()}
    waiting = ""  # a currency that stood by itself before its amount
    for written in words:
        if (found := _BARE.fullmatch(written.translate(_APOSTROPHES))) and found[2].casefold() in own:
            pause = "".join(mark for mark in found[3] if mark in _PAUSES)
            said.append(_plain(own[found[2].casefold()] + pause, language))
            waiting = ""
            continue
        word = _ADDRESS.sub("", written.translate(_APOSTROPHES))
        currency = next((name for sign, name in _CURRENCIES[language].items() if sign in word), "")
        amount = _AMOUNT.search(word)
        if currency and not amount:
            waiting = currency
            said.append("")
            continue
        if (bare := word.lower().rstrip(".,;:")) in _ABBREVIATIONS[language] and word[len(bare) :].startswith("."):
            word = _ABBREVIATIONS[language][bare] + word[len(bare) + 1 :]
        if amount:
            spoken = _amount(amount.group(), currency or waiting, language)
            word = word[: amount.start()] + spoken + word[amount.end() :]
        waiting = ""
        said.append(_plain(word, language))
    return said


def _amount(number: str, currency: str, language: Language) -> str:
    """1.250,50 with "euro" is "1250 euro 50"; without a currency the number as espeak reads it."""
    number = _GROUPED[language].sub("", number)
    if not currency:
        return number
    cents = _DECIMALS[language].search(number)
    if cents is None:
        return f"{number} {currency}"
    whole = number[: cents.start()]
    return f"{whole} {currency}" if cents[1] == "00" else f"{whole} {currency} {int(cents[1])}"


def _plain(word: str, language: Language) -> str:
    for symbol, name in _SYMBOLS[language].items():
        word = word.replace(symbol, name)
    word = _NOT_SAID.sub(" ", word)
    if not any(map(str.isalnum, word)):
        return "".join(character for character in word if character in _PAUSES)
    starts_with_clitic = _CLITIC.match(word)
    word = word.strip("' ") if not starts_with_clitic else word.rstrip("' ")
    return " ".join(word.split())
