"""Music: none, a bed of our own, or a file with a note of its licence; how loud it is, and how far it makes way.

Called by the Preview step.
"""

from typing import Final

import flet as ft

from api.schemas.cuts import CutOptions, MusicChoice
from engine.ui.components.choice import choice
from engine.ui.components.level import Level, Range
from engine.ui.components.licence import Licence
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.create.preview.held_cut import CUT_KEY, change_music, music_shown
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import Role, space
from engine.ui.uploading import use_disk

ENDINGS: Final = ("mp3", "wav", "m4a", "aac", "ogg", "flac")
NONE: Final = "none"
BED, FILE = "bed:", "file:"
LEVELS_DB: Final = Range(-30, 6, 1)
DUCKS_DB: Final = Range(0, 24, 1)
VOICES_DB: Final = Range(-12, 12, 1)


@ft.component
def MusicPanel(options: CutOptions) -> ft.Control:
    """The choice, its levels, and the voice's own."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    disk = use_disk()
    uploads, set_uploads = ft.use_state(0)
    shown = music_shown(wizard)
    voice_db = wizard.shown(CUT_KEY, "voice_level_db")
    run = ft.context.page.run_task

    def change(**fields: str | float | None) -> None:
        change_music(wizard, MusicChoice.model_validate({**(shown or MusicChoice()).model_dump(), **fields}))

    def choose(key: str) -> None:
        if key == NONE:
            change_music(wizard, None)
        elif key.startswith(BED):
            change(bed=key.removeprefix(BED), asset_id=None)
        else:
            change(bed=None, asset_id=key.removeprefix(FILE))

    async def from_disk() -> None:
        file = await disk.bring("music", ENDINGS, None)
        if file is not None:
            set_uploads(lambda before: before + 1)
            change(bed=None, asset_id=file.id)

    match use_loaded(lambda: desk.api.files("music"), uploads):
        case Waiting():
            return skeleton(words, rows=4)
        case Failed() as failed:
            return Trouble(failed)
        case Loaded(page):
            files = page.items
    beds = [(f"{BED}{name}", words.named("bed", name)) for name in options.music_beds]
    known = [(f"{FILE}{file.id}", file.file_name) for file in files]
    parts: list[ft.Control] = [
        choice(words("preview.music"), key_of(shown), [(NONE, words("preview.no_music")), *beds, *known], choose),
        ft.OutlinedButton(
            words("preview.upload_music"),
            icon=ft.Icons.UPLOAD_FILE,
            disabled=disk.progress is not None,
            on_click=lambda _: run(from_disk),
        ),
    ]
    if disk.progress is not None:
        parts.append(ft.ProgressBar(value=disk.progress or None, semantics_label=words("audio.uploading")))
    if disk.problem:
        parts.append(ft.Semantics(live_region=True, content=text(disk.problem, color=Role.DANGER)))
    chosen = next((file for file in files if shown is not None and file.id == shown.asset_id), None)
    if chosen is not None:
        parts.append(Licence(chosen, key=chosen.id))  # type: ignore[call-arg]  # Flet's own
    if shown is not None:
        parts += [
            Level(words("preview.music_level"), shown.level_db, LEVELS_DB, decibels, lambda db: change(level_db=db)),
            Level(
                words("preview.duck"), shown.duck_db, DUCKS_DB, lambda db: f"{db:.0f} dB", lambda db: change(duck_db=db)
            ),
        ]
    if isinstance(voice_db, int | float):
        parts.append(
            Level(
                words("preview.voice_level"),
                voice_db,
                VOICES_DB,
                decibels,
                lambda db: wizard.change(CUT_KEY, {"voice_level_db": db}, "voice_level"),
            )
        )
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def key_of(music: MusicChoice | None) -> str:
    """Which line of the choice this is."""
    if music is None:
        return NONE
    return f"{BED}{music.bed}" if music.bed else f"{FILE}{music.asset_id}"


def decibels(level_db: float) -> str:
    """As people write it."""
    return f"{level_db:+.0f} dB" if level_db else "0 dB"
