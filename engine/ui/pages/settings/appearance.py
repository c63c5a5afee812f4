"""Appearance: language and theme, each chosen and kept in one click.

Called by the page of Settings.
"""

from typing import cast

import flet as ft

from api.schemas.auth import MeChanges
from engine.ui.chosen import chosen
from engine.ui.components.acting import use_act
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk, use_view
from engine.ui.pages.settings.you import keep_mine
from engine.ui.theme import space
from engine.ui.words import LANGUAGES, Language

THEMES = {
    ft.ThemeMode.SYSTEM: "settings.theme_system",
    ft.ThemeMode.LIGHT: "settings.theme_light",
    ft.ThemeMode.DARK: "settings.theme_dark",
}


@ft.component
def Appearance() -> ft.Control:
    """The language goes with the person, the theme with the browser."""
    desk, view, act = use_desk(), use_view(), use_act()
    words = desk.words

    def choose_language(language: Language) -> None:
        async def keep() -> str:
            await keep_mine(desk, MeChanges(language=language))
            return ""

        act.run(keep)

    languages = ft.RadioGroup(
        value=words.language,
        on_change=lambda event: choose_language(cast("Language", chosen(event))),
        content=ft.Row([ft.Radio(value=code, label=words(f"language.{code}")) for code in LANGUAGES], wrap=True),
    )
    themes = ft.RadioGroup(
        value=view.theme_mode.value,
        on_change=lambda event: desk.show_theme(ft.ThemeMode(chosen(event))),
        content=ft.Row([ft.Radio(value=mode.value, label=words(word)) for mode, word in THEMES.items()], wrap=True),
    )
    rows: list[ft.Control] = [
        text(words("settings.language"), "strong"),
        ft.Semantics(label=words("settings.language"), container=True, content=languages),
        text(words("settings.theme"), "strong"),
        ft.Semantics(label=words("settings.theme"), container=True, content=themes),
    ]
    if act.outcome.problem:
        rows.append(act.line())
    return titled_card(words("settings.appearance"), ft.Column(rows, spacing=space(2)))
