"""Settings: one's own name, language and theme.

Called by engine.ui.app. Language and theme are chosen and kept in one click; a name is kept when asked to.
"""

import flet as ft

from api.schemas.auth import MeChanges
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.components.surfaces import scrolled, titled_card
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk
from engine.ui.theme import Role, field_border, space
from engine.ui.words import LANGUAGES, Language

FORM_WIDTH = space(140)
THEMES = {
    ft.ThemeMode.SYSTEM: "settings.theme_system",
    ft.ThemeMode.LIGHT: "settings.theme_light",
    ft.ThemeMode.DARK: "settings.theme_dark",
}


@ft.component
def SettingsPage() -> ft.Control:
    """The person's own; the studio's join them later."""
    desk = use_desk()
    words = desk.words
    sign_out = ft.OutlinedButton(
        words("shell.sign_out"), icon=ft.Icons.LOGOUT, on_click=lambda _: ft.context.page.run_task(desk.sign_out)
    )
    return scrolled(
        [
            heading(words("settings.title")),
            ft.Container(Profile(), width=FORM_WIDTH),
            ft.Container(Appearance(), width=FORM_WIDTH),
            sign_out,
        ]
    )


@ft.component
def Profile() -> ft.Control:
    """Name, and what cannot be changed here. What was typed stays where keeping it fails."""
    desk = use_desk()
    words = desk.words
    name, set_name = ft.use_state(desk.me.name)
    said, set_said = ft.use_state("")
    problem, set_problem = ft.use_state("")

    async def save() -> None:
        if not name.strip():
            set_problem(words("settings.name_missing"))
            return
        set_problem("")
        set_said(words("settings.saving"))
        met = await change_me(desk, MeChanges(name=name.strip()))
        set_said("" if met else words("settings.saved"))
        set_problem(said_of(met, words) if met else "")

    field = ft.TextField(
        label=words("settings.name"),
        value=name,
        error=problem or None,
        max_length=300,
        counter="",
        border=field_border(),
        on_change=lambda event: set_name(str(event.control.value)),
        on_submit=lambda _: ft.context.page.run_task(save),
    )
    button = ft.FilledButton(words("settings.save"), on_click=lambda _: ft.context.page.run_task(save))
    rows: list[ft.Control] = [
        field,
        _fact(words("settings.email"), desk.me.email),
        _fact(words("settings.role"), words.named("settings", desk.me.role)),
        ft.Row([button, ft.Semantics(live_region=True, content=text(said, color=Role.MUTED))], spacing=space(4)),
    ]
    form = ft.Column(rows, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return titled_card(words("settings.profile"), form)


@ft.component
def Appearance() -> ft.Control:
    """Language and theme."""
    desk = use_desk()
    words = desk.words
    problem, set_problem = ft.use_state("")

    async def choose_language(language: Language) -> None:
        met = await change_me(desk, MeChanges(language=language))
        set_problem(said_of(met, words) if met else "")

    languages = ft.RadioGroup(
        value=words.language,
        on_change=lambda event: ft.context.page.run_task(choose_language, event.control.value),
        content=ft.Row([ft.Radio(value=code, label=words(f"language.{code}")) for code in LANGUAGES], wrap=True),
    )
    themes = ft.RadioGroup(
        value=desk.theme_mode.value,
        on_change=lambda event: desk.show_theme(ft.ThemeMode(event.control.value)),
        content=ft.Row([ft.Radio(value=mode.value, label=words(word)) for mode, word in THEMES.items()], wrap=True),
    )
    rows: list[ft.Control] = [
        text(words("settings.language"), "strong"),
        ft.Semantics(label=words("settings.language"), container=True, content=languages),
        text(words("settings.theme"), "strong"),
        ft.Semantics(label=words("settings.theme"), container=True, content=themes),
    ]
    if problem:
        rows.append(text(problem, color=Role.DANGER))
    return titled_card(words("settings.appearance"), ft.Column(rows, spacing=space(2)))


async def change_me(desk: Desk, changes: MeChanges) -> ApiProblem | None:
    """Keep it and show it everywhere; the problem where it could not be kept."""
    try:
        desk.take_me(await desk.api.change_me(changes, desk.me.revision))
    except ApiProblem as problem:
        if problem.code == "revision_outdated":
            desk.take_me(await desk.api.me())
        return None if desk.meet(problem) else problem
    return None


def _fact(name: str, value: str) -> ft.Control:
    return ft.Column([text(name, "caption", Role.MUTED), text(value)], spacing=0)
