"""Amounts: money as people type it, and prices to their last digit.

Called by the money sections of Settings. Pure. Law: what could be read in two ways is read as the person's language
writes it, and the screen says how it was read.
"""

import re
from decimal import Decimal
from typing import Final

from engine.ui.notation import NO_BREAK
from engine.ui.words import Words

MICROS: Final = 1_000_000
MOST_MICROS: Final = 10**12
"""A million euros: more is a slip of the keyboard."""
_DIGITS: Final = 6


def micros_of(typed: str, words: Words) -> int | None:
    """Millionths of what was typed: 1.234,56 or 1,234.56, with or without € before it; None where it is no amount.

    A lone point or comma parts the decimals, save the thousands sign of the language before exactly three digits:
    1.500 is fifteen hundred in Dutch, and 0.003 a price in both.
    """
    plain = re.sub(r"[\s€]", "", typed)
    if not re.fullmatch(r"[0-9][0-9.,]*", plain) or plain[-1] in ".,":
        return None
    point = _decimal_sign(plain, "," if words.language == "nl" else ".")
    whole, _, rest = plain.partition(point) if point else (plain, "", "")
    groups = re.split(r"[.,]", whole)
    if any(sign in rest for sign in ".,") or len(rest) > _DIGITS:
        return None
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return None
    micros = int(Decimal(f"{''.join(groups)}.{rest or '0'}") * MICROS)
    return micros if micros <= MOST_MICROS else None


def exact_amount(micros: int, currency: str, words: Words) -> str:
    """A price with every digit that it has, two decimals at least: € 0,00276, USD 0,003."""
    whole, rest = divmod(abs(micros), MICROS)
    decimals = f"{rest:06}".rstrip("0").ljust(2, "0")
    written = f"{whole:,}.{decimals}"
    if words.language == "nl":
        written = written.translate(str.maketrans(",.", ".,"))
    sign = "-" if micros < 0 else ""
    if currency != "EUR":
        return f"{sign}{currency}{NO_BREAK}{written}"
    return f"€{NO_BREAK}{sign}{written}" if words.language == "nl" else f"{sign}€{written}"


def _decimal_sign(plain: str, own: str) -> str:
    """What parts the decimals in it; empty where it has none. own: how the language does that."""
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return ""
    before, after = plain.split(signs[0])
    is_thousands = signs[0] != own and len(after) == 3 and before[0] != "0" and len(before) <= 3
    return "" if is_thousands else signs[0]
