"""What needs somebody now, as rows that lead to where it can be done."""

from collections.abc import Sequence
from typing import Final

import flet as ft

from engine.ui.components.states import empty
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import due, today
from engine.ui.pages.dashboard.overview import Kind, Need
from engine.ui.theme import Radius, Role, space

MOST_ROWS: Final = 5
ICONS: Final[dict[Kind, tuple[ft.IconData, ft.Colors]]] = {
    "question": (ft.Icons.HELP_OUTLINE, Role.CAUTION),
    "failed": (ft.Icons.ERROR_OUTLINE, Role.DANGER),
    "changes": (ft.Icons.RATE_REVIEW_OUTLINED, Role.CAUTION),
    "noted": (ft.Icons.COMMENT_OUTLINED, Role.INFO),
    "written": (ft.Icons.MAIL_OUTLINE, Role.INFO),
    "due": (ft.Icons.EVENT_OUTLINED, Role.INFO),
    "ready": (ft.Icons.PLAY_CIRCLE_OUTLINE, Role.POSITIVE),
}


def needs_card(desk: Desk, needs: Sequence[Need], *, expand: int | None = None) -> ft.Control:
    """The most pressing few, and how many more there are."""
    words = desk.words
    if not needs:
        nothing = empty(words("dashboard.nothing"), words("dashboard.nothing_more"), ft.Icons.DONE_ALL)
        return titled_card(words("dashboard.needs_me"), nothing, expand=expand)
    rows: list[ft.Control] = [_row(desk, need) for need in needs[:MOST_ROWS]]
    if len(needs) > MOST_ROWS:
        more = text(words("dashboard.more", count=len(needs) - MOST_ROWS), "caption", Role.MUTED)
        rows.append(ft.Container(more, padding=ft.Padding.only(left=space(2))))
    return titled_card(words("dashboard.needs_me"), ft.Column(rows, spacing=space(1)), expand=expand)


def _row(desk: Desk, need: Need) -> ft.Control:
    """A button as wide as the card: what it is, and beneath it why it stands here."""
    icon, color = ICONS[need.kind]
    title, why, colour_of_why = _said(desk, need)
    lines: list[ft.Control] = [text(title, "strong", lines=1)]
    if why:
        lines.append(text(why, "caption", colour_of_why, lines=1))
    return ft.TextButton(
        content=ft.Row(
            [ft.Icon(icon, color=color, size=space(5)), ft.Column(lines, spacing=0, expand=True)],
            spacing=space(3),
        ),
        style=ft.ButtonStyle(
            padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(2)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
        on_click=lambda _: _go(desk, need),
    )


def _said(desk: Desk, need: Need) -> tuple[str, str, ft.Colors]:
    words = desk.words
    match need.kind:
        case "failed":
            job = words.named("job", need.name)
            return words("need.failed", what=job), words("need.open_jobs"), Role.MUTED
        case "question":
            return words("need.question"), need.name, Role.MUTED
        case "changes" | "noted" | "written":
            return need.name, _beside(need.client, words(f"need.{need.kind}", who=need.who)), Role.MUTED
        case "due":
            on = need.due_on or today()
            is_pressing = on <= today()
            why = _beside(need.client, due(on, today(), words))
            return need.name, why, Role.DANGER if is_pressing else Role.MUTED
        case "ready":
            return need.name, _beside(need.client, words("need.ready_more")), Role.MUTED


def _beside(client: str, why: str) -> str:
    return f"{why} · {client}" if client else why


def _go(desk: Desk, need: Need) -> None:
    if not need.path:
        desk.view.drawer = "jobs"
    else:
        desk.go(need.path)
