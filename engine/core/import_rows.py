"""Import rows: the cells of one row as what they mean, with what is wrong in it.

Core: pure. Called by engine.core.client_import.
Law: a cell that cannot be read is a problem of its row, by field and code; nothing is taken for something else.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from engine.core.csv_tables import TableRow
from engine.core.errors import Invalid
from engine.core.projects import MOST_MICROS
from engine.core.texts import clean_email, clean_language, clean_name, clean_prose, clean_time_zone

T = TypeVar("T")
LANGUAGES: Final = {"nederlands": "nl", "dutch": "nl", "nl": "nl", "engels": "en", "english": "en", "en": "en"}
LONGEST_TIER: Final = 80
MOST_COUNT: Final = 10_000
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MICROS: Final = 1_000_000


@dataclass(frozen=True)
class RowProblem:
    """Why a row is refused. given: what stands in the cell, shortened."""

    field: str
    code: str
    given: str = ""


@dataclass(frozen=True)
class ImportRow:
    """A row's meaning; what is empty was not given."""

    line: int
    client: str = ""
    language: str = "nl"
    time_zone: str = "Europe/Amsterdam"
    notes: str = ""
    contact_name: str = ""
    contact_email: str = ""
    project: str = ""
    due_on: date | None = None
    price_micros: int | None = None
    package_tier: str = ""
    included_videos: int | None = None
    included_revision_rounds: int | None = None
    problems: tuple[RowProblem, ...] = ()


def folded(name: str) -> str:
    """A name as names are compared: in one form, without case and space around it."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def parsed_row(row: TableRow, columns: Mapping[int, str], width: int) -> ImportRow:
    """What the cells mean. columns: by place, the field that stands there. width: how many columns have a header."""
    cells = {name: row.cells[place] for place, name in columns.items() if place < len(row.cells)}
    problems: list[RowProblem] = []

    def read(name: str, reader: Callable[[str], T], empty: T, code: str) -> T:
        given = cells.get(name, "")
        if not given:
            return empty
        try:
            return reader(given)
        except (Invalid, ValueError):
            problems.append(RowProblem(name, code, given[:60]))
            return empty

    parsed = ImportRow(
        line=row.line,
        client=read("client", lambda given: clean_name(given, "client"), "", "name_wrong"),
        language=read("language", _language, "nl", "language_wrong"),
        time_zone=read("time_zone", lambda given: clean_time_zone(given).key, "Europe/Amsterdam", "time_zone_wrong"),
        notes=read("notes", lambda given: clean_prose(given, "notes"), "", "text_wrong"),
        contact_name=read("contact_name", lambda given: clean_name(given, "name"), "", "name_wrong"),
        contact_email=read("contact_email", clean_email, "", "email_wrong"),
        project=read("project", lambda given: clean_name(given, "project"), "", "name_wrong"),
        due_on=read("due_on", _day, None, "date_wrong"),
        price_micros=read("price", _micros, None, "price_wrong"),
        package_tier=read(
            "package_tier", lambda given: clean_name(given, "package_tier", longest=LONGEST_TIER), "", "text_wrong"
        ),
        included_videos=read("included_videos", _count, None, "number_wrong"),
        included_revision_rounds=read("included_revision_rounds", _count, None, "number_wrong"),
    )
    if not cells.get("client"):
        problems.append(RowProblem("client", "client_missing"))
    if parsed.contact_name and not cells.get("contact_email"):
        problems.append(RowProblem("contact_email", "email_missing", parsed.contact_name[:60]))
    of_project = (parsed.due_on, parsed.price_micros, parsed.included_videos, parsed.included_revision_rounds)
    if not cells.get("project") and (parsed.package_tier or any(one is not None for one in of_project)):
        problems.append(RowProblem("project", "project_missing"))
    if beyond := " ".join(row.cells[width:]).strip():  # a name with the delimiter in it and no quotes around it
        problems.append(RowProblem("client", "cells_too_many", beyond[:60]))
    name = parsed.contact_name or parsed.contact_email.partition("@")[0]
    return replace(parsed, contact_name=name, problems=tuple(problems))


def _language(given: str) -> str:
    return clean_language(LANGUAGES.get(folded(given), given))


def _day(given: str) -> date:
    """2026-12-24, 24-12-2026, 24/12/2026 or 24.12.2026, with or without a time behind it. Raises ValueError."""
    day = given.partition(" ")[0].partition("T")[0]
    if found := _YEAR_FIRST.fullmatch(day):
        on = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DAY_FIRST.fullmatch(day):
        on = date(int(found[3]), int(found[2]), int(found[1]))
    else:
        raise ValueError(given)
    if not 1970 <= on.year <= 2200:
        raise ValueError(given)
    return on


def _micros(given: str) -> int:
    """€ 1.234,56, 1,234.56, 1234.5, 1.500: a lone sign before three digits parts thousands. Raises ValueError."""
    plain = re.sub(r"(?i)[\s\u00a0'€]|eur|,-$", "", given)
    if not re.fullmatch(r"\d[\d.,]*", plain) or plain[-1] in ".,":
        raise ValueError(given)
    signs = [sign for sign in plain if sign in ".,"]
    point = ""
    if len(set(signs)) == 2 or (len(signs) == 1 and len(plain.rpartition(signs[0])[2]) != 3):
        point = signs[-1]
    whole, _, rest = plain.rpartition(point) if point else (plain, "", "")
    groups = re.split(r"[.,]", whole)
    if len(rest) > 2 or (len(groups) > 1 and any(len(group) != 3 for group in groups[1:])):
        raise ValueError(given)
    micros = int(Decimal(f"{''.join(groups)}.{rest or '0'}") * _MICROS)
    if micros > MOST_MICROS:
        raise ValueError(given)
    return micros


def _count(given: str) -> int:
    if not re.fullmatch(r"\d{1,5}", given) or int(given) > MOST_COUNT:
        raise ValueError(given)
    return int(given)
