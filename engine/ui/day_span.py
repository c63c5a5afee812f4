"""Day span: from which day until which somebody wants to see things, as it stands in the address of a page.

Called by the wishes of the pages of costs and of the record. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from engine.ui.addresses import address_of
from engine.ui.components.money_fields import day_of
from engine.ui.notation import midnight


class DaySpan:
    """Both days included, as they were typed; empty where there is no end."""

    since: str
    until: str

    @property
    def first_day(self) -> date | None:
        """From which day on."""
        return day_of(self.since)

    @property
    def last_day(self) -> date | None:
        """Until which day, included."""
        return day_of(self.until)

    @property
    def is_backwards(self) -> bool:
        """Whether it begins after its end, so that there can be none."""
        return bool(self.first_day and self.last_day and self.first_day > self.last_day)

    def asked_days(self) -> Mapping[str, str | None]:
        """The days by the api's names, which has moments."""
        return {
            "since": midnight(self.first_day) if self.first_day else None,
            "until": midnight(self.last_day + timedelta(days=1)) if self.last_day else None,
        }


def read_filters(query: Mapping[str, str], names: Iterable[str], longest: int) -> dict[str, str]:
    """What an address asks for by these names; a day that nobody can read is left out."""
    asked = {name: query[name][:longest] for name in names if name in query}
    for name in ("since", "until"):
        if day_of(asked.get(name, "")) is None:
            asked.pop(name, None)
    return asked


def table_address(path: str, asked: Mapping[str, str | None]) -> str:
    """Where what is asked for is fetched as a spreadsheet."""
    return address_of(path, {name: said for name, said in asked.items() if said is not None})
