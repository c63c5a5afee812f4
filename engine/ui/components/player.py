"""Player: one film or voice that is played in the page, and where it is.

Called by the Audio, Preview and Export steps. The browser's own player does the work; it tells its place about four
times a second, and the playhead glides from one to the next.
Law: whoever plays a part hears that part and no more. A film that is replaced by a newer one goes on at the same place.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import flet as ft
import flet_video as fv

from engine.ui.theme import HAIRLINE, Role

TELLS_EACH_MS: Final = 250
NEAR_END_MS: Final = 60
"""So near to the end, play begins at the beginning again."""
_GONE: Final = (RuntimeError, TimeoutError)
"""The page was left, or its browser went away, while it was asked for something."""


@ft.observable
@dataclass(eq=False)
class Player:
    """Where it is and whether it plays. Components that are given one are drawn again as it moves."""

    position_ms: int = 0
    duration_ms: int = 0
    is_playing: bool = False
    is_broken: bool = False
    """Whether the browser could not play the file."""
    loops: tuple[int, int] | None = None
    """The part that is played over and over: from, to."""
    _surface: ft.Ref[fv.Video] = field(default_factory=ft.Ref)
    _ending: asyncio.Task[None] | None = field(default=None, repr=False)

    async def toggle(self) -> None:
        """Play or pause, from where it is."""
        if self.is_playing:
            await self.pause()
        elif self.loops is not None:
            await self.loop(*self.loops)
        else:
            await self.play(0 if self.position_ms >= self.duration_ms - NEAR_END_MS else None)

    async def play(self, from_ms: int | None = None, to_ms: int | None = None) -> None:
        """Play from a place, or from where it is, to a place, or to the end."""
        self._forget_ending()
        if from_ms is not None:
            await self._have("seek", from_ms)
            self.position_ms = from_ms
        await self._have("play")
        self.is_playing = True
        if to_ms is not None:
            self._ending = asyncio.get_running_loop().create_task(self._end_at(to_ms))

    async def loop(self, from_ms: int, to_ms: int) -> None:
        """Play a part over and over until it is paused."""
        self.loops = (from_ms, to_ms)
        await self.play(from_ms, to_ms)

    async def pause(self) -> None:
        """Stop where it is."""
        self._forget_ending()
        self.is_playing = False
        await self._have("pause")

    async def seek(self, to_ms: int) -> None:
        """Go to a place; it goes on playing if it did. A part that was looped is left."""
        self._forget_ending()
        self.loops = None
        self.position_ms = min(max(0, to_ms), self.duration_ms or to_ms)
        await self._have("seek", self.position_ms)

    def end_loop(self) -> None:
        """Let what plays go on past its part."""
        self.loops = None
        self._forget_ending()

    async def _end_at(self, to_ms: int) -> None:
        while True:
            await asyncio.sleep(max(0, to_ms - self.position_ms) / 1000)
            if self.loops is None:
                self.is_playing = False
                await self._have("pause")
                self.position_ms = to_ms
                return
            await self._have("seek", self.loops[0])
            self.position_ms = self.loops[0]

    def _forget_ending(self) -> None:
        if self._ending is not None and self._ending is not asyncio.current_task():
            self._ending.cancel()
        self._ending = None

    async def _have(self, what: str, at_ms: int | None = None) -> None:
        """Have the browser do it. It may be gone."""
        surface = self._surface.current
        if surface is None:
            return
        with suppress(*_GONE):
            if what == "seek":
                await surface.seek(ft.Duration(milliseconds=at_ms or 0))
            elif what == "play":
                await surface.play()
            else:
                await surface.pause()

    def hear_position(self, at_ms: int) -> None:
        """The browser tells where it is. While it opens a file it is at its beginning, which says nothing: whoever
        asked for another place gets it as soon as the file is open."""
        if self.duration_ms:
            self.position_ms = at_ms

    async def hear_duration(self, duration_ms: int) -> None:
        """The browser has opened a file: 0 until it knows how long that is."""
        if not duration_ms:
            return
        self.is_broken = False
        self.duration_ms = duration_ms
        if self.position_ms:
            await self._have("seek", min(self.position_ms, duration_ms))
        if self.is_playing:
            await self._have("play")

    def begin_anew(self) -> None:
        """Another file comes, and plays from its beginning as soon as the browser has it."""
        self._forget_ending()
        self.loops = None
        self.position_ms = self.duration_ms = 0
        self.is_playing = True

    def film(self, address: str, *, width: float, height: float) -> ft.Control:
        """What shows the film. address: of the file, on our own origin."""
        return self._surface_of(address, width=width, height=height, opacity=1)

    def sound(self, address: str) -> ft.Control:
        """What plays a sound; it is not seen."""
        return self._surface_of(address, width=HAIRLINE, height=HAIRLINE, opacity=0)

    def _surface_of(self, address: str, *, width: float, height: float, opacity: float) -> ft.Control:
        async def hear_duration(event: ft.ControlEvent) -> None:
            await self.hear_duration(ms_of(event.data))

        def hear_end(_: ft.ControlEvent) -> None:
            if self.is_playing and self.loops is None and self.position_ms:
                self.is_playing = False
                self.position_ms = self.duration_ms

        def hear_trouble(_: ft.ControlEvent) -> None:
            self.is_broken = True
            self.is_playing = False

        video: ft.Control = fv.Video(
            ref=self._surface,
            playlist=[fv.VideoMedia(address)],
            controls=None,
            fit=ft.BoxFit.COVER,  # fractions of a pixel would show as a black line
            fill_color=Role.CLEAR,
            width=width,
            height=height,
            opacity=opacity,
            wakelock=False,
            on_duration_change=hear_duration,
            on_position_change=lambda event: self.hear_position(ms_of(event.data)),
            on_complete=hear_end,
            on_error=hear_trouble,
        )
        return video


def ms_of(told: object) -> int:
    """Whole milliseconds of a length of time as the browser tells it."""
    return told.in_milliseconds if isinstance(told, ft.Duration) else 0
