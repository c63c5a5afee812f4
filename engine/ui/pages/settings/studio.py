"""The studio's own choices: its name, language, time zone, and where deliveries lie.

Called by the page of Settings. Law: what somebody else changed meanwhile is never overwritten unasked: both are shown,
field by field, and a person chooses.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final
from zoneinfo import available_timezones

import flet as ft

from api.schemas.settings import SettingsChanges, SettingsOut
from engine.ui.client import ApiProblem
from engine.ui.components.acting import Act, use_act
from engine.ui.components.choice import choice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, fact, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.two_versions import two_versions
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import today
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Role, space
from engine.ui.words import LANGUAGES, Words

CONTINENT: Final = "Europe/"
"""Whose time zones are offered, beside the one that is chosen."""


@dataclass(frozen=True)
class Choices:
    """As they are being filled in."""

    studio_name: str
    language: str
    time_zone: str
    folder_template: str

    @classmethod
    def of(cls, kept: SettingsOut) -> "Choices":
        """As the studio has them."""
        return cls(kept.studio_name, kept.language, kept.time_zone, kept.folder_template)

    def differing(self, other: "Choices") -> list[str]:
        """The names of what is not alike."""
        return [name for name, value in asdict(self).items() if value != asdict(other)[name]]


@ft.component
def StudioSection() -> ft.Control:
    """A form for an owner; for others what is so."""
    desk = use_desk()
    words = desk.words
    match use_loaded(desk.api.studio_settings):
        case Waiting():
            return titled_card(words("settings.studio"), skeleton(words, rows=4))
        case Failed() as failed:
            return titled_card(words("settings.studio"), Trouble(failed))
        case Loaded(kept):
            if is_owner(desk.me):
                return StudioForm(kept)
            return titled_card(words("settings.studio"), form(_facts(Choices.of(kept), words)))


@ft.component
def StudioForm(first: SettingsOut) -> ft.Control:
    """What is typed, on what it is based, and what somebody else kept meanwhile."""
    desk, act = use_desk(), use_act()
    words = desk.words
    kept, set_kept = ft.use_state(first)
    typed, put = use_draft(lambda: Choices.of(first))
    draft = typed.value
    nobodys: SettingsOut | None = None
    theirs, set_theirs = ft.use_state(nobodys)

    def fill(**fields: str) -> None:
        put(Choices(**{**asdict(typed.value), **fields}))

    async def keep(on: SettingsOut) -> str:
        changes = {name: asdict(typed.value)[name].strip() for name in typed.value.differing(Choices.of(on))}
        if changes:
            try:
                saved = await desk.api.change_studio_settings(SettingsChanges.model_validate(changes), on.revision)
            except ApiProblem as problem:
                if problem.code != "revision_outdated":
                    raise
                set_theirs(await desk.api.studio_settings())
                return ""
            set_kept(saved)
            put(Choices.of(saved))
        set_theirs(None)
        return words("settings.saved")

    def save(on: SettingsOut) -> None:
        if not typed.value.studio_name.strip():
            act.refuse({"studio_name": words("wrong.studio_name")})
            return

        async def keep_it() -> str:
            return await keep(on)

        act.run(keep_it)

    def take_theirs(newest: SettingsOut) -> None:
        set_kept(newest)
        put(Choices.of(newest))
        set_theirs(None)

    parts: list[ft.Control] = []
    if theirs is not None:
        newest = theirs
        sides = asdict(draft), asdict(Choices.of(newest))
        both = [
            (words(word), _written(name, sides[0][name], words), _written(name, sides[1][name], words))
            for name, word in _NAMES.items()
        ]
        parts.append(two_versions(words, both, lambda: save(newest), lambda: take_theirs(newest)))
    fields = _fields(desk, act, draft, fill, lambda: save(kept))
    save_button = ft.FilledButton(words("settings.save"), on_click=lambda _: save(kept))
    parts.append(titled_card(words("settings.studio"), form([*fields, buttons([save_button], act)])))
    return ft.Column(parts, spacing=space(4))


def _fields(
    desk: Desk, act: Act, draft: Choices, fill: Callable[..., None], save: Callable[[], None]
) -> list[ft.Control]:
    words = desk.words
    name = Looks(label=words("settings.studio_name"), max_length=300, error=act.wrong("studio_name"))
    folder = Looks(label=words("settings.folder_template"), max_length=200, error=act.wrong("folder_template"))
    zones = sorted({draft.time_zone, *(zone for zone in available_timezones() if zone.startswith(CONTINENT))})
    return [
        TypedField(name, draft.studio_name, lambda typed: fill(studio_name=typed), save),
        choice(
            words("settings.studio_language"),
            draft.language,
            [(code, words(f"language.{code}")) for code in LANGUAGES],
            lambda chosen: fill(language=chosen),
        ),
        choice(
            words("settings.time_zone"),
            draft.time_zone,
            [(zone, zone.replace("_", " ")) for zone in zones],
            lambda chosen: fill(time_zone=chosen),
        ),
        ft.Column(
            [
                TypedField(folder, draft.folder_template, lambda typed: fill(folder_template=typed), save),
                text(
                    words("settings.folder_more", example=example_folder(draft.folder_template, words)),
                    "caption",
                    Role.MUTED,
                ),
            ],
            spacing=space(1),
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    ]


def example_folder(template: str, words: Words) -> str:
    """Where a delivery of a made-up client would lie."""
    filled = template.replace("{client}", words("settings.example_client"))
    filled = filled.replace("{project}", words("settings.example_project"))
    return filled.replace("{year}", str(today().year))


def _facts(choices: Choices, words: Words) -> list[ft.Control]:
    return [
        text(words("settings.owners_change"), color=Role.MUTED),
        *(fact(words(_NAMES[name]), _written(name, value, words)) for name, value in asdict(choices).items()),
    ]


_NAMES: Final = {
    "studio_name": "settings.studio_name",
    "language": "settings.studio_language",
    "time_zone": "settings.time_zone",
    "folder_template": "settings.folder_template",
}


def _written(name: str, value: str, words: Words) -> str:
    return words.named("language", value) if name == "language" else value
