"""The Audio step: a voice for the video, and its words where they are heard.

Called by engine.ui.pages.create.steps.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, cast

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.voices import VoiceOut
from engine.ui.client import ApiProblem
from engine.ui.components.actions import icon_action
from engine.ui.components.jobs_drawer import JobCard
from engine.ui.components.player import Player
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import UNDER_WAY, Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.create.asking import use_asking
from engine.ui.pages.create.audio.board import READABLE_ZOOM, ZOOMS, Board
from engine.ui.pages.create.audio.markers import Handle, Markers, WordEdge
from engine.ui.pages.create.audio.new_voice import NewVoice
from engine.ui.pages.create.audio.voice_markers import (
    CHOICE_KEY,
    hold_choice,
    hold_markers,
    markers_shown,
    move_markers,
)
from engine.ui.pages.create.audio.voice_takes import VoiceTakes
from engine.ui.pages.create.audio.word_editor import WordEditor
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import Role, space
from engine.ui.timecode import timecode
from engine.ui.words import Words

VOICE_JOBS: Final = frozenset({"draft_voice", "take_in_voice", "sync_voice"})


def audio_lacks(wizard: Wizard, words: Words) -> str:
    """A video without a voice is silent."""
    return "" if wizard.video.voice_take_id else words("audio.lacks")


@ft.component
def AudioStep() -> ft.Control:
    """The voice that is heard, then how to come by another one, then all that there are."""
    wizard = use_wizard()
    takes = tuple(take for take in wizard.takes if take.kind == "voice")
    told_id, revision = wizard.video.voice_take_id, wizard.video.revision

    def hold() -> None:
        if told_id is not None:
            hold_choice(wizard, told_id, revision)

    async def look_again() -> None:
        with suppress(ApiProblem):  # said by what is loaded below
            await wizard.refresh()

    ft.use_effect(hold, [told_id, revision])
    ft.use_effect(look_again, [])
    preview: Player = ft.use_memo(Player, [])
    chosen = wizard.shown(CHOICE_KEY, "take_id") if wizard.holds(CHOICE_KEY) else told_id
    chosen_id = chosen if isinstance(chosen, str) else told_id

    def choose(take_id: str) -> None:
        wizard.change(CHOICE_KEY, {"take_id": take_id}, "voice")

    parts: list[ft.Control] = [VoiceJobs()]
    if chosen_id is not None:
        parts.append(VoiceCard(chosen_id, key=chosen_id))  # type: ignore[call-arg]  # Flet's own
    parts.append(NewVoice(is_first=not takes))
    if takes:
        parts.append(VoiceTakes(takes, chosen_id, preview, choose))
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def VoiceJobs() -> ft.Control:
    """Voices of this video that are being made, and the last one that failed."""
    feed, wizard = use_feed(), use_wizard()
    mine = [job for job in feed.jobs.values() if job.video_id == wizard.video_id and job.kind in VOICE_JOBS]
    shown = [job for job in mine if job.status in UNDER_WAY]
    ended = max((job for job in mine if job.status not in UNDER_WAY), key=lambda job: job.updated_at, default=None)
    if ended is not None and ended.status == "failed" and not shown:
        shown = [ended]
    cards: list[ft.Control] = [JobCard(job, key=job.id) for job in shown]  # type: ignore[call-arg]  # Flet's own
    return ft.Column(cards, spacing=space(2), visible=bool(cards))


@ft.component
def VoiceCard(take_id: str) -> ft.Control:
    """The voice that is heard: loaded again when a job has found its words anew."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    match use_loaded(lambda: desk.api.voice(take_id), take_id, feed.news):
        case Waiting():
            return titled_card(words("audio.voice"), skeleton(words, rows=4))
        case Failed() as failed:
            return titled_card(words("audio.voice"), Trouble(failed))
        case Loaded(voice):
            return OpenVoice(voice)


@ft.component
def OpenVoice(voice: VoiceOut) -> ft.Control:
    """The waveform, its transport, and the chosen word."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    player: Player = ft.use_memo(Player, [])
    first: Handle = WordEdge(0)
    kept, set_chosen = ft.use_state(first)
    chosen = cast("Handle", kept)
    zoom, set_zoom = ft.use_state(READABLE_ZOOM if desk.layout != "narrow" else 1)
    ft.use_effect(lambda: hold_markers(wizard, voice), [voice.take_id, voice.revision])
    markers = markers_shown(wizard, voice)
    is_there = not isinstance(chosen, WordEdge) or chosen.index < len(markers.words)
    handle: Handle = chosen if is_there else first
    numbers: Mapping[str, int] = {scene.id: number for number, scene in enumerate(wizard.scenes, 1)}

    def move(moved: Markers) -> None:
        move_markers(wizard, voice, moved)

    def place(marker: Handle, at_ms: int) -> None:
        move(markers_shown(wizard, voice).moved(marker, at_ms))

    def nudge(marker: Handle, by_ms: int) -> None:
        shown = markers_shown(wizard, voice)
        move(shown.moved(marker, shown.place(marker) + by_ms))

    def step(words_on: int) -> None:
        set_chosen(lambda before: markers.word_after(before, words_on))

    def zoom_by(steps: int) -> None:
        set_zoom(lambda before: min(len(ZOOMS) - 1, max(0, before + steps)))

    zooms = ft.Row(
        [
            _zoom(words("audio.zoom_out"), ft.Icons.ZOOM_OUT, zoom > 0, lambda: zoom_by(-1)),
            _zoom(words("audio.zoom_in"), ft.Icons.ZOOM_IN, zoom < len(ZOOMS) - 1, lambda: zoom_by(1)),
        ],
        spacing=0,
        tight=True,
    )
    head = ft.Row([Transport(player, voice), ft.Container(expand=True), zooms])
    content = ft.Column(
        [
            *_notices(desk, voice),
            head,
            Board(voice, markers, player, handle, numbers, zoom, set_chosen, move),
            WordEditor(markers, player, handle, numbers, step, place, nudge),
            player.sound(voice.play_url),
        ],
        spacing=space(3),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return titled_card(words("audio.voice"), content)


@ft.component
def Transport(player: Player, voice: VoiceOut) -> ft.Control:
    """Play, pause, and where it is."""
    words = use_desk().words
    run = ft.context.page.run_task
    name = words("player.pause" if player.is_playing else "player.play")
    icon = ft.Icons.PAUSE if player.is_playing else ft.Icons.PLAY_ARROW_ROUNDED
    said = f"{timecode(player.position_ms)} / {timecode(voice.duration_ms)}"
    parts: list[ft.Control] = [icon_action(icon, name, lambda: run(player.toggle)), text(said, color=Role.MUTED)]
    if player.is_broken:
        parts.append(text(words("player.broken"), color=Role.DANGER))
    return ft.Row(parts, spacing=space(2), tight=True)


def _zoom(name: str, icon: ft.IconData, can: bool, do: Callable[[], object]) -> ft.Control:
    button = icon_action(icon, name, do)
    button.disabled = not can
    return button


def _notices(desk: Desk, voice: VoiceOut) -> list[ft.Control]:
    """What is not right about this voice, and what to do."""
    words = desk.words
    notices: list[ft.Control] = []
    if voice.is_outdated:
        notices.append(Outdated(voice.take_id))
    elif voice.sync_quality in {"unsure", "spread"}:
        notices.append(text(words.named("voice_quality", voice.sync_quality), color=Role.CAUTION))
        if voice.sync_quality == "unsure":
            notices += [text(note, "caption", Role.MUTED) for note in voice.sync_notes[:3]]
    return notices


@ft.component
def Outdated(take_id: str) -> ft.Control:
    """The script was changed since: its words can be looked for again."""
    desk = use_desk()
    asking = use_asking()
    run = ft.context.page.run_task

    async def wish(intent: str) -> list[JobOut]:
        return [(await desk.api.ask_sync(take_id, intent)).job]

    button = ft.OutlinedButton(
        desk.words("audio.sync_again"), disabled=asking.is_busy, on_click=lambda _: run(asking.ask, wish)
    )
    said = text(desk.words("audio.outdated"), color=Role.CAUTION)
    parts: list[ft.Control] = [said, button]
    if asking.problem:
        parts.append(text(asking.problem, color=Role.DANGER))
    return ft.Column(parts, spacing=space(2))
