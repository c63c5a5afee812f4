"""Voice markers in the wizard: what is held of a voice, so that moved words save themselves and can be undone.

Called by the Audio step.
"""

from dataclasses import replace
from typing import cast

from pydantic import JsonValue

from api.schemas.voices import VoiceMarkers, VoiceOut, VoiceWordIn
from engine.ui.client import StudioApi
from engine.ui.pages.create.audio.markers import Mark, Markers, markers_of
from engine.ui.pages.create.kept import Fields, Told
from engine.ui.pages.create.wizard import Wizard

CHOICE_KEY = "voice"


def voice_key(take_id: str) -> str:
    """Under which key the wizard holds the markers of a voice."""
    return f"voice:{take_id}"


def hold_markers(wizard: Wizard, voice: VoiceOut) -> None:
    """Edit the words of this voice in the wizard."""
    api, take_id = wizard.api, voice.take_id

    async def save(_: Fields, revision: int) -> Told:
        shown = markers_shown(wizard, voice)
        words = [VoiceWordIn(text=word.text, start_ms=word.start_ms, end_ms=word.end_ms) for word in shown.words]
        body = VoiceMarkers(words=words, speech_start_ms=shown.speech_start_ms, speech_end_ms=shown.speech_end_ms)
        return _told(await api.save_markers(take_id, body, revision))

    async def load() -> Told:
        return _told(await api.voice(take_id))

    wizard.hold(voice_key(take_id), _told(voice), save, load)


def markers_shown(wizard: Wizard, voice: VoiceOut) -> Markers:
    """The markers as the screen shows them, unsaved moves included."""
    markers = markers_of(voice)
    key = voice_key(voice.take_id)
    if not wizard.holds(key):
        return markers
    places = cast("list[list[int]]", wizard.shown(key, "places"))
    if len(places) != len(markers.words):  # found again meanwhile: other words
        return markers
    words = tuple(_at(word, place) for word, place in zip(markers.words, places, strict=True))
    start_ms, end_ms = cast("list[int]", wizard.shown(key, "speech"))
    return replace(markers, words=words, speech_start_ms=start_ms, speech_end_ms=end_ms)


def move_markers(wizard: Wizard, voice: VoiceOut, markers: Markers) -> None:
    """Show these, and have them saved. Steps in quick succession are one change to undo."""
    wizard.change(voice_key(voice.take_id), _fields(markers), "marker", is_typing=True)


def hold_choice(wizard: Wizard, take_id: str, revision: int) -> None:
    """Choose among voices in the wizard. revision: of the video, which says which voice is heard."""
    api, video_id = wizard.api, wizard.video_id

    async def save(fields: Fields, _: int) -> Told:
        await api.choose_take(str(fields["take_id"]))
        return await _choice(api, video_id)

    async def load() -> Told:
        return await _choice(api, video_id)

    wizard.hold(CHOICE_KEY, Told({"take_id": take_id}, revision), save, load)


async def _choice(api: StudioApi, video_id: str) -> Told:
    video = await api.video(video_id)
    return Told({"take_id": video.voice_take_id}, video.revision)


def _at(word: Mark, place: list[int]) -> Mark:
    return replace(word, start_ms=place[0], end_ms=place[1])


def _fields(markers: Markers) -> dict[str, JsonValue]:
    places: list[JsonValue] = [[word.start_ms, word.end_ms] for word in markers.words]
    return {"places": places, "speech": [markers.speech_start_ms, markers.speech_end_ms]}


def _told(voice: VoiceOut) -> Told:
    return Told(_fields(markers_of(voice)), voice.revision)
