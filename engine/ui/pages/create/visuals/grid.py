"""The grid: all scenes as cards, in the order of the film, to be put in another order by drag or by keyboard.

Called by engine.ui.pages.create.visuals.page.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.videos import SceneOut
from engine.ui.desk import Layout, use_desk
from engine.ui.pages.create.making import failure_on, job_on
from engine.ui.pages.create.visuals.card import CardActions, SceneCard
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import space

_kept_card = ft.memo(SceneCard)  # type: ignore[no-untyped-call]  # Flet has no types for it
COLUMNS: Final[dict[Layout, int]] = {"wide": 4, "medium": 3, "narrow": 2}


@ft.component
def SceneGrid(jobs: Sequence[JobOut], want: Callable[[tuple[str, ...]], None]) -> ft.Control:
    """want: asks what pictures for these scenes would cost."""
    desk, wizard = use_desk(), use_wizard()
    making, _ = ft.use_state(wizard.making)
    scenes, columns = wizard.scenes, COLUMNS[desk.layout]
    gap = space(3) if desk.layout == "narrow" else space(4)

    def card(place: int, scene: SceneOut) -> ft.Control:
        actions = CardActions(scene.id, place, len(scenes), desk, wizard, want)
        takes = tuple(take for take in wizard.takes if take.scene_id == scene.id)
        job = job_on(scene.id, jobs, making, takes)
        failure = failure_on(scene.id, jobs, making, takes)
        return ft.Container(_kept_card(scene, takes, job, failure, actions, key=scene.id), expand=1)

    cards = [card(place, scene) for place, scene in enumerate(scenes)]
    rows: list[ft.Control] = [
        ft.Row(
            [*cards[start : start + columns], *_fillers(start, columns, len(cards))],
            spacing=gap,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        for start in range(0, len(cards), columns)
    ]
    return ft.Column(rows, spacing=gap)


def _fillers(start: int, columns: int, count: int) -> list[ft.Control]:
    """A last row that is not full keeps its cards as wide as the others."""
    return [ft.Container(expand=1) for _ in range(max(0, start + columns - count))]
