"""The grid: all scenes as cards, in the order of the film, to be put in another order by drag or by keyboard.

Called by engine.ui.pages.create.visuals.page.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.videos import SceneOut
from engine.ui.desk import Layout, use_desk
from engine.ui.gradually import use_gradually
from engine.ui.pages.create.making import failure_on, job_on
from engine.ui.pages.create.visuals.card import CardActions, SceneCard
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import space

_kept_card = ft.memo(SceneCard)  # type: ignore[no-untyped-call]  # Flet has no types for it
ALL_COLUMNS: Final = 12
COLUMNS: Final[dict[Layout, int]] = {"wide": 4, "medium": 3, "narrow": 2}
ROWS_AT_ONCE: Final = 2
"""More stand below the fold."""


@ft.component
def SceneGrid(jobs: Sequence[JobOut], want: Callable[[tuple[str, ...]], None]) -> ft.Control:
    """want: asks what pictures for these scenes would cost."""
    desk, wizard = use_desk(), use_wizard()
    making, _ = ft.use_state(wizard.making)
    scenes, columns = wizard.scenes, COLUMNS[desk.layout]
    drawn = use_gradually(len(scenes), columns * ROWS_AT_ONCE)
    gap = space(3) if desk.layout == "narrow" else space(4)

    def card(place: int, scene: SceneOut) -> ft.Control:
        actions = CardActions(scene.id, place, len(scenes), desk, wizard, want)
        takes = tuple(take for take in wizard.takes if take.scene_id == scene.id)
        job = job_on(scene.id, jobs, making, takes)
        failure = failure_on(scene.id, jobs, making, takes)
        kept = _kept_card(scene, takes, job, failure, actions, key=scene.id)
        return ft.Container(kept, key=scene.id, col=ALL_COLUMNS // columns)

    # One list of cards that are known by their scenes: in another order they move, and are not made anew.
    return ft.ResponsiveRow(
        [card(place, scene) for place, scene in enumerate(scenes[:drawn])],
        columns=ALL_COLUMNS,
        spacing=gap,
        run_spacing=gap,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
