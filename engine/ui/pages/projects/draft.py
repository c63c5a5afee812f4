"""Draft: a project as it is being filled in, and what can be taken of it.

Called by the forms for a new project and for one that is there. Pure.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from api.schemas.projects import ProjectOut
from engine.ui.amounts import exact_amount, micros_of
from engine.ui.components.money_fields import day_of
from engine.ui.words import Words

MOST_COUNTED: Final = 10_000
COUNTS: Final = ("included_videos", "included_revision_rounds")
Value = str | int | date | None


@dataclass(frozen=True)
class Draft:
    """As it was typed."""

    client_id: str = ""
    name: str = ""
    package_tier: str = ""
    included_videos: str = ""
    included_revision_rounds: str = ""
    due_on: str = ""
    price_micros: str = ""
    notes: str = ""

    @classmethod
    def of(cls, project: ProjectOut, words: Words) -> "Draft":
        """As it is kept."""
        price = "" if project.price_micros is None else exact_amount(project.price_micros, "EUR", words)
        return cls(
            client_id=project.client_id,
            name=project.name,
            package_tier=project.package_tier,
            included_videos=_written(project.included_videos),
            included_revision_rounds=_written(project.included_revision_rounds),
            due_on="" if project.due_on is None else written_day(project.due_on, words),
            price_micros=price.strip("€\u00a0"),
            notes=project.notes,
        )

    def wrong(self, words: Words) -> dict[str, str]:
        """Why a field cannot be taken, by its name."""
        wrong = {}
        if not self.client_id:
            wrong["client_id"] = words("project_form.client_missing")
        if not self.name.strip():
            wrong["name"] = words("project_form.name_missing")
        for name in COUNTS:
            typed = str(asdict(self)[name]).strip()
            if typed and not (typed.isascii() and typed.isdigit() and int(typed) <= MOST_COUNTED):
                wrong[name] = words("project_form.count_wrong")
        if self.due_on.strip() and day_of(self.due_on) is None:
            wrong["due_on"] = words("project_form.day_wrong")
        if self.price_micros.strip() and micros_of(self.price_micros, words) is None:
            wrong["price_micros"] = words("project_form.price_wrong")
        return wrong

    def values(self, words: Words) -> Mapping[str, Value]:
        """What the api takes, by its names. Only for a draft in which nothing is wrong."""
        return {
            "name": self.name.strip(),
            "package_tier": self.package_tier.strip(),
            **{name: int(typed) if (typed := str(asdict(self)[name]).strip()) else None for name in COUNTS},
            "due_on": day_of(self.due_on),
            "price_micros": micros_of(self.price_micros, words) if self.price_micros.strip() else None,
            "notes": self.notes,
        }

    def changes(self, before: "Draft", words: Words) -> Mapping[str, Value]:
        """What differs from `before`, as the api takes it."""
        was = before.values(words)
        return {name: value for name, value in self.values(words).items() if value != was[name]}


def written_day(on: date, words: Words) -> str:
    """A day as it is typed."""
    return f"{on:%d-%m-%Y}" if words.language == "nl" else on.isoformat()


def _written(count: int | None) -> str:
    return "" if count is None else str(count)
