"""States: what is seen in place of content while it is on its way, when it did not come, and when there is none.

Called by pages and drawers.
"""

import flet as ft

from engine.ui.client import ApiProblem
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed
from engine.ui.theme import Radius, Role, space
from engine.ui.words import WORDS, Words


def skeleton(words: Words, rows: int) -> ft.Control:
    """Grey bars where rows will be."""
    bar = ft.Container(bgcolor=Role.LINE, border_radius=Radius.SMALL, height=space(5))
    bars: list[ft.Control] = [
        ft.Container(bgcolor=bar.bgcolor, border_radius=bar.border_radius, height=bar.height) for _ in range(rows)
    ]
    return ft.Semantics(label=words("sign_in.busy"), content=ft.Column(bars, spacing=space(4)))


def said_of(problem: ApiProblem, words: Words) -> str:
    """What a person reads of a problem: our words for it where we have them, else the api's own."""
    key = f"problem.{problem.code}"
    return words(key) if key in WORDS else problem.message


@ft.component
def Trouble(failed: Failed) -> ft.Control:
    """What went wrong and a way to try again."""
    words = use_desk().words
    return ft.Column(
        [
            text(words("problem.title"), "title", Role.DANGER),
            text(said_of(failed.problem, words), color=Role.MUTED),
            ft.OutlinedButton(words("problem.retry"), icon=ft.Icons.REFRESH, on_click=lambda _: failed.retry()),
        ],
        spacing=space(2),
    )


def empty(title: str, more: str, icon: ft.IconData) -> ft.Control:
    """Nothing there, and what brings something."""
    return ft.Column(
        [
            ft.Icon(icon, color=Role.MUTED, size=space(6)),
            text(title, "strong"),
            text(more, color=Role.MUTED),
        ],
        spacing=space(1),
    )
