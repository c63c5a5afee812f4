"""Scene timing: when each scene begins, in numbers, with a way to hear and see it.

Called by the Preview step.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.cuts import CutScene
from engine.ui.components.actions import icon_action
from engine.ui.components.exact_field import ExactField
from engine.ui.components.surfaces import divider
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.create.preview.drafting import Drafting
from engine.ui.pages.create.preview.strip import CutEdge
from engine.ui.theme import Role, space
from engine.ui.timecode import length, shift_typed, timecode

FIELD_PX: Final = space(26)
STEP_MS: Final = 40
"""About a frame of thirty to the second."""


@ft.component
def SceneTiming(
    drafting: Drafting,
    scenes: Sequence[CutScene],
    edges: Sequence[CutEdge],
    most_shift_ms: int,
    shift: Callable[[str, int], None],
    nudge: Callable[[str, int], None],
) -> ft.Control:
    """shift: gets a scene's id and by how much its cut is moved now, in all; nudge: by how much more."""
    desk = use_desk()
    words = desk.words
    run = ft.context.page.run_task
    by_id = {edge.scene_id: edge for edge in edges}
    rows: list[ft.Control] = [text(words("preview.timing_more"), "caption", Role.MUTED)]
    for scene in scenes:
        edge = by_id.get(scene.scene_id)
        at_ms = edge.at_ms if edge is not None else scene.start_ms

        async def play(scene: CutScene = scene) -> None:
            drafting.frame = None
            drafting.player.end_loop()
            await drafting.player.play(scene.start_ms, scene.start_ms + scene.duration_ms)

        listen = icon_action(
            ft.Icons.PLAY_ARROW_ROUNDED,
            words("preview.play_scene", number=scene.number),
            lambda play=play: run(play),  # type: ignore[misc]  # bound now
        )
        said = ft.Column(
            [
                text(f"{scene.number}. {scene.text}", lines=1),
                text(f"{timecode(at_ms)} · {length(scene.duration_ms)}", "caption", Role.MUTED),
            ],
            spacing=0,
            expand=True,
        )
        row = ft.Row([listen, said], spacing=space(2))
        rows += [divider(), row]
        if edge is not None:
            field = _shift_field(desk, edge, most_shift_ms, shift, nudge)
            if desk.layout == "wide":
                row.controls.append(field)
            else:
                rows.append(ft.Row([field], alignment=ft.MainAxisAlignment.END))
    return ft.Column(rows, spacing=space(2))


def _shift_field(
    desk: Desk,
    edge: CutEdge,
    most_shift_ms: int,
    shift: Callable[[str, int], None],
    nudge: Callable[[str, int], None],
) -> ft.Control:
    words = desk.words

    def take(typed: str) -> str:
        shift_ms = shift_typed(typed)
        if shift_ms is None:
            return words("preview.no_shift")
        shift(edge.scene_id, edge.moved(shift_ms - edge.shift_ms, most_shift_ms).shift_ms)
        return ""

    return ft.Row(
        [
            icon_action(
                ft.Icons.REMOVE, words("preview.earlier", number=edge.number), lambda: nudge(edge.scene_id, -STEP_MS)
            ),
            ExactField(
                words("preview.shift", number=edge.number),
                f"{edge.shift_ms:+d}" if edge.shift_ms else "0",
                FIELD_PX,
                take,
            ),
            icon_action(
                ft.Icons.ADD, words("preview.later", number=edge.number), lambda: nudge(edge.scene_id, STEP_MS)
            ),
        ],
        spacing=0,
        tight=True,
    )
