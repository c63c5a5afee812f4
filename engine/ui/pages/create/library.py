"""The library dialog: a picture or a recording that the studio has already, a page at a time.

Called by engine.ui.pages.create.visuals.editor and engine.ui.pages.create.audio.new_voice.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal

import flet as ft

from api.schemas.assets import AssetOut
from engine.ui.client import ApiProblem
from engine.ui.components.pictures import picture
from engine.ui.components.states import empty, said_of, skeleton
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.theme import Radius, Role, space
from engine.ui.timecode import length
from engine.ui.words import Words

PAGE: Final = 24
_BESIDE_A_FILM: Final = re.compile(r"\.(waveform|filmstrip|thumbnail)\.[a-z]+$")
"""What was drawn of a finished film is a picture too, and nobody's scene."""
TITLES: Final = {"image": "library.title_image", "audio": "library.title_audio"}
NOTHING: Final = {"image": "library.none_image", "audio": "library.none_audio"}
ICONS: Final = {"image": ft.Icons.PHOTO_LIBRARY_OUTLINED, "audio": ft.Icons.LIBRARY_MUSIC_OUTLINED}
TILE_WIDTH: Final = space(32)
TILE_HEIGHT: Final = space(36)
WIDTH: Final = space(140)
HEIGHT: Final = space(110)


@ft.component
def LibraryDialog(
    kind: Literal["image", "audio"], client_id: str, use: Callable[[AssetOut], None], close: Callable[[], None]
) -> ft.Control:
    """Files of this kind of this client, the newest first."""
    desk = use_desk()
    words = desk.words
    nothing: Sequence[AssetOut] | None = None
    files, set_files = ft.use_state(nothing)
    no_cursor: str | None = None
    cursor, set_cursor = ft.use_state(no_cursor)
    problem, set_problem = ft.use_state("")

    async def more() -> None:
        try:
            page = await desk.api.files(kind, client_id=client_id, limit=PAGE, cursor=cursor)
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
            return
        usable = [file for file in page.items if not _BESIDE_A_FILM.search(file.file_name)]
        set_files([*(files or []), *usable])
        set_cursor(page.next_cursor)
        set_problem("")

    ft.use_effect(more, [])
    parts: list[ft.Control] = []
    if problem:
        parts.append(ft.Semantics(live_region=True, content=text(problem, color=Role.DANGER)))
    if files is None:
        parts.append(skeleton(words, rows=4))
    elif not files:
        parts.append(empty(words(NOTHING[kind]), words("library.none_more"), ICONS[kind]))
    elif kind == "audio":
        parts += [_row(words, file, use) for file in files]
    else:
        tiles: list[ft.Control] = [_tile(words, file, use) for file in files]
        parts.append(ft.Row(tiles, spacing=space(3), run_spacing=space(3), wrap=True))
    if cursor is not None:
        parts.append(ft.OutlinedButton(words("list.more"), on_click=lambda _: ft.context.page.run_task(more)))
    ft.use_dialog(
        ft.AlertDialog(
            title=text(words(TITLES[kind]), "heading"),
            content=ft.Container(
                ft.Column(parts, spacing=space(4), scroll=ft.ScrollMode.AUTO), width=WIDTH, height=HEIGHT
            ),
            actions=[ft.TextButton(words("shell.close"), on_click=lambda _: close())],
            on_dismiss=lambda _: close(),
        )
    )
    return ft.Container()


def _tile(words: Words, file: AssetOut, use: Callable[[AssetOut], None]) -> ft.Control:
    said = words("library.use", name=file.file_name)
    inside = ft.Column(
        [
            picture(file.preview_url or file.download_url, TILE_WIDTH, TILE_HEIGHT),
            text(file.file_name, "caption", lines=1),
        ],
        spacing=0,
        width=TILE_WIDTH,
        tight=True,
    )
    button = ft.Container(
        ft.Semantics(exclude_semantics=True, content=inside),
        ink=True,
        border_radius=Radius.SMALL,
        on_click=lambda _: use(file),
    )
    return ft.MergeSemantics(ft.Semantics(label=said, button=True, content=button))


def _row(words: Words, file: AssetOut, use: Callable[[AssetOut], None]) -> ft.Control:
    duration_s = file.facts.get("duration_s")
    facts = [length(round(duration_s * 1000))] if isinstance(duration_s, int | float) else []
    facts.append(day(file.created_at.astimezone(STUDIO_ZONE).date(), words))
    about = ft.Column(
        [text(file.file_name, "strong", lines=1), text(" · ".join(facts), "caption", Role.MUTED)],
        spacing=0,
        expand=True,
    )
    button = ft.OutlinedButton(
        content=ft.Text(words("library.use_this"), semantics_label=words("library.use", name=file.file_name)),
        on_click=lambda _: use(file),
    )
    return ft.Row([about, button], spacing=space(3))
