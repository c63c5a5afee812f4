"""A scene, opened: its picture as large as there is room for, every take, its prompt, and how it moves.

Called by engine.ui.pages.create.visuals.page.
"""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import uuid4

import flet as ft
from pydantic import JsonValue

from api.schemas.assets import AssetOut
from api.schemas.jobs import JobOut
from api.schemas.videos import SceneOut, TakeIn
from engine.ui.client import ApiProblem
from engine.ui.components.actions import icon_action
from engine.ui.components.large_files import large_file_action
from engine.ui.components.states import said_of
from engine.ui.components.surfaces import card
from engine.ui.components.texts import heading, text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.pages.create.library import LibraryDialog
from engine.ui.pages.create.making import failure_on, job_on, jobs_for
from engine.ui.pages.create.visuals.buying import draw_cards
from engine.ui.pages.create.visuals.focus import FocusPicture
from engine.ui.pages.create.visuals.moves import Moves
from engine.ui.pages.create.visuals.takes import take_strip
from engine.ui.pages.create.wizard import Wizard, scene_key, use_wizard
from engine.ui.theme import Role, space
from engine.ui.uploading import Disk, use_disk
from engine.ui.words import Words

PICTURE_ENDINGS: Final = ("jpg", "jpeg", "png", "webp", "avif", "gif")
LONGEST_PROMPT: Final = 4000


@ft.component
def SceneEditor(scene_id: str, want: Callable[[tuple[str, ...]], None]) -> ft.Control:
    """want: asks what a picture would cost."""
    desk, wizard = use_desk(), use_wizard()
    scene = wizard.find_scene(scene_id)
    if scene is None:
        return ft.Container()

    def set_focus(focus: dict[str, JsonValue] | None) -> None:
        wizard.change(scene_key(scene_id), {"focus": focus}, "focus")

    picture, panel = FocusPicture(scene, set_focus), ScenePanel(scene_id, want)
    body: ft.Control
    if desk.layout == "narrow":
        body = ft.Column([picture, panel], spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    else:
        body = ft.Row(
            [picture, ft.Container(panel, expand=True)],
            spacing=space(5),
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    return ft.Column(
        [_head(desk, wizard, scene), body], spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


@ft.component
def ScenePanel(scene_id: str, want: Callable[[tuple[str, ...]], None]) -> ft.Control:
    """What is said, where a picture may come from, the takes, and how it is made and moves."""
    desk, wizard, feed = use_desk(), use_wizard(), use_feed()
    words = desk.words
    making, _ = ft.use_state(wizard.making)
    problem, set_problem = ft.use_state("")
    is_choosing, set_choosing = ft.use_state(False)
    disk = use_disk()
    takes = [take for take in wizard.takes if take.scene_id == scene_id]
    intent = ft.use_memo(lambda: uuid4().hex, [len(takes), making.format])
    scene = wizard.find_scene(scene_id)
    if scene is None:
        return ft.Container()
    jobs = jobs_for(wizard.video_id, feed.jobs.values())
    job = job_on(scene.id, jobs, making, takes)
    failure = failure_on(scene.id, jobs, making, takes)
    run = ft.context.page.run_task

    async def use(asset_id: str) -> None:
        set_choosing(False)
        try:
            take = TakeIn(asset_id=asset_id, kind="image", scene_id=scene_id)
            await desk.api.use_file(wizard.video_id, take, f"{scene_id}-{asset_id}-{len(takes)}")
            await wizard.refresh()
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))

    async def upload() -> None:
        brought = await disk.bring("image", PICTURE_ENDINGS, wizard.video.client_id)
        if brought is not None:
            await use(brought.id)

    async def draw() -> None:
        set_problem(await draw_cards(desk, wizard, [scene_id], intent))

    def use_file(file: AssetOut) -> None:
        run(use, file.id)

    make = ft.FilledButton(
        words("visuals.make_another") if scene.chosen_take else words("visuals.make_one"),
        icon=ft.Icons.AUTO_AWESOME_OUTLINED,
        disabled=job is not None,
        on_click=lambda _: want((scene_id,)),
    )
    ways: list[ft.Control] = [
        make,
        ft.OutlinedButton(words("visuals.upload"), on_click=lambda _: run(upload)),
        ft.OutlinedButton(words("visuals.from_library"), on_click=lambda _: set_choosing(True)),
        ft.OutlinedButton(words("visuals.free_card"), on_click=lambda _: run(draw)),
        large_file_action(desk, client_id=wizard.video.client_id, use="image"),
    ]
    prompt = TypedField(
        Looks(words("visuals.prompt"), hint=scene.text, min_lines=2, max_lines=6, max_length=LONGEST_PROMPT),
        scene.prompt,
        lambda typed: wizard.change(scene_key(scene_id), {"prompt": typed}, "prompt", is_typing=True),
    )
    parts: list[ft.Control] = [
        text(scene.text),
        *_under_way(words, job, disk, problem or (failure.reason if failure else "")),
        ft.Row(ways, spacing=space(2), run_spacing=space(2), wrap=True),
        take_strip(desk, scene, takes, lambda take: wizard.choose(scene_id, take.id)),
        prompt,
        Moves(scene, lambda name, value: wizard.change(scene_key(scene_id), {name: value}, name)),
    ]
    if is_choosing:
        parts.append(LibraryDialog("image", wizard.video.client_id, use_file, lambda: set_choosing(False)))
    return card(ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _under_way(words: Words, job: JobOut | None, disk: Disk, problem: str) -> list[ft.Control]:
    """What happens to this scene now, or what went wrong last."""
    if job is not None:
        name = words.named("job", job.kind)
        bar = ft.ProgressBar(value=job.progress or None, semantics_label=words("jobs.progress_of", job=name))
        return [text(words("visuals.waits") if job.status == "waiting" else name, "caption", Role.MUTED), bar]
    if disk.progress is not None:
        return [ft.ProgressBar(value=disk.progress or None, semantics_label=words("visuals.upload"))]
    told = problem or disk.problem
    return [ft.Semantics(live_region=True, content=text(told, color=Role.DANGER))] if told else []


def _head(desk: Desk, wizard: Wizard, scene: SceneOut) -> ft.Control:
    """Which scene this is, the way back to all of them, and to the ones beside it."""
    words, scenes = desk.words, wizard.scenes
    place = next((place for place, one in enumerate(scenes) if one.id == scene.id), 0)
    back = icon_action(
        ft.Icons.GRID_VIEW, words("visuals.all_scenes"), lambda: desk.go(f"/create/{wizard.video_id}/visuals")
    )
    name = heading(words("visuals.scene_of", number=place + 1, count=len(scenes)), "title", level=2)
    return ft.Row([back, ft.Container(name, expand=True), *_neighbours(desk, wizard, place)], spacing=space(2))


def _neighbours(desk: Desk, wizard: Wizard, place: int) -> list[ft.Control]:
    """The scene before this one and the one after it."""
    scenes, buttons = wizard.scenes, []
    for icon, word, other in (
        (ft.Icons.CHEVRON_LEFT, "visuals.previous", place - 1),
        (ft.Icons.CHEVRON_RIGHT, "visuals.next", place + 1),
    ):
        is_there = 0 <= other < len(scenes)
        path = f"/create/{wizard.video_id}/visuals/{scenes[other].id}" if is_there else ""
        button = icon_action(icon, desk.words(word), partial(desk.go, path), color=Role.INK if is_there else Role.LINE)
        button.disabled = not is_there
        buttons.append(button)
    return list(buttons)
