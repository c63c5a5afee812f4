"""Staff: whom the owner lets in, and as what.

Called by the page of Settings, for owners. Law: a first password is shown once, to whoever made it; the api keeps none.
"""

import secrets
import string
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

import flet as ft

from api.schemas.auth import Role as StaffRole
from api.schemas.auth import StaffOut
from api.schemas.staff import StaffChanges, StaffIn
from engine.ui.components.acting import use_act
from engine.ui.components.choice import choice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, fact, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.settings.you import SHORTEST_PASSWORD
from engine.ui.theme import Role, space
from engine.ui.words import LANGUAGES, Words

ROLES: Final[tuple[StaffRole, ...]] = ("producer", "owner")
_SIGNS: Final = "".join(sign for sign in string.ascii_lowercase + string.digits if sign not in "l1o0i")
"""Those that nobody mistakes for each other on a note."""


@ft.component
def Staff() -> ft.Control:
    """Everybody, and a form for one more."""
    desk = use_desk()
    words = desk.words
    changes, set_changes = ft.use_state(0)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    content: ft.Control
    match use_loaded(desk.api.staff, changes):
        case Waiting():
            content = skeleton(words, rows=4)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded(staff):
            rows: list[ft.Control] = []
            for person in staff.items:
                row = Person(person, look_again, key=person.id)  # type: ignore[call-arg]  # Flet takes the key off
                rows += [divider(), row] if rows else [row]
            content = ft.Column(rows, spacing=space(3))
    return ft.Column([titled_card(words("settings.staff"), content), NewPerson(look_again)], spacing=space(6))


@ft.component
def Person(person: StaffOut, look_again: Callable[[], None]) -> ft.Control:
    """One of the staff, with a role to choose and a way out and in."""
    desk, act = use_desk(), use_act()
    words = desk.words
    name = person.name or person.email

    def ask(change: Callable[[], Awaitable[StaffOut]], said: str) -> None:
        async def do() -> str:
            try:
                changed = await change()
            finally:
                look_again()  # a refusal may mean that it was changed elsewhere
            if changed.id == desk.me.id:
                desk.take_me(changed)
            return said

        act.run(do)

    def choose(role: str) -> None:
        if role != person.role:
            changes = StaffChanges.model_validate({"role": role})
            said = words("staff.role_changed", name=name, role=words.named("settings", role).lower())
            ask(lambda: desk.api.change_staff(person.id, changes, person.revision), said)

    if person.disabled_at is None:
        switch = ft.OutlinedButton(
            content=ft.Text(words("staff.disable"), semantics_label=words("staff.disable_of", name=name)),
            on_click=lambda _: ask(lambda: desk.api.disable_staff(person.id), words("staff.disabled", name=name)),
        )
    else:
        switch = ft.OutlinedButton(
            content=ft.Text(words("staff.enable"), semantics_label=words("staff.enable_of", name=name)),
            on_click=lambda _: ask(lambda: desk.api.enable_staff(person.id), words("staff.enabled", name=name)),
        )
    roles = [(role, words.named("settings", role)) for role in ROLES]
    role_choice = ft.Container(
        choice(words("staff.role_of", name=name), person.role, roles, choose, is_dense=True), width=space(44)
    )
    facts = ft.Column(
        [text(name, "strong", lines=1), text(_facts(person, desk), "caption", Role.MUTED)], spacing=0, expand=True
    )
    actions = ft.Row([role_choice, switch], spacing=space(3), run_spacing=space(2), wrap=True)
    parts: list[ft.Control] = [facts, actions] if desk.layout == "narrow" else [ft.Row([facts, actions])]
    if act.outcome.said or act.outcome.problem:
        parts.append(act.line())
    return ft.Column(parts, spacing=space(2))


def _facts(person: StaffOut, desk: Desk) -> str:
    words = desk.words
    facts = [person.email] if person.name else []
    facts += [words("staff.you")] if person.id == desk.me.id else []
    facts += [words("staff.has_codes")] if person.has_totp else []
    facts += [words("staff.is_out")] if person.disabled_at else []
    return " · ".join(facts)


@dataclass(frozen=True)
class Draft:
    """A new person as they are being filled in."""

    name: str = ""
    email: str = ""
    role: str = "producer"
    language: str = "nl"
    password: str = ""

    def lacks(self, words: Words) -> dict[str, str]:
        """What must be filled in first, by field."""
        wrong = {}
        if not self.name.strip():
            wrong["name"] = words("staff.name_missing")
        if "@" not in self.email.strip("@ "):
            wrong["email"] = words("wrong.email")
        if len(self.password) < SHORTEST_PASSWORD:
            wrong["password"] = words("wrong.password")
        return wrong


def new_password() -> str:
    """Four groups of four signs that are easily read out: some 78 bits of chance."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


@ft.component
def NewPerson(look_again: Callable[[], None]) -> ft.Control:
    """The form; once somebody is in, their first password, until it was passed on."""
    desk, act = use_desk(), use_act()
    words = desk.words
    typed_in, put = use_draft(lambda: Draft(password=new_password()))
    nobody: Draft | None = None
    added, set_added = ft.use_state(nobody)
    if added is not None:
        return _let_in(desk, added, lambda: set_added(None))

    def fill(**fields: str) -> None:
        put(replace(typed_in.value, **fields))

    async def add() -> str:
        draft = typed_in.value
        person = StaffIn.model_construct(
            name=draft.name.strip(),
            email=draft.email.strip(),
            role="owner" if draft.role == "owner" else "producer",
            language="en" if draft.language == "en" else "nl",
            password=draft.password,
        )
        await desk.api.add_staff(person)
        set_added(draft)
        put(Draft(password=new_password()))
        look_again()
        return ""

    def ask() -> None:
        if lacks := typed_in.value.lacks(words):
            act.refuse(lacks)
        else:
            act.run(add)

    def typed(name: str, word: str) -> ft.Control:
        looks = Looks(label=words(word), max_length=256, error=act.wrong(name))
        return TypedField(looks, str(getattr(typed_in.value, name)), lambda value: fill(**{name: value}), ask)

    draft = typed_in.value
    rows: list[ft.Control] = [
        typed("name", "settings.name"),
        typed("email", "settings.email"),
        choice(
            words("settings.role"),
            draft.role,
            [(role, words.named("settings", role)) for role in ROLES],
            lambda chosen: fill(role=chosen),
        ),
        text(words(f"may.{draft.role}"), "caption", Role.MUTED),
        choice(
            words("settings.language"),
            draft.language,
            [(code, words(f"language.{code}")) for code in LANGUAGES],
            lambda chosen: fill(language=chosen),
        ),
        typed("password", "staff.first_password"),
        text(words("staff.first_password_more"), "caption", Role.MUTED),
        buttons([ft.FilledButton(words("staff.add"), on_click=lambda _: ask())], act),
    ]
    return titled_card(words("staff.new"), form(rows))


def _let_in(desk: Desk, person: Draft, done: Callable[[], None]) -> ft.Control:
    """What to pass on; it is shown this once."""
    words = desk.words
    run = ft.context.page.run_task
    actions: list[ft.Control] = [
        ft.FilledButton(words("staff.passed_on"), on_click=lambda _: done()),
        ft.OutlinedButton(
            words("settings.copy"), icon=ft.Icons.COPY, on_click=lambda _: run(ft.Clipboard().set, person.password)
        ),
    ]
    said = text(words("staff.added_more", name=person.name.strip()), color=Role.MUTED)
    rows: list[ft.Control] = [
        said,
        fact(words("settings.email"), person.email.strip()),
        fact(words("staff.first_password"), person.password),
        ft.Row(actions, spacing=space(3), run_spacing=space(2), wrap=True),
    ]
    content = ft.Semantics(live_region=True, container=True, content=form(rows))
    return titled_card(words("staff.added", name=person.name.strip()), content)
