"""The fields of a client: name, language, time zone, notes.

Called by engine.ui.pages.clients.page (a new one) and .details (one that is there).
"""

import functools
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final
from zoneinfo import available_timezones

import flet as ft

from api.schemas.clients import ClientOut
from engine.ui.components.acting import Act
from engine.ui.components.choice import choice
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk
from engine.ui.newest import Newest
from engine.ui.words import LANGUAGES

CONTINENT: Final = "Europe/"
"""Whose time zones are offered, beside the one that is chosen."""
LONGEST_NAME: Final = 300
NOTES_LINES: Final = 3


@dataclass(frozen=True)
class ClientDraft:
    """A client as it is being filled in."""

    name: str = ""
    language: str = "nl"
    time_zone: str = "Europe/Amsterdam"
    notes: str = ""

    @classmethod
    def of(cls, client: ClientOut) -> "ClientDraft":
        """As the studio has it."""
        return cls(client.name, client.language, client.time_zone, client.notes)

    def differing(self, other: "ClientDraft") -> dict[str, str]:
        """What of this is not alike."""
        return {name: value for name, value in asdict(self).items() if value != asdict(other)[name]}


def client_fields(
    desk: Desk, act: Act, typed_in: Newest[ClientDraft], put: Callable[[ClientDraft], None], submit: Callable[[], None]
) -> list[ft.Control]:
    """The fields, filled with a draft."""
    words, draft = desk.words, typed_in.value

    def fill(**fields: str) -> None:
        put(replace(typed_in.value, **fields))

    zones = sorted({draft.time_zone, *_zones()})
    name = Looks(label=words("clients.name"), max_length=LONGEST_NAME, error=act.wrong("name"))
    notes = Looks(label=words("clients.notes"), min_lines=NOTES_LINES, max_lines=None, error=act.wrong("notes"))
    return [
        TypedField(name, draft.name, lambda typed: fill(name=typed), submit),
        choice(
            words("clients.language"),
            draft.language,
            [(code, words(f"language.{code}")) for code in LANGUAGES],
            lambda chosen: fill(language=chosen),
        ),
        choice(
            words("clients.time_zone"),
            draft.time_zone,
            [(zone, zone.replace("_", " ")) for zone in zones],
            lambda chosen: fill(time_zone=chosen),
        ),
        TypedField(notes, draft.notes, lambda typed: fill(notes=typed)),
    ]


@functools.cache
def _zones() -> tuple[str, ...]:
    """Those that are offered; looking for them takes too long to do it with each key."""
    return tuple(zone for zone in available_timezones() if zone.startswith(CONTINENT))
