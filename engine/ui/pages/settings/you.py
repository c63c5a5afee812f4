"""You: one's own name, password, one-time codes and sessions.

Called by the page of Settings, and by Appearance for what it keeps of a person.
"""

from dataclasses import dataclass, replace
from typing import Final

import flet as ft

from api.schemas.auth import MeChanges
from engine.ui.client import ApiProblem
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, fact, form
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.settings.one_time_codes import OneTimeCodes
from engine.ui.pages.settings.sessions import Sessions
from engine.ui.theme import Role, space

SHORTEST_PASSWORD: Final = 12


@ft.component
def You() -> ft.Control:
    """Everything of the person who is signed in."""
    desk = use_desk()
    parts: list[ft.Control] = [Profile(), Password(), OneTimeCodes(), Sessions()]
    if desk.layout != "wide":  # the sidebar of a wide window has it
        sign_out = desk.words("shell.sign_out")
        run = ft.context.page.run_task
        parts.append(ft.OutlinedButton(sign_out, icon=ft.Icons.LOGOUT, on_click=lambda _: run(desk.sign_out)))
    return ft.Column(parts, spacing=space(6))


@ft.component
def Profile() -> ft.Control:
    """Name, and what only an owner changes. What was typed stays where keeping it fails."""
    desk, act = use_desk(), use_act()
    words = desk.words
    name, set_name = use_draft(lambda: desk.me.name)

    async def keep() -> str:
        await keep_mine(desk, MeChanges(name=name.value.strip()))
        return words("settings.saved")

    def save() -> None:
        if name.value.strip():
            act.run(keep)
        else:
            act.refuse({"name": words("settings.name_missing")})

    looks = Looks(label=words("settings.name"), max_length=300, error=act.wrong("name"))
    rows: list[ft.Control] = [
        TypedField(looks, name.value, set_name, save),
        fact(words("settings.email"), desk.me.email),
        fact(words("settings.role"), words.named("settings", desk.me.role)),
        buttons([ft.FilledButton(words("settings.save"), on_click=lambda _: save())], act),
    ]
    return titled_card(words("settings.profile"), form(rows))


@dataclass(frozen=True)
class NewPassword:
    """As it is being typed."""

    current: str = ""
    new: str = ""


@ft.component
def Password() -> ft.Control:
    """A new one, with the present one as proof."""
    desk, act = use_desk(), use_act()
    words = desk.words
    typed, put = use_draft(NewPassword)

    async def keep() -> str:
        await desk.api.change_password(typed.value.current, typed.value.new)
        put(NewPassword())
        return words("settings.password_changed")

    def save() -> None:
        wrong = {}
        if not typed.value.current:
            wrong["current"] = words("settings.password_missing")
        if len(typed.value.new) < SHORTEST_PASSWORD:
            wrong["password"] = words("wrong.password")
        if wrong:
            act.refuse(wrong)
        else:
            act.run(keep)

    current = Looks(label=words("settings.password_now"), is_secret=True, error=act.wrong("current"))
    new = Looks(
        label=words("settings.password_new"),
        is_secret=True,
        max_length=256,
        error=act.wrong("password") or act.wrong("new"),
    )
    rows: list[ft.Control] = [
        text(words("settings.password_more"), color=Role.MUTED),
        TypedField(current, typed.value.current, lambda said: put(replace(typed.value, current=said)), save),
        TypedField(new, typed.value.new, lambda said: put(replace(typed.value, new=said)), save),
        buttons([ft.OutlinedButton(words("settings.password_change"), on_click=lambda _: save())], act),
    ]
    return titled_card(words("settings.password"), form(rows))


async def keep_mine(desk: Desk, changes: MeChanges) -> None:
    """Keep it and show it everywhere. Where it was changed elsewhere, that is shown. Raises ApiProblem."""
    try:
        desk.take_me(await desk.api.change_me(changes, desk.me.revision))
    except ApiProblem as problem:
        if problem.code == "revision_outdated":
            desk.take_me(await desk.api.me())
        raise
