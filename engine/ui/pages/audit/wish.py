"""Wish: which entries of the record somebody wants to see; it is the address of the page.

Called by the page of the record. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, get_args

from api.schemas.audit import AuditArea
from engine.ui.addresses import address_of
from engine.ui.day_span import DaySpan, read_filters, table_address

PATH: Final = "/settings/audit"
CSV_PATH: Final = "/api/audit.csv"
AREAS: Final[tuple[AuditArea, ...]] = get_args(AuditArea)
LONGEST: Final = 300


@dataclass(frozen=True)
class Wish(DaySpan):
    """Empty is all the same; each field stands in the address under its own name; days are kept as they were typed.
    about: the type and id of a thing, with a colon between."""

    who: str = ""
    area: str = ""
    about: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wish":
        """What an address asks for; what nobody can read is left out."""
        asked = read_filters(query, [field.name for field in fields(cls)], LONGEST)
        if asked.get("area") not in AREAS:
            asked.pop("area", None)
        if not all(asked.get("about", "").partition(":")):
            asked.pop("about", None)
        return cls(**asked)

    def address(self, **changes: str) -> str:
        """Of the page that shows these, but for what is given."""
        wish = replace(self, **changes)
        return address_of(PATH, {field.name: str(getattr(wish, field.name)) for field in fields(wish)})

    @property
    def csv_address(self) -> str:
        """Where these are fetched as a spreadsheet."""
        return table_address(CSV_PATH, self.asked())

    def asked(self) -> Mapping[str, str | None]:
        """The filters by the api's names."""
        subject_type, _, subject_id = self.about.partition(":")
        return {
            "actor": self.who or None,
            "area": self.area or None,
            "subject_type": subject_type or None,
            "subject_id": subject_id or None,
            **self.asked_days(),
        }
