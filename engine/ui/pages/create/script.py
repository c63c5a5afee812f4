"""The script step: what is said, and the scenes that it makes, shown beside it while it is written.

Called by engine.ui.pages.create.steps.
"""

import asyncio
from typing import Final

import flet as ft

from api.schemas.scripts import ScriptIn, ScriptSplitOut, SplitSceneOut
from engine.ui.client import ApiProblem
from engine.ui.components.states import empty, said_of
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import Role, space
from engine.ui.words import Words

SPLIT_AFTER_S: Final = 0.2
LONGEST_SCRIPT: Final = 100_000
FIELD_LINES: Final = {"wide": 18, "medium": 18, "narrow": 10}


def script_lacks(wizard: Wizard, words: Words) -> str:
    """A video without words lacks them."""
    return "" if wizard.video.script.strip() else words("script.lacks")


@ft.component
def ScriptStep() -> ft.Control:
    """A large field, and its scenes."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    looks = Looks(
        label=words("script.field"),
        hint=words("script.hint"),
        min_lines=FIELD_LINES[desk.layout],
        max_lines=None,
        max_length=LONGEST_SCRIPT,
    )
    field = TypedField(
        looks,
        wizard.video.script,
        lambda typed: wizard.change("video", {"script": typed}, "script", is_typing=True),
    )
    if desk.layout == "narrow":
        return ft.Column([field, SplitScenes()], spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Row(
        [ft.Container(field, expand=3), ft.Container(SplitScenes(), expand=2)],
        spacing=space(5),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


@ft.component
def SplitScenes() -> ft.Control:
    """The scenes of the text as it stands on the screen, saved or not; what was shown stays until the new ones come."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    nothing: ScriptSplitOut | None = None
    split, set_split = ft.use_state(nothing)
    problem, set_problem = ft.use_state("")
    script, language = wizard.video.script, wizard.video.language
    newest = ft.use_ref("")

    async def ask() -> None:
        newest.current = script
        await asyncio.sleep(SPLIT_AFTER_S)
        if newest.current != script:
            return
        try:
            answer = await desk.api.split_script(ScriptIn(script=script, language="en" if language == "en" else "nl"))
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
            return
        if newest.current == script:
            set_split(answer)
            set_problem("")

    ft.use_effect(ask, [script, language])
    parts: list[ft.Control] = []
    if problem:
        parts.append(text(problem, "caption", Role.DANGER))
    if split is None or not split.scenes:
        parts.append(empty(words("script.none"), words("script.none_more"), ft.Icons.VIEW_AGENDA_OUTLINED))
    else:
        counts = words(
            "script.counts",
            characters=split.characters,
            words=split.words,
            time=reading_time(split.reading_ms, words),
        )
        parts.append(text(counts, "caption", Role.MUTED))
        for number, scene in enumerate(split.scenes, 1):
            parts += [divider(), _scene(desk, number, scene)]
    return titled_card(words("script.scenes"), ft.Column(parts, spacing=space(3)))


def _scene(desk: Desk, number: int, scene: SplitSceneOut) -> ft.Control:
    words = desk.words
    counts = words("script.scene_counts", words=scene.words, time=reading_time(scene.reading_ms, words))
    mark = ft.Container(text(str(number), "strong", Role.MUTED), width=space(6))
    said = ft.Column([text(scene.text), text(counts, "caption", Role.MUTED)], spacing=0, expand=True)
    row = ft.Row([mark, said], vertical_alignment=ft.CrossAxisAlignment.START, spacing=space(2))
    return ft.Semantics(container=True, content=row)


def reading_time(reading_ms: int, words: Words) -> str:
    """How long it takes to say it, in whole seconds."""
    seconds = max(1, round(reading_ms / 1000))
    if seconds < 60:
        return words("script.reading", seconds=seconds)
    return words("script.reading_minutes", minutes=seconds // 60, seconds=seconds % 60)
