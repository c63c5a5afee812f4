"""A new voice: recorded here, from a file, or said by this machine for nothing.

Called by the Audio step.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import flet as ft

from api.schemas.assets import AssetOut
from api.schemas.jobs import JobOut
from api.schemas.voices import VoiceIn
from engine.ui.components.large_files import large_file_action
from engine.ui.components.surfaces import card
from engine.ui.components.texts import heading, text
from engine.ui.desk import use_desk
from engine.ui.notation import STUDIO_ZONE
from engine.ui.pages.create.asking import Asking, use_asking
from engine.ui.pages.create.audio.recorder import Recorder, keep
from engine.ui.pages.create.audio.recordings import LeftBehind, left_behind, throw_away
from engine.ui.pages.create.library import LibraryDialog
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import Radius, Role, space
from engine.ui.timecode import length
from engine.ui.uploading import Disk, use_disk
from engine.ui.words import Words

ENDINGS: Final = ("wav", "mp3", "m4a", "aac", "ogg", "opus", "flac", "webm", "mp4", "mov")
LOOKED_EACH_S: Final = 2.0
TOO_LOUD: Final = 0.98
"""Within two decibels of where sound is cut off."""
METER_PX: Final = space(2)


@ft.component
def NewVoice(is_first: bool) -> ft.Control:
    """The ways to a voice. is_first: whether the video has none, so that this is what the page is for."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    disk = use_disk()
    asking = use_asking()
    is_choosing, set_choosing = ft.use_state(False)
    made = ft.use_memo(lambda: Recorder(desk, wizard.video_id, wizard.video.client_id), [])
    recorder, _ = ft.use_state(made)
    run = ft.context.page.run_task
    ft.use_effect(lambda: None, [], cleanup=made.stop)

    async def have(voice: VoiceIn) -> None:
        async def wish(intent: str) -> list[JobOut]:
            return [(await desk.api.ask_voice(wizard.video_id, voice, intent)).job]

        await asking.ask(wish)

    async def draft() -> None:
        await have(VoiceIn(source="draft"))

    async def from_disk() -> None:
        file = await disk.bring("audio", ENDINGS, wizard.video.client_id)
        if file is not None:
            await have(VoiceIn(source="upload", asset_id=file.id))

    def take_in(file: AssetOut) -> None:
        set_choosing(False)
        run(have, VoiceIn(source="upload", asset_id=file.id))

    has_script = bool(wizard.video.script.strip())
    ways = _ways(
        words,
        is_first=is_first,
        record=None if recorder.is_busy or not has_script else lambda: run(recorder.start),
        library=None if asking.is_busy or not has_script else lambda: set_choosing(True),
        upload=None if disk.progress is not None or asking.is_busy or not has_script else lambda: run(from_disk),
        draft=None if asking.is_busy or not has_script else lambda: run(draft),
    )
    title = words("audio.first_voice" if is_first else "audio.other_voice")
    large = large_file_action(desk, client_id=wizard.video.client_id, use="audio")
    parts: list[ft.Control] = [heading(title, "title", level=2), ft.Row([ways, large], wrap=True)]
    if not has_script:
        parts.append(text(words("audio.no_script"), color=Role.MUTED))
    if disk.progress is not None:
        parts.append(ft.ProgressBar(value=disk.progress or None, semantics_label=words("audio.uploading")))
    if recorder.is_busy:
        parts.append(Meter(recorder))
    parts.append(Told(asking, disk, recorder))
    parts.append(LeftRecordings(recorder.phase))
    if is_choosing:
        client_id = wizard.video.client_id
        parts.append(LibraryDialog("audio", client_id, take_in, lambda: set_choosing(False)))
    return card(ft.Column(parts, spacing=space(3)))


def _ways(
    words: Words,
    *,
    is_first: bool,
    record: Callable[[], object] | None,
    upload: Callable[[], object] | None,
    library: Callable[[], object] | None,
    draft: Callable[[], object] | None,
) -> ft.Control:
    """The buttons; what is None cannot be done now."""

    def button(word: str, icon: ft.IconData, do: Callable[[], object] | None, *, is_main: bool = False) -> ft.Control:
        kind = ft.FilledButton if is_main else ft.OutlinedButton
        return kind(words(word), icon=icon, disabled=do is None, on_click=lambda _: do() if do else None)

    ways = [
        button("audio.record", ft.Icons.MIC_NONE, record, is_main=is_first),
        button("audio.upload", ft.Icons.UPLOAD_FILE, upload),
        button("audio.from_library", ft.Icons.LIBRARY_MUSIC_OUTLINED, library),
        button("audio.draft", ft.Icons.RECORD_VOICE_OVER_OUTLINED, draft),
    ]
    return ft.Row(ways, wrap=True, spacing=space(2), run_spacing=space(2))


@ft.component
def Told(asking: Asking, disk: Disk, recorder: Recorder) -> ft.Control:
    """What went wrong, where the person is looking."""
    words = use_desk().words
    told = asking.problem or disk.problem or recorder.problem
    if recorder.phase == "refused":
        told = words("audio.refused")
    elif recorder.is_too_long:
        told = words("audio.too_long")
    said = ft.Semantics(live_region=True, content=text(told, color=Role.DANGER))
    return ft.Container(said, visible=bool(told))


@ft.component
def Meter(recorder: Recorder) -> ft.Control:
    """That it records, for how long, how loud, and the way to end it."""
    words = use_desk().words
    run = ft.context.page.run_task
    if recorder.phase != "recording":
        said = words("audio.asking" if recorder.phase == "asking" else "audio.keeping")
        return ft.Semantics(live_region=True, content=text(said, color=Role.MUTED))
    level = ft.ProgressBar(
        value=recorder.level,
        bar_height=METER_PX,
        border_radius=Radius.SMALL,
        color=Role.CAUTION if recorder.level > TOO_LOUD else Role.POSITIVE,
        semantics_label=words("audio.level"),
    )
    stop = ft.FilledButton(words("audio.stop"), icon=ft.Icons.STOP, on_click=lambda _: run(recorder.stop))
    live = ft.Semantics(live_region=True, content=text(words("audio.recording"), "strong", Role.DANGER))
    clock = text(length(recorder.duration_ms), "strong")
    return ft.Row(
        [live, clock, ft.Container(level, expand=True), stop],
        spacing=space(3),
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


@ft.component
def LeftRecordings(phase: str) -> ft.Control:
    """Recordings that a window or a program left behind, to keep or to throw away. phase: of the recorder; what it does
    changes them. Looked for all the time, since the window that makes one may be another one."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    problem, set_problem = ft.use_state("")
    nothing: tuple[LeftBehind, ...] = ()
    seen, set_seen = ft.use_state(nothing)
    looking: list[asyncio.Task[None]] = ft.use_memo(list, [])
    run = ft.context.page.run_task

    def look() -> None:
        set_seen(tuple(left_behind(desk.recordings_dir, wizard.video_id)))

    async def go_on_looking() -> None:
        while True:
            look()
            await asyncio.sleep(LOOKED_EACH_S)

    def begin() -> None:
        looking.append(asyncio.get_running_loop().create_task(go_on_looking()))

    ft.use_effect(begin, [], cleanup=lambda: looking.pop().cancel())

    async def keep_it(left: LeftBehind) -> None:
        set_problem(await keep(desk, wizard.video_id, wizard.video.client_id, left.path))
        look()

    def drop_it(left: LeftBehind) -> None:
        throw_away(left.path)
        look()

    def row(left: LeftBehind) -> ft.Control:
        at = left.began_at.astimezone(STUDIO_ZONE)
        said = words("audio.left_behind", time=f"{at:%H:%M}", length=length(left.duration_ms))
        return ft.Row(
            [
                ft.Icon(ft.Icons.MIC_NONE, color=Role.CAUTION, size=space(5)),
                text(said, expand=True),
                ft.OutlinedButton(words("audio.left_keep"), on_click=lambda _: run(keep_it, left)),
                ft.TextButton(words("audio.left_drop"), on_click=lambda _: drop_it(left)),
            ],
            spacing=space(2),
            wrap=desk.layout == "narrow",
        )

    rows = [row(left) for left in seen] if phase in {"idle", "refused"} else []
    if problem:
        rows.append(text(problem, color=Role.DANGER))
    return ft.Column(rows, spacing=space(2), visible=bool(rows))
