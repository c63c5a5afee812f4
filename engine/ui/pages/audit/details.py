"""Details: what an entry says besides who and what, as a person reads it.

Called by the page of the record. Pure.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from engine.ui.notation import money
from engine.ui.words import WORDS, Words

MICROS: Final = "_micros"


def details_of(facts: Mapping[str, JsonValue], words: Words) -> str:
    """The facts in a line, amounts in euros; ids of things are left to the spreadsheet."""
    said = [_said(name, fact, words) for name, fact in facts.items() if not name.endswith(("_id", "_ids", "_at"))]
    return " · ".join(one for one in said if one)


def _said(name: str, fact: JsonValue, words: Words) -> str:
    if name.endswith(MICROS) and isinstance(fact, int):
        return _named(name.removesuffix(MICROS), money(fact, words), words)
    if not isinstance(fact, str | int) or fact == "":
        return ""
    if name == "fields":
        fact = ", ".join(words.named("audit_field", field) for field in str(fact).split(", "))
    elif name == "role":
        fact = words.named("settings", str(fact)).lower()
    return _named(name, str(fact), words)


def _named(name: str, said: str, words: Words) -> str:
    key = f"fact.{name}"
    return words(key, said=said) if key in WORDS else words("fact.other", name=name.replace("_", " "), said=said)
