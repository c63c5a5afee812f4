"""File names: what a file is called on other people's disks.

Core: no HTTP. Called by api.services (downloads, zips) and automations.workflows.push.
Law: a name keeps its letters in any script and can be saved on every system: no path in it, nothing that cannot be
seen, no name that Windows keeps for itself, and not longer than file systems take.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST_BYTES: Final = 200
"""File systems take 255; the rest is for what a browser or a person adds."""
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
_LONGEST_ENDING: Final = 20
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ._&'()+,-]*")
"""Names that need no look at each sign, as most do: a list of films has hundreds."""


def safe_name(name: str, *, longest_bytes: int = LONGEST_BYTES) -> str:
    """The name as it can be saved anywhere; where nothing of it is left, `file`. An ending stays."""
    seen = name if _PLAIN.fullmatch(name) else "".join(_safe(sign) for sign in unicodedata.normalize("NFC", name))
    kept = seen.strip(". ") or "file"
    if kept.partition(".")[0].strip().lower() in _RESERVED:
        kept = f"_{kept}"
    while len(kept.encode()) > longest_bytes:
        stem, point, ending = kept.rpartition(".")
        has_ending = bool(point) and len(stem) > 0 and len(ending) < _LONGEST_ENDING
        kept = f"{stem[:-1].rstrip()}{point}{ending}" if has_ending else kept[:-1].rstrip()
    return kept


def film_name(title: str, format: str, ending: str = "mp4") -> str:  # noqa: A002  # the domain's word
    """What a film in one format is called: Oliebollen 9x16.mp4. A long title is cut, never the format."""
    tail = f" {format.replace(':', 'x')}.{ending}"
    return safe_name(safe_name(title, longest_bytes=LONGEST_BYTES - len(tail.encode())) + tail)


def told_apart(names: Iterable[str]) -> list[str]:
    """The names in their order; of those that are alike but for capitals, the second is called `… (2)` and so on."""
    taken: set[str] = set()
    apart = []
    for name in names:
        stem, point, ending = name.rpartition(".")
        if not point or "/" in ending:
            stem, ending = name, ""
        number, candidate = 1, name
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){point if ending else ''}{ending}"
        taken.add(candidate.casefold())
        apart.append(candidate)
    return apart


def _safe(sign: str) -> str:
    if sign in '/\\:*?"<>|':
        return "_"
    category = unicodedata.category(sign)
    if category in {"Zl", "Zp", "Cc"}:
        return "_"
    # Marks that turn the direction of what follows could show one name and be another; joiners hold emoji together.
    if category in {"Cf", "Cs"} and sign not in "\u200c\u200d":
        return ""
    return sign
