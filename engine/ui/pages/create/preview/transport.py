"""The transport: play, step by frame and by scene, loop, and the keys that do the same.

Called by the Preview step. Keys, while none goes into a text field: K, or Space on the play button, plays and pauses;
J and L jump a second, comma and full stop step a frame.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import flet as ft

from api.schemas.cuts import CutScene
from engine.ui.components.actions import icon_action
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.desk import use_desk, use_keys
from engine.ui.pages.create.preview.drafting import Drafting
from engine.ui.theme import Role, space
from engine.ui.timecode import timecode

JUMP_MS: Final = 1000
NEAR_START_MS: Final = 400
"""So near to its beginning, “the scene before” means the one before this one."""


def scene_at(scenes: list[CutScene], at_ms: int) -> CutScene | None:
    """The scene that shows at a place; the last one at the film's very end."""
    return next((scene for scene in reversed(scenes) if scene.start_ms <= at_ms), None)


def place_before(scenes: list[CutScene], at_ms: int) -> int:
    """Where “back” goes: the beginning of this scene, or of the one before it."""
    return next((scene.start_ms for scene in reversed(scenes) if scene.start_ms < at_ms - NEAR_START_MS), 0)


def place_after(scenes: list[CutScene], at_ms: int, duration_ms: int) -> int:
    """Where “on” goes: the beginning of the next scene, or the end."""
    return next((scene.start_ms for scene in scenes if scene.start_ms > at_ms), duration_ms)


@ft.component
def Transport(drafting: Drafting, player: Player) -> ft.Control:
    """Drawn again as the player moves."""
    desk = use_desk()
    words = desk.words
    run = ft.context.page.run_task
    scenes = drafting.cut.scenes if drafting.cut is not None else []
    duration_ms = drafting.draft.duration_ms if drafting.draft is not None else 0

    async def loop() -> None:
        scene = scene_at(scenes, player.position_ms)
        if player.loops is not None:
            player.end_loop()
        elif scene is not None:
            drafting.frame = None
            await player.loop(scene.start_ms, scene.start_ms + scene.duration_ms)

    async def jump(by_ms: int) -> None:
        await drafting.seek(player.position_ms + by_ms)

    keys: dict[str, Callable[[], Awaitable[None]]] = {
        "K": drafting.toggle,
        "J": lambda: jump(-JUMP_MS),
        "L": lambda: jump(JUMP_MS),
        ",": lambda: drafting.step(-1),
        ".": lambda: drafting.step(1),
    }

    def hear(event: ft.KeyboardEvent) -> None:
        if event.key in keys and not (desk.is_typing or event.ctrl or event.alt or event.meta):
            run(_do, keys[event.key])

    use_keys(hear)
    play_name = words("player.pause" if player.is_playing else "player.play")
    play = ft.IconButton(
        ft.Icon(
            ft.Icons.PAUSE if player.is_playing else ft.Icons.PLAY_ARROW_ROUNDED,
            semantics_label=play_name,
            color=Role.ON_ACCENT,
        ),
        bgcolor=Role.ACCENT,
        autofocus=True,
        on_click=lambda _: run(drafting.toggle),
    )
    is_looping = player.loops is not None
    before = place_before(scenes, player.position_ms)
    after = place_after(scenes, player.position_ms, duration_ms)
    buttons: list[ft.Control] = [
        icon_action(ft.Icons.SKIP_PREVIOUS, words("preview.scene_back"), lambda: run(drafting.seek, before)),
        icon_action(ft.Icons.CHEVRON_LEFT, words("preview.frame_back"), lambda: run(drafting.step, -1)),
        play,
        icon_action(ft.Icons.CHEVRON_RIGHT, words("preview.frame_on"), lambda: run(drafting.step, 1)),
        icon_action(ft.Icons.SKIP_NEXT, words("preview.scene_on"), lambda: run(drafting.seek, after)),
        icon_action(
            ft.Icons.REPEAT,
            words("preview.loop_end" if is_looping else "preview.loop"),
            lambda: run(loop),
            color=Role.ACCENT if is_looping else Role.INK,
        ),
    ]
    return ft.Row(
        [*buttons, Place(drafting, player)],
        spacing=space(1),
        alignment=ft.MainAxisAlignment.CENTER,
        wrap=desk.layout != "wide",
    )


@ft.component
def Place(drafting: Drafting, player: Player) -> ft.Control:
    """Where it is: in time, and the frame's number while one is looked at."""
    words = use_desk().words
    duration_ms = drafting.draft.duration_ms if drafting.draft is not None else 0
    said = f"{timecode(player.position_ms)} / {timecode(duration_ms)}"
    if drafting.frame is not None:
        said = f"{said} · {words('preview.frame', number=drafting.frame)}"
    shown = ft.Container(text(said, color=Role.MUTED), padding=ft.Padding.only(left=space(2)))
    return ft.Semantics(live_region=drafting.frame is not None, content=shown)


async def _do(act: Callable[[], Awaitable[None]]) -> None:
    await act()
