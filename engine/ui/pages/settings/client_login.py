"""Client login: the line to paste into a website, so that clients find their portal.

Called by the page of Settings. Law: plain HTML with its own looks: no script, no file of the studio, no style that
the website could break.
"""

from html import escape
from typing import Final

import flet as ft

from engine.ui.components.acting import use_act
from engine.ui.components.forms import buttons, fact
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.theme import TOKENS, Role, Size, space

_COLOURS: Final = TOKENS.colours["light"]
LOOKS: Final = (
    f"display:inline-block;padding:12px 20px;border-radius:10px;background:{_COLOURS.accent};"
    f"color:{_COLOURS.on_accent};font:600 16px/1.25 system-ui,sans-serif;text-decoration:none"
)
"""The accent on a light ground, at 4.5 to 1 and 44 px high."""


@ft.component
def ClientLogin() -> ft.Control:
    """Where the portal is, and both lines with a way to copy them."""
    desk, act = use_desk(), use_act()
    words = desk.words
    title = words("settings.client_login")
    match use_loaded(desk.api.client_login):
        case Waiting():
            return titled_card(title, skeleton(words, rows=4))
        case Failed() as failed:
            return titled_card(title, Trouble(failed))
        case Loaded(place):
            pass
    rows: list[ft.Control] = [
        text(words("client_login.more")),
        fact(words("client_login.address"), place.portal_url),
    ]
    if place.is_only_here:
        rows.append(text(words("client_login.only_here"), color=Role.CAUTION))

    def copied(line: str) -> None:
        async def copy() -> str:
            try:
                await ft.Clipboard().set(line)
            except RuntimeError:  # a browser that lets no page at the clipboard
                return words("client_login.not_copied")
            return words("client_login.copied")

        act.run(copy)

    label = words("client_login.label")
    for name, line in (("button", button_line(place.portal_url, label)), ("link", link_line(place.portal_url, label))):
        field = ft.TextField(
            line, label=words(f"client_login.{name}"), read_only=True, multiline=True, text_size=Size.SMALL, dense=True
        )
        spoken = f"{words('settings.copy')}: {words(f'client_login.{name}')}"
        copy = ft.OutlinedButton(
            ft.Text(words("settings.copy"), semantics_label=spoken),
            icon=ft.Icons.COPY,
            on_click=lambda _, line=line: copied(line),
        )
        rows += [field, ft.Row([copy])]
    run = ft.context.page.run_task
    open_it = ft.OutlinedButton(
        words("client_login.try"),
        icon=ft.Icons.OPEN_IN_NEW,
        on_click=lambda _: run(ft.UrlLauncher().launch_url, place.portal_url, web_only_window_name="_blank"),
    )
    rows += [divider(), buttons([open_it], act)]
    return titled_card(title, ft.Column(rows, spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def link_line(portal_url: str, label: str) -> str:
    """A link as the website's own links look. It leads to the overview: who is signed in is not asked again."""
    return f'<a href="{escape(portal_url)}/dashboard">{escape(label)}</a>'


def button_line(portal_url: str, label: str) -> str:
    """The same as a button."""
    return f'<a href="{escape(portal_url)}/dashboard" style="{LOOKS}">{escape(label)}</a>'
