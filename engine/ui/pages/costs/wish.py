"""Wish: which month, or which lines of the ledger, somebody wants to see; it is the address of the page.

Called by the pages of costs. Pure.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, get_args

from api.schemas.costs import UsageKind
from engine.ui.addresses import address_of
from engine.ui.day_span import DaySpan, read_filters, table_address

PATH: Final = "/costs"
LINES_PATH: Final = "/costs/ledger"
CSV_PATH: Final = "/api/costs/ledger.csv"
KINDS: Final[tuple[UsageKind, ...]] = get_args(UsageKind)
LONGEST: Final = 100


def month_of(query: Mapping[str, str], today: date) -> date:
    """The first day of the month that an address names; of the running one where it names none, or one to come."""
    named = query.get("month", "")
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", named):
        first_day = date.fromisoformat(f"{named}-01")
        if first_day <= today:
            return first_day
    return today.replace(day=1)


def month_address(first_day: date, today: date) -> str:
    """Of the page that shows the month of that day."""
    is_running = (first_day.year, first_day.month) == (today.year, today.month)
    return address_of(PATH, {} if is_running else {"month": f"{first_day:%Y-%m}"})


def last_of_month(first_day: date) -> date:
    """The last day of its month."""
    return first_day.replace(day=calendar.monthrange(first_day.year, first_day.month)[1])


@dataclass(frozen=True)
class Lines(DaySpan):
    """Which lines are wanted. Empty is all the same; each field stands in the address under its own name; days are
    kept as they were typed."""

    client: str = ""
    project: str = ""
    provider: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Lines":
        """What an address asks for; what nobody can read is left out."""
        asked = read_filters(query, [field.name for field in fields(cls)], LONGEST)
        if asked.get("kind") not in KINDS:
            asked.pop("kind", None)
        return cls(**asked)

    @classmethod
    def of_month(cls, first_day: date, **more: str) -> "Lines":
        """Those of a month."""
        return cls(since=str(first_day), until=str(last_of_month(first_day)), **more)

    def address(self, **changes: str) -> str:
        """Of the page that shows these, but for what is given."""
        return address_of(
            LINES_PATH, {field.name: getattr(replace(self, **changes), field.name) for field in fields(self)}
        )

    @property
    def csv_address(self) -> str:
        """Where these are fetched as a spreadsheet."""
        return table_address(CSV_PATH, self.asked())

    def asked(self) -> Mapping[str, str | None]:
        """The filters by the api's names."""
        return {
            "client_id": self.client or None,
            "project_id": self.project or None,
            "provider": self.provider or None,
            "kind": self.kind or None,
            **self.asked_days(),
        }
