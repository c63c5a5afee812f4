"""A client's colours: those to pick from, what was typed as one, and how well one is read on another (WCAG 2.2).

Called by engine.ui.pages.clients.brand.colours. Pure. They are the client's, in films; the app is drawn in its theme's.
"""

import re
from typing import Final

READABLE: Final = 4.5
"""AA, for text of any size."""
PALETTE: Final = (
    "#B3261E", "#C2410C", "#B45309", "#4D7C0F", "#2F7D4F", "#0F766E", "#0369A1", "#2457A6",
    "#4338CA", "#7E22CE", "#BE185D", "#14161A", "#5F5E5A", "#FAF8F4", "#FFFFFF",
)  # fmt: skip
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def colour_of(typed: str) -> str | None:
    """What was typed as #RRGGBB: with or without #, of three digits or six; None where it is no colour."""
    found = _HEX.fullmatch(typed.strip())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits.upper()}"


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white). Both as #RRGGBB."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(ground: str) -> str:
    """Black or white, whichever is read better."""
    return max(("#FFFFFF", "#000000"), key=lambda ink: contrast(ink, ground))


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
