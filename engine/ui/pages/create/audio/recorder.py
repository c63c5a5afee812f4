"""The recorder: a microphone in the browser, its level, and what becomes of a recording.

Called by the Audio step. The browser streams the sound here while it is made (see recordings.py), so that neither a tab
nor a program that dies takes it along: what was heard lies on disk, and is offered the next time that somebody opens
the video. It does not become the voice by itself, since nobody has said that it was finished.
Law: no sound is thrown away unless a person asks for that.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import flet as ft
import flet_audio_recorder as far

from api.schemas.voices import VoiceIn
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.desk import Desk
from engine.ui.notation import STUDIO_ZONE, utc_now
from engine.ui.pages.create.audio.recordings import LEAST_MS, LONGEST_MS, Recording, as_wav, began, throw_away

SILENT_FOR_S: Final = 3.0
"""A microphone that hears nothing sends silence; one that sends nothing at all has lost its tab."""
METER_EACH_PIECES: Final = 3
"""The browser sends about 22 pieces a second; a meter that moves seven times a second looks alive."""
ASKED_WITHIN_S: Final = 120
"""Browsers ask the person first, and people look for their headset first."""
Phase = Literal["idle", "asking", "recording", "keeping", "refused"]


@ft.observable
@dataclass(eq=False)
class Recorder:
    """The microphone of one window, for one video."""

    desk: Desk
    video_id: str
    client_id: str
    phase: Phase = "idle"
    level: float = 0.0
    duration_ms: int = 0
    problem: str = ""
    is_too_long: bool = False
    _recording: Recording | None = field(default=None, repr=False)
    _heard_at_s: float = 0.0
    _pieces: int = 0
    _watching: asyncio.Task[None] | None = field(default=None, repr=False)
    microphone: far.AudioRecorder | None = field(default=None, repr=False)
    """The browser's part. Made once, since Flet takes its handlers only then."""

    def __post_init__(self) -> None:
        configuration = far.AudioRecorderConfiguration(encoder=far.AudioEncoder.PCM16BITS)
        self.microphone = far.AudioRecorder(configuration=configuration, on_stream=self._hear)

    @property
    def is_busy(self) -> bool:
        """Whether a recording is beginning, going on or being kept."""
        return self.phase in {"asking", "recording", "keeping"}

    async def start(self) -> None:
        """Ask for the microphone and begin. What hinders that is said in `phase` and `problem`."""
        if self.is_busy or self.microphone is None:
            return
        words = self.desk.words
        self.problem, self.is_too_long, self.phase = "", False, "asking"
        try:
            self._recording = Recording.begin(self.desk.recordings_dir, self.video_id, utc_now())
            self._pieces, self.duration_ms, self.level = 0, 0, 0.0
            async with asyncio.timeout(ASKED_WITHIN_S):
                has_begun = await self.microphone.start_recording()
            if not has_begun:
                self._drop()
                self.phase = "refused"
                return
            self._heard_at_s = asyncio.get_running_loop().time()
        except OSError:
            self._drop()
            self.phase, self.problem = "idle", words("audio.disk")
        except (RuntimeError, TimeoutError):
            self._drop()
            self.phase = "refused"
        else:
            self.phase = "recording"
            self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def stop(self) -> None:
        """Finish and keep the recording as a voice."""
        recording = self._recording
        if self.phase != "recording" or recording is None or self.microphone is None:
            return
        self.phase = "keeping"
        with suppress(RuntimeError, TimeoutError):  # a tab that is gone has stopped
            await self.microphone.stop_recording()
        self._recording = None
        recording.end()
        if recording.duration_ms < LEAST_MS:
            throw_away(recording.path)
            self.problem = self.desk.words("audio.too_short")
        else:
            self.problem = await keep(self.desk, self.video_id, self.client_id, recording.path)
        self.phase, self.level = "idle", 0.0

    def _hear(self, event: "far.AudioRecorderStreamEvent") -> None:
        recording = self._recording
        if recording is None:
            return
        try:
            recording.hear(event.chunk)
        except OSError:
            self.problem = self.desk.words("audio.disk")
            ft.context.page.run_task(self.stop)
            return
        self._heard_at_s = asyncio.get_running_loop().time()
        self._pieces += 1
        if self._pieces % METER_EACH_PIECES == 0 and self.phase == "recording":
            self.level, self.duration_ms = recording.level, recording.duration_ms

    async def _watch(self) -> None:
        """End it where the tab went away, or where somebody forgot that they are being recorded."""
        loop = asyncio.get_running_loop()
        while self.phase == "recording" and self._recording is not None:
            await asyncio.sleep(SILENT_FOR_S / 6)
            if self.duration_ms >= LONGEST_MS:
                self.is_too_long = True
                await self.stop()
            elif loop.time() - self._heard_at_s > SILENT_FOR_S:
                self._recording.end()
                self._recording = None
                self.phase, self.level = "idle", 0.0
                self.problem = self.desk.words("audio.cut_off")

    def _drop(self) -> None:
        """Nothing was heard."""
        if self._recording is not None:
            self._recording.end()
            throw_away(self._recording.path)
            self._recording = None


async def keep(desk: Desk, video_id: str, client_id: str, path: Path) -> str:
    """Store a recording and have its words found. Answers why that could not be; it lies where it lay then."""
    began_at = began(path).astimezone(STUDIO_ZONE)
    name = desk.words("audio.recording_name", time=f"{began_at:%Y-%m-%d %H.%M}")
    try:
        asset = await desk.api.keep_recording(as_wav(path), f"{name}.wav", client_id)
        asked = await desk.api.ask_voice(video_id, VoiceIn(source="upload", asset_id=asset.id), f"voice-{asset.id}")
    except ApiProblem as problem:
        return "" if desk.meet(problem) else said_of(problem, desk.words)
    except OSError:
        return desk.words("audio.recording_unreadable")
    desk.feed.take_job(asked.job)
    throw_away(path)
    return ""
