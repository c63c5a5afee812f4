"""Licence: where a file may be used, in the words of whoever brought it.

Called by the Preview step (music) and the brand kit (typefaces).
"""

from typing import Final

import flet as ft

from api.schemas.assets import AssetChanges, AssetOut
from engine.ui.client import ApiProblem
from engine.ui.components.exact_field import ExactField
from engine.ui.components.states import said_of
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.theme import Role, space

NOTE_PX: Final = space(90)


@ft.component
def Licence(file: AssetOut) -> ft.Control:
    """The note of a file; kept as soon as it is typed and left."""
    desk = use_desk()
    words = desk.words
    kept, set_kept = ft.use_state(file)
    problem, set_problem = ft.use_state("")
    run = ft.context.page.run_task

    async def keep(note: str) -> None:
        try:
            set_kept(await desk.api.change_file(kept.id, AssetChanges(licence_note=note), kept.revision))
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))

    def take(note: str) -> str:
        run(keep, note)
        return ""

    parts: list[ft.Control] = [ExactField(words("preview.licence"), kept.licence_note, NOTE_PX, take)]
    if problem or not kept.licence_note:
        said = problem or words("preview.licence_missing")
        parts.append(text(said, "caption", Role.DANGER if problem else Role.CAUTION))
    return ft.Column(parts, spacing=space(1))
