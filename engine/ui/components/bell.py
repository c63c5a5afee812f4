"""The bell: one's own notifications, where they lead, and marking them as read.

Called by engine.ui.components.shell; `use_read_notices` by pages that notices lead to.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import flet as ft

from api.schemas.notifications import NotificationOut
from engine.ui.client import ApiProblem
from engine.ui.components.drawers import drawer
from engine.ui.components.states import empty, said_by_code, said_of
from engine.ui.components.surfaces import card, dot
from engine.ui.components.texts import text
from engine.ui.desk import use_desk, use_feed
from engine.ui.live import refresh_bell
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.theme import Role, space
from engine.ui.words import Words

LEADS_TO: Final = ("/projects/", "/clients/", "/costs")
"""Where this app has a page; a notice of anything else is read and leads nowhere."""


def use_read_notices(path: str) -> None:
    """Whoever is at the page that notices lead to has read them. path: as the notices have it."""
    desk, feed = use_desk(), use_feed()
    unread = [notice.id for notice in feed.notices if notice.read_at is None and notice.path == path]

    async def read() -> None:
        if unread:
            with suppress(ApiProblem):  # they stay new, and the next page that they lead to tries again
                await desk.api.mark_read(unread)
                await refresh_bell(desk)

    ft.use_effect(read, [*unread])


@ft.component
def BellDrawer() -> ft.Control:
    """The newest first; what is new is said in words too."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    problem, set_problem = ft.use_state("")

    async def mark_read() -> None:
        try:
            await desk.api.mark_all_read()
            await refresh_bell(desk)
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))

    async def read_one(notice: NotificationOut) -> None:
        with suppress(ApiProblem):  # the page that it leads to says what is wrong
            await desk.api.mark_read([notice.id])
            await refresh_bell(desk)

    def follow(notice: NotificationOut) -> None:
        desk.go(notice.path)
        ft.context.page.run_task(read_one, notice)

    shown: list[ft.Control] = [_notice(notice, words, follow) for notice in feed.notices]
    if not shown:
        shown = [empty(words("bell.none"), words("bell.none_more"), ft.Icons.NOTIFICATIONS_NONE)]
    if feed.unread:
        button = ft.OutlinedButton(words("bell.mark_read"), on_click=lambda _: ft.context.page.run_task(mark_read))
        shown.insert(0, button)
    if problem:
        shown.insert(0, text(problem, color=Role.DANGER))
    return drawer(desk, words("bell.title"), ft.Column(shown, spacing=space(2)))


def _why(notice: NotificationOut, words: Words) -> str:
    """What went wrong with what the notice tells of; empty where it tells of no problem."""
    facts = notice.facts.get("problem_facts")
    code, own = str(notice.facts.get("problem_code", "")), str(notice.facts.get("problem", ""))
    return said_by_code(code, own, words, facts if isinstance(facts, dict) else None)


def _notice(notice: NotificationOut, words: Words, follow: Callable[[NotificationOut], None]) -> ft.Control:
    """What happened; a click leads to where something can be done about it."""
    is_new = notice.read_at is None
    when = day(notice.created_at.astimezone(STUDIO_ZONE).date(), words)
    facts = {name: fact for name, fact in notice.facts.items() if isinstance(fact, str | int)}
    facts["why"] = _why(notice, words)
    said = ft.Column(
        [
            text(words.named("notice", notice.kind, facts=facts), "strong" if is_new else "body"),
            text(f"{when} · {words('bell.new')}" if is_new else when, "caption", Role.MUTED),
        ],
        spacing=space(1),
        expand=True,
    )
    mark = ft.Container(dot(Role.ACCENT if is_new else Role.CLEAR), padding=ft.Padding.only(top=space(2)))
    shown = card(ft.Row([mark, said], spacing=space(3), vertical_alignment=ft.CrossAxisAlignment.START))
    if not notice.path.startswith(LEADS_TO):
        return shown
    shown.ink = True
    shown.on_click = lambda _: follow(notice)
    return ft.MergeSemantics(ft.Semantics(button=True, content=shown))
