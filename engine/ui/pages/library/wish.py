"""Wish: which films somebody wants to see; it is the address of the page.

Called by the pages of the library. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Final, get_args

from api.schemas.library import FilmSort
from api.schemas.videos import ExportStatus, VideoType
from engine.ui.addresses import address_of
from engine.ui.notation import midnight

PATH: Final = "/library"
FORMATS: Final = ("9:16", "1:1", "16:9")
STATUSES: Final[tuple[ExportStatus, ...]] = get_args(ExportStatus)
TYPES: Final[tuple[VideoType, ...]] = get_args(VideoType)
SORTS: Final[tuple[FilmSort, ...]] = ("-created_at", "created_at")
ANY: Final = "any"
"""Every status; without a word of it only finished films are shown."""
LENGTHS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "short": (None, 15_000),
    "medium": (15_001, 60_000),
    "long": (60_001, None),
}
"""Shortest and longest, in milliseconds, both included."""
DAYS: Final[Mapping[str, int]] = {"week": 7, "month": 30, "year": 365}
OLDER: Final = "older"
"""Than a year."""


@dataclass(frozen=True)
class Wish:
    """Empty is all the same; each field stands in the address under its own name."""

    search: str = ""
    client: str = ""
    project: str = ""
    format: str = ""
    status: str = "ready"
    type: str = ""
    length: str = ""
    when: str = ""
    sort: str = "-created_at"
    archived: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wish":
        """What an address asks for; what nobody knows is left out."""
        known: Mapping[str, tuple[str, ...]] = {
            "format": FORMATS,
            "status": (*STATUSES, ANY),
            "type": TYPES,
            "length": tuple(LENGTHS),
            "when": (*DAYS, OLDER),
            "sort": SORTS,
            "archived": ("yes",),
        }
        asked = {
            field.name: query[field.name][:200]
            for field in fields(cls)
            if field.name in query and query[field.name] in known.get(field.name, (query[field.name],))
        }
        return cls(**asked)

    def address(self, **changes: str) -> str:
        """Of the page that shows this, but for what is given."""
        wish, plain = replace(self, **changes), Wish()
        shown = {field.name: str(getattr(wish, field.name)) for field in fields(wish)}
        return address_of(PATH, {name: said for name, said in shown.items() if said != getattr(plain, name)})

    @property
    def count(self) -> int:
        """How many filters are set, beside the search."""
        plain = Wish()
        names = {field.name for field in fields(self)} - {"search", "sort"}
        return sum(getattr(self, name) != getattr(plain, name) for name in names)

    def asked(self, today: date) -> Mapping[str, str | int | None]:
        """The filters by the api's names. today: the studio's day."""
        shortest, longest = LENGTHS.get(self.length, (None, None))
        since = midnight(today - timedelta(days=DAYS[self.when] - 1)) if self.when in DAYS else None
        until = midnight(today - timedelta(days=DAYS["year"] - 1)) if self.when == OLDER else None
        return {
            "search": self.search or None,
            "client_id": self.client or None,
            "project_id": self.project or None,
            "format": self.format or None,
            "status": None if self.status == ANY else self.status,
            "video_type": self.type or None,
            "shortest_ms": shortest,
            "longest_ms": longest,
            "since": since,
            "until": until,
            "sort": self.sort,
            "archived": "true" if self.archived else None,
        }
