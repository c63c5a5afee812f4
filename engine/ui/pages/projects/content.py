"""What is in a project: its videos, its files and its notes.

Called by engine.ui.pages.projects.project.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.assets import AssetOut
from api.schemas.projects import ProjectOut
from api.schemas.videos import VideoListed
from engine.ui.components.pictures import picture
from engine.ui.components.review_state import review_mark, review_words
from engine.ui.components.states import empty
from engine.ui.components.statuses import status_mark
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.create.steps import path_to_go_on
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

THUMBNAIL: Final = space(14)
FILE_PICTURE: Final = space(20)
FEW_FILES: Final = 12
ICONS: Final = {
    "clip": ft.Icons.MOVIE_OUTLINED,
    "audio": ft.Icons.GRAPHIC_EQ,
    "music": ft.Icons.MUSIC_NOTE_OUTLINED,
}
SIZES: Final = ("kB", "MB", "GB")


def videos_card(desk: Desk, project: ProjectOut, videos: Sequence[VideoListed]) -> ft.Control:
    """Each leads to where work on it goes on."""
    words = desk.words
    rows: list[ft.Control] = [_video(desk, video) for video in videos]
    if not rows:
        rows.append(empty(words("project.no_videos"), words("project.no_videos_more"), ft.Icons.MOVIE_OUTLINED))
    aside: ft.Control | None = None
    if project.archived_at is None:
        aside = ft.OutlinedButton(
            words("project.new_video"), icon=ft.Icons.ADD, on_click=lambda _: desk.go(f"/create/in/{project.id}")
        )
    return titled_card(words("project.videos"), ft.Column(rows, spacing=space(1)), aside=aside)


def _video(desk: Desk, video: VideoListed) -> ft.Control:
    words = desk.words
    changed = words("create.changed", day=day(video.updated_at.astimezone(STUDIO_ZONE).date(), words))
    said = ft.Column(
        [
            text(video.title, "strong", lines=1),
            ft.Row([status_mark(words, "video", video.status), text(changed, "caption", Role.MUTED, lines=1)]),
            *([review_mark(video.review, words)] if video.review is not None else []),
        ],
        spacing=0,
        expand=True,
    )
    inside = ft.Row([picture(video.thumbnail_url, THUMBNAIL, THUMBNAIL), said], spacing=space(3))
    facts = [video.title, words(f"video.{video.status}")]
    if video.review is not None:
        facts.append(review_words(video.review, words))
    name = words("create.go_on_with", title=", ".join(facts))
    button = ft.Container(
        ft.Semantics(exclude_semantics=True, content=inside),
        ink=True,
        padding=space(2),
        border_radius=Radius.SMALL,
        on_click=lambda _: desk.go(path_to_go_on(video)),
    )
    return ft.MergeSemantics(ft.Semantics(label=name, button=True, content=button))


@ft.component
def Files(files: Sequence[AssetOut]) -> ft.Control:
    """Pictures as pictures, the rest by name; each is saved by a click."""
    desk = use_desk()
    words = desk.words
    is_whole, set_whole = ft.use_state(False)
    if not files:
        return titled_card(words("project.files"), text(words("project.no_files"), color=Role.MUTED))
    shown = files if is_whole else files[:FEW_FILES]
    tiles: list[ft.Control] = [_file(file, words) for file in shown]
    rows: list[ft.Control] = [ft.Row(tiles, spacing=space(3), run_spacing=space(3), wrap=True)]
    if len(files) > len(shown):
        whole = words("project.all_files", count=len(files))
        rows.append(ft.Row([ft.OutlinedButton(whole, on_click=lambda _: set_whole(True))]))
    return titled_card(words("project.files"), ft.Column(rows, spacing=space(3)))


def _file(file: AssetOut, words: Words) -> ft.Control:
    run = ft.context.page.run_task
    address = file.preview_url or (file.download_url if file.type == "image" else None)
    shown = picture(address, FILE_PICTURE, FILE_PICTURE) if address else _mark(file)
    inside = ft.Column(
        [shown, text(file.file_name, "caption", lines=1), text(size(file.size_bytes), "caption", Role.MUTED, lines=1)],
        spacing=0,
        width=FILE_PICTURE,
        tight=True,
    )
    button = ft.Container(
        ft.Semantics(exclude_semantics=True, content=inside),
        ink=True,
        border_radius=Radius.SMALL,
        on_click=lambda _: run(ft.UrlLauncher().launch_url, file.download_url, web_only_window_name="_self"),
    )
    name = words("project.download_of", name=file.file_name)
    return ft.MergeSemantics(ft.Semantics(label=name, button=True, content=button))


def _mark(file: AssetOut) -> ft.Control:
    """In place of a picture, what kind of file it is."""
    return ft.Container(
        ft.Icon(ICONS.get(file.type, ft.Icons.INSERT_DRIVE_FILE_OUTLINED), color=Role.MUTED, size=space(6)),
        width=FILE_PICTURE,
        height=FILE_PICTURE,
        bgcolor=Role.LINE,
        border_radius=Radius.SMALL,
        alignment=ft.Alignment.CENTER,
    )


def size(size_bytes: int) -> str:
    """How large a file is, in the unit that people would say."""
    value, unit = max(1.0, size_bytes / 1000), 0
    while value >= 1000 and unit + 1 < len(SIZES):
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {SIZES[unit]}"


def notes_card(desk: Desk, project: ProjectOut) -> ft.Control:
    """As they were typed."""
    words = desk.words
    said = text(project.notes) if project.notes.strip() else text(words("project.no_notes"), color=Role.MUTED)
    return titled_card(words("project.notes"), ft.Row([ft.Container(said, expand=True)]))
