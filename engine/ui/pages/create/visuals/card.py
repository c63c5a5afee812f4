"""A scene's card: its picture large, its sentence, what it cost, and how far a new picture is.

Called by engine.ui.pages.create.visuals.grid.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, cast

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.videos import SceneOut, TakeOut
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import price
from engine.ui.pages.create.making import Failure
from engine.ui.pages.create.wizard import Wizard
from engine.ui.theme import HAIRLINE, Radius, Role, space
from engine.ui.words import Words

PICTURE_SHAPE: Final = 4 / 5
"""Between a phone's film and a square: both can be told by it."""
SENTENCE_LINES: Final = 2
BUTTON_SIZE: Final = space(9)


@dataclass(frozen=True)
class CardActions:
    """What can be done with a scene from its card.

    Equal to another of the same scene at the same place, whatever drawing it was made in: a card whose facts stayed is
    not drawn again (24 cards took 0.3 s for each key that was typed above them).
    """

    scene_id: str
    place: int
    count: int
    desk: Desk = field(compare=False)
    wizard: Wizard = field(compare=False)
    want: Callable[[tuple[str, ...]], None] = field(compare=False)
    """Asks what pictures for these scenes would cost."""

    def open(self) -> None:
        """Show the scene by itself."""
        self.desk.go(f"/create/{self.wizard.video_id}/visuals/{self.scene_id}")

    def make(self) -> None:
        """Ask what a picture would cost."""
        self.want((self.scene_id,))

    def move(self, by: int) -> None:
        """One place earlier (-1) or later (1)."""
        move_scene(self.wizard, self.scene_id, self.place + by)

    def take(self, dropped_id: str) -> None:
        """Another scene is dropped here."""
        move_scene(self.wizard, dropped_id, self.place)


def move_scene(wizard: Wizard, scene_id: str, to: int) -> None:
    """Put a scene at this place; the others make room."""
    order = cast("list[str]", wizard.shown("video", "scene_ids"))
    others = [one for one in order if one != scene_id]
    moved = [*others[:to], scene_id, *others[to:]]
    if len(moved) == len(order):
        wizard.change("video", {"scene_ids": list(moved)}, "order")


@ft.component
def SceneCard(
    scene: SceneOut,
    takes: tuple[TakeOut, ...],
    job: JobOut | None,
    failure: Failure | None,
    actions: CardActions,
) -> ft.Control:
    """One scene. Another card that is dragged over it is told where it would land by an edge in the accent colour."""
    desk = use_desk()
    words, number = desk.words, actions.place + 1
    is_over, set_over = ft.use_state(False)

    def take_drop(event: ft.DragTargetEvent) -> None:
        set_over(False)
        actions.take(str(event.src.data))

    below: list[ft.Control] = [
        text(scene.text, lines=SENTENCE_LINES),
        text(_facts(takes, words), "caption", Role.MUTED, lines=1),
    ]
    if failure is not None and job is None:
        below += [
            ft.Semantics(live_region=True, content=text(failure.reason, "caption", Role.DANGER, lines=4)),
            ft.OutlinedButton(
                content=ft.Text(words("visuals.again"), semantics_label=words("visuals.again_for", number=number)),
                on_click=lambda _: actions.make(),
            ),
        ]
    below.append(_buttons(words, number, scene, actions, is_busy=job is not None))
    content = ft.Column(
        [
            _picture(desk, number, scene, job, actions),
            ft.Container(
                ft.Column(below, spacing=space(1)),
                padding=ft.Padding.only(left=space(3), right=space(3), bottom=space(2)),
            ),
        ],
        spacing=space(2),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    edge = ft.BorderSide(HAIRLINE, Role.ACCENT if is_over else Role.LINE)
    surface = ft.Container(
        content,
        bgcolor=Role.LINE if is_over else Role.SURFACE,
        border=ft.Border(edge, edge, edge, edge),
        border_radius=Radius.MEDIUM,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
    return ft.Semantics(
        container=True,
        label=words("visuals.scene", number=number),
        content=ft.DragTarget(
            group="scene",
            content=surface,
            on_will_accept=lambda _: set_over(True),
            on_leave=lambda _: set_over(False),
            on_accept=take_drop,
        ),
    )


def _picture(desk: Desk, number: int, scene: SceneOut, job: JobOut | None, actions: CardActions) -> ft.Control:
    """A button as large as the picture, with the scene's number and the handle to drag it by."""
    words = desk.words
    take = scene.chosen_take
    none = ft.Container(
        ft.Column(
            [
                ft.Icon(ft.Icons.IMAGE_OUTLINED, color=Role.MUTED, size=space(7)),
                text(words("visuals.no_picture"), "caption", Role.INK, align=ft.TextAlign.CENTER),
            ],
            spacing=space(1),
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        bgcolor=Role.LINE,
        alignment=ft.Alignment.CENTER,
    )
    shown: ft.Control = none
    if take is not None and take.thumbnail_url is not None:
        shown = ft.Image(src=take.thumbnail_url, fit=ft.BoxFit.COVER, error_content=none, exclude_from_semantics=True)
    button = ft.MergeSemantics(
        ft.Semantics(
            label=words("visuals.open_scene", number=number, text=scene.text),
            button=True,
            content=ft.Container(ink=True, on_click=lambda _: actions.open()),
        )
    )
    layers: list[ft.Control] = [
        shown,
        button,
        ft.Container(_chip(str(number)), left=space(2), top=space(2)),
        ft.Container(_handle(number, scene, words), right=space(2), top=space(2)),
    ]
    if job is not None:
        layers.append(ft.Container(_progress(job, words), left=0, right=0, bottom=0))
    return ft.Container(ft.Stack(layers, fit=ft.StackFit.EXPAND), aspect_ratio=PICTURE_SHAPE)


def _progress(job: JobOut, words: Words) -> ft.Control:
    """How far the new picture is, over the foot of the old one."""
    said = words.named("stage", job.stage) if job.stage else words(f"status.{job.status}")
    if job.status == "waiting":
        said = words("visuals.waits")
    bar = ft.ProgressBar(
        value=(job.progress or None) if job.status == "running" else 0,
        semantics_label=words("jobs.progress_of", job=words.named("job", job.kind)),
    )
    line = ft.Container(
        text(said, "caption", lines=1), padding=ft.Padding.symmetric(vertical=space(1), horizontal=space(3))
    )
    return ft.Semantics(
        live_region=True, content=ft.Container(ft.Column([line, bar], spacing=0, tight=True), bgcolor=Role.SURFACE)
    )


def _buttons(words: Words, number: int, scene: SceneOut, actions: CardActions, *, is_busy: bool) -> ft.Control:
    """In this order: they are reached by keyboard in it."""
    later = partial(actions.move, 1) if actions.place + 1 < actions.count else None
    make = words("visuals.make_new" if scene.chosen_take else "visuals.make_for", number=number)
    return ft.Row(
        [
            _small(
                ft.Icons.ARROW_BACK,
                words("visuals.earlier", number=number),
                partial(actions.move, -1) if actions.place else None,
            ),
            _small(ft.Icons.ARROW_FORWARD, words("visuals.later", number=number), later),
            ft.Container(expand=True),
            _small(ft.Icons.AUTO_AWESOME_OUTLINED, make, None if is_busy else actions.make),
            _small(ft.Icons.TUNE, words("visuals.edit_of", number=number), actions.open),
        ],
        spacing=0,
    )


def _small(icon: ft.IconData, name: str, do: Callable[[], None] | None) -> ft.Control:
    return ft.IconButton(
        ft.Icon(icon, semantics_label=name, color=Role.INK if do else Role.LINE, size=space(5)),
        tooltip=name,
        disabled=do is None,
        width=BUTTON_SIZE,
        height=BUTTON_SIZE,
        padding=0,
        on_click=(lambda _: do()) if do else None,
    )


def _handle(number: int, scene: SceneOut, words: Words) -> ft.Control:
    """Only the handle drags, so that a finger on the picture still scrolls the page."""
    grip = ft.Icon(ft.Icons.DRAG_INDICATOR, size=space(5), color=Role.INK)
    seen = ft.Container(grip, bgcolor=Role.SURFACE, border_radius=Radius.SMALL, padding=space(1))
    dragged = ft.Container(_chip(words("visuals.scene", number=number)), opacity=0.9)
    return ft.Semantics(
        identifier=f"drag-{number}",
        content=ft.Draggable(
            group="scene", data=scene.id, content=seen, content_feedback=dragged, max_simultaneous_drags=1
        ),
    )


def _chip(said: str) -> ft.Control:
    return ft.Container(
        text(said, "strong"),
        bgcolor=Role.SURFACE,
        border_radius=Radius.SMALL,
        padding=ft.Padding.symmetric(vertical=0, horizontal=space(2)),
    )


def _facts(takes: Sequence[TakeOut], words: Words) -> str:
    """How many variants there are, and what they cost together."""
    if not takes:
        return words("visuals.no_takes")
    count = words("visuals.takes", count=len(takes)) if len(takes) > 1 else words("visuals.take")
    return f"{count} · {price(sum(take.cost_micros for take in takes), words)}"
