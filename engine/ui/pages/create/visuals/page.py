"""The visuals step: a card for each scene, or one scene opened.

Called by engine.ui.pages.create.steps. An opened scene has an address of its own (…/visuals/{scene_id}), so that the
browser's way back leads to the cards.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.client import ApiProblem
from engine.ui.components.states import empty
from engine.ui.desk import use_desk, use_feed
from engine.ui.pages.create.making import jobs_for
from engine.ui.pages.create.studio_things import held_style
from engine.ui.pages.create.visuals.editor import SceneEditor
from engine.ui.pages.create.visuals.grid import SceneGrid
from engine.ui.pages.create.visuals.quote import QuoteDialog
from engine.ui.pages.create.visuals.toolbar import Toolbar
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import space
from engine.ui.words import Words


def visuals_lack(wizard: Wizard, words: Words) -> str:
    """Scenes without a picture are shown as title cards."""
    missing = sum(scene.chosen_take is None for scene in wizard.scenes)
    return words("visuals.lack", count=missing) if missing else ""


@ft.component
def VisualsStep() -> ft.Control:
    """The cards with what goes for all of them, or the scene that this address names."""
    desk, wizard, feed = use_desk(), use_wizard(), use_feed()
    words = desk.words
    part = ft.use_route_params().get("part")
    nothing: tuple[str, ...] = ()
    wanted, want = ft.use_state(nothing)
    jobs = jobs_for(wizard.video_id, feed.jobs.values())
    scenes = wizard.scenes
    opened = wizard.find_scene(part or "")

    async def learn() -> None:
        await wizard.making.learn(desk.api, jobs)

    async def see_pictures() -> None:
        try:
            await wizard.refresh()
        except ApiProblem as problem:
            desk.meet(problem)

    async def hold_style() -> None:
        try:
            held = held_style(desk.api, await desk.api.brand_kit(wizard.video.client_id))
            wizard.hold(held.key, held.told, held.save, held.load)
        except ApiProblem as problem:
            desk.meet(problem)

    ft.use_effect(learn, [job.id for job in jobs])
    ft.use_effect(see_pictures, [(job.id, job.progress) for job in jobs])
    ft.use_effect(hold_style, [])
    if not scenes:
        return empty(words("visuals.none"), words("visuals.none_more"), ft.Icons.IMAGE_OUTLINED)
    parts: list[ft.Control] = [Toolbar(want), SceneGrid(jobs, want)] if opened is None else [_editor(opened.id, want)]
    if wanted:
        parts.append(QuoteDialog(wanted, lambda: want(nothing)))
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _editor(scene_id: str, want: Callable[[tuple[str, ...]], None]) -> ft.Control:
    """Known by its scene: what was said about one is not said about the next."""
    return SceneEditor(scene_id, want, key=scene_id)  # type: ignore[call-arg]  # taken off by Flet
