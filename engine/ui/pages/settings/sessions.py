"""Sessions: where one is signed in, to be ended one by one or all at once.

Called by the section You.
"""

import re
from collections.abc import Callable
from typing import Final

import flet as ft

from api.schemas.auth import SessionOut
from engine.ui.components.acting import Act, use_act
from engine.ui.components.forms import Sure, buttons, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.theme import Role, space

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: most of them claim to be those after them too."""
SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@ft.component
def Sessions() -> ft.Control:
    """This one first, then those that were used last."""
    desk, act = use_desk(), use_act()
    words = desk.words
    ended, set_ended = ft.use_state(0)
    match use_loaded(desk.api.sessions, ended):
        case Waiting():
            return titled_card(words("settings.sessions"), skeleton(words, rows=2))
        case Failed() as failed:
            return titled_card(words("settings.sessions"), Trouble(failed))
        case Loaded(sessions):
            items = sorted(sessions.items, key=lambda one: not one.is_this)

    async def end_all() -> str:
        await desk.api.end_all_sessions()
        desk.leave()
        return ""

    rows: list[ft.Control] = []
    for session in items:
        rows += [*([divider()] if rows else []), _row(desk, act, session, lambda: set_ended(lambda before: before + 1))]
    everywhere = Sure(
        words("settings.sessions_end_all"),
        words("settings.sessions_end_all_more"),
        words("settings.keep"),
        lambda: act.run(end_all),
    )
    return titled_card(words("settings.sessions"), form([*rows, buttons([everywhere], act)]))


def _row(desk: Desk, act: Act, session: SessionOut, look_again: Callable[[], None]) -> ft.Control:
    words = desk.words
    name = device(session.user_agent) or words("settings.session_unknown")

    async def end() -> str:
        await desk.api.end_session(session.id)
        look_again()
        return words("settings.session_ended", name=name)

    used = session.last_used_at.astimezone(STUDIO_ZONE)
    when = words("settings.session_used", day=day(used.date(), words), time=f"{used:%H:%M}")
    said = ft.Column(
        [text(name, "strong", lines=1), text(f"{when} · {session.address}", "caption", Role.MUTED)],
        spacing=0,
        expand=True,
    )
    if session.is_this:
        aside: ft.Control = text(words("settings.session_this"), "caption", Role.POSITIVE)
    else:
        label = words("settings.session_end_of", name=name)
        end_it = ft.Text(words("settings.session_end"), semantics_label=label)
        aside = ft.OutlinedButton(content=end_it, on_click=lambda _: act.run(end))
    return ft.Row([said, aside], spacing=space(3))


def device(user_agent: str) -> str:
    """The browser and what it runs on, such as “Firefox · Windows”; empty for a program that tells neither."""
    browser = next((name for sign, name in BROWSERS if re.search(rf"\b{sign}[A-Za-z]*/", user_agent)), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
