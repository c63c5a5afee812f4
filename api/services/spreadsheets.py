"""Spreadsheets: rows of any number become a CSV that a spreadsheet opens right and that cannot act in it.

Called by api.services.ledger_table and api.services.audit_table. Pure.
Law: a text is never taken for a formula, and a number stays one; no more than a block of rows is held at a time.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import StringIO
from typing import Final, Literal

Language = Literal["nl", "en"]
BLOCK_CHARACTERS: Final = 32_000
_MICROS: Final = 1_000_000
_DELIMITERS: Final = {"nl": ";", "en": ","}
"""As the spreadsheets of each language read them."""
_FORMULA: Final = re.compile(r"^(?=[=+\-@\t\r\n])")
_FORMULA_ELSEWHERE: Final = re.compile(r"(?<=[;,\t])(?=[=+\-@])")
"""A spreadsheet of the other language splits there, whatever is quoted around it."""


@dataclass(frozen=True)
class Amount:
    """Micro-euros, written in euros with every digit that they have."""

    micros: int


Cell = str | int | date | time | Amount | None


def csv_blocks(header: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> Iterator[bytes]:
    """The file, a block at a time: UTF-8 that says so, a semicolon and decimal comma in Dutch, else comma and point."""
    written = StringIO()
    to = csv.writer(written, delimiter=_DELIMITERS[language], lineterminator="\r\n")
    written.write("\ufeff")
    to.writerow(header)
    for row in rows:
        to.writerow([_said(cell, language) for cell in row])
        if written.tell() > BLOCK_CHARACTERS:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def _said(cell: Cell, language: Language) -> str | int:
    match cell:
        case str():
            return _FORMULA_ELSEWHERE.sub("'", _FORMULA.sub("'", cell))
        case Amount():
            return _euros(cell.micros, language)
        case date() | time():
            return cell.isoformat()
        case None:
            return ""
        case _:
            return cell


def _euros(micros: int, language: Language) -> str:
    whole, rest = divmod(abs(micros), _MICROS)
    point = "," if language == "nl" else "."
    return f"{'-' if micros < 0 else ''}{whole}{point}{f'{rest:06}'.rstrip('0').ljust(2, '0')}"
