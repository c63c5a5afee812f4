"""The stepper: the steps, which one this is, and what is missing in each. Free to go back and forth.

Called by engine.ui.pages.create.frame.
"""

import flet as ft

from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.pages.create.steps import STEPS, Step, path_of
from engine.ui.pages.create.wizard import Wizard
from engine.ui.theme import FOCUS_RING, HAIRLINE, Radius, Role, space


def stepper(desk: Desk, wizard: Wizard, here: Step) -> ft.Control:
    """A row of steps, as wide as the page."""
    items: list[ft.Control] = [
        ft.Container(_item(desk, wizard, step, number, step is here), expand=True)
        for number, step in enumerate(STEPS, 1)
    ]
    row = ft.Row(items, spacing=space(1) if desk.layout != "narrow" else 0)
    line = ft.Border.only(bottom=ft.BorderSide(HAIRLINE, Role.LINE))
    return ft.Semantics(label=desk.words("create.steps"), container=True, content=ft.Container(row, border=line))


def next_step(desk: Desk, wizard: Wizard, here: Step) -> list[ft.Control]:
    """The way on: filled once nothing is missing here, since then it is what most people want."""
    following = STEPS[STEPS.index(here) + 1 :]
    if not following:
        return []
    said = desk.words("create.next", step=desk.words(f"step.{following[0].slug}"))
    # What no client has seen yet is sent first: that button is the filled one.
    is_way_on = not here.lacks(wizard, desk.words) and (following[0].slug != "review" or bool(wizard.versions))
    kind = ft.FilledButton if is_way_on else ft.OutlinedButton
    return [kind(said, icon=ft.Icons.ARROW_FORWARD, on_click=lambda _: desk.go(path_of(wizard.video_id, following[0])))]


def _item(desk: Desk, wizard: Wizard, step: Step, number: int, is_here: bool) -> ft.Control:
    words = desk.words
    name = words(f"step.{step.slug}")
    lack = step.lacks(wizard, words)
    said = (
        words("create.step_lacks", number=number, step=name, lack=lack)
        if lack
        else words("create.step_named", number=number, step=name)
    )
    label = text(name, "strong" if is_here else "body", Role.INK if is_here else Role.MUTED, lines=1)
    mark = _mark(number, is_here, is_done=not lack)
    content: ft.Control
    if desk.layout == "narrow":
        label = text(name, "caption", Role.INK if is_here else Role.MUTED, lines=1, align=ft.TextAlign.CENTER)
        content = ft.Column(
            [mark, label], spacing=space(1), tight=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER
        )
    else:
        content = ft.Row([mark, label], spacing=space(2), alignment=ft.MainAxisAlignment.CENTER)
    button = ft.TextButton(
        content=ft.Semantics(label=said, exclude_semantics=True, content=content),
        on_click=lambda _: desk.go(path_of(wizard.video_id, step)),
        style=ft.ButtonStyle(
            padding=ft.Padding.symmetric(vertical=space(2)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
    )
    under = ft.BorderSide(FOCUS_RING, Role.ACCENT if is_here else Role.CLEAR)
    return ft.MergeSemantics(
        ft.Semantics(selected=is_here, content=ft.Container(button, border=ft.Border.only(bottom=under)))
    )


def _mark(number: int, is_here: bool, *, is_done: bool) -> ft.Control:
    """A number, or a tick where nothing is missing."""
    color = Role.ACCENT if is_here else Role.POSITIVE if is_done else Role.MUTED
    inside: ft.Control = (
        ft.Icon(ft.Icons.CHECK, size=space(4), color=color)
        if is_done
        else text(str(number), "caption", color, align=ft.TextAlign.CENTER)
    )
    return ft.Container(
        inside,
        width=space(6),
        height=space(6),
        border_radius=space(3),
        border=ft.Border.all(HAIRLINE, color),
        alignment=ft.Alignment.CENTER,
    )
