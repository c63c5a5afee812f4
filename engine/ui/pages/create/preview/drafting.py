"""Drafting: keeps the draft on the screen up to date with the video, and says what stops it.

Called by the Preview step. Whatever is saved in any step changes the cut; the mark of a cut says whether the draft that
is shown is still one of it.
Law: only the newest question counts; an answer that comes after a newer question is dropped.
"""

from dataclasses import dataclass

import flet as ft

from api.schemas.cuts import CutOptions, CutOut
from api.schemas.drafts import DraftOut
from api.schemas.videos import Format
from engine.ui.client import ApiProblem
from engine.ui.client.cuts import frame_address
from engine.ui.components.player import Player
from engine.ui.components.states import said_of
from engine.ui.desk import Desk
from engine.ui.pages.create.preview.held_cut import hold_cut
from engine.ui.pages.create.wizard import Wizard
from engine.ui.timecode import frame_at, frame_start_ms


@ft.observable
@dataclass(eq=False)
class Drafting:
    """The cut, its draft in one format, and the frame that is looked at exactly."""

    desk: Desk
    wizard: Wizard
    player: Player
    format: Format = "9:16"
    cut: CutOut | None = None
    options: CutOptions | None = None
    draft: DraftOut | None = None
    is_making: bool = False
    problem: str = ""
    frame: int | None = None
    """The frame that is shown exactly; None while it plays."""
    _question: int = 0

    async def catch_up(self) -> None:
        """Load the cut, and where it is another one than the draft shows, have a new draft made."""
        self._question += 1
        question = self._question
        api, video_id = self.desk.api, self.wizard.video_id
        try:
            if self.options is None:
                self.options = await api.cut_options()
            cut = await api.cut(video_id)
            if question != self._question:
                return
            hold_cut(self.wizard, cut)
            self.cut = cut
            if "video_empty" in cut.problems or self._is_of(cut):
                self.problem = ""
                return
            self.is_making = True
            draft = await api.draft(video_id, self.format)
        except ApiProblem as problem:
            if question == self._question and not self.desk.meet(problem):
                self.problem = said_of(problem, self.desk.words)
                self.is_making = False
            return
        if question == self._question:
            self.draft, self.problem, self.is_making = draft, "", False

    async def show_format(self, name: Format) -> None:
        """Look at the film in another format."""
        self.format = name
        await self.catch_up()

    async def step(self, frames: int) -> None:
        """So many frames on, or back where it is below zero, exactly."""
        if self.draft is None:
            return
        await self.player.pause()
        here = self.frame if self.frame is not None else frame_at(self.player.position_ms, self.draft.fps)
        frame = min(max(0, here + frames), self.draft.frames - 1)
        await self.player.seek(frame_start_ms(frame, self.draft.fps))
        self.frame = frame

    async def toggle(self) -> None:
        """Play or pause."""
        self.frame = None
        await self.player.toggle()

    async def seek(self, to_ms: int) -> None:
        """Go to a place."""
        self.frame = None
        await self.player.seek(to_ms)

    @property
    def exact_address(self) -> str | None:
        """Where the picture of the exact frame is; None while none is looked at."""
        if self.frame is None or self.draft is None:
            return None
        at_ms = frame_start_ms(self.frame, self.draft.fps)
        return frame_address(self.wizard.video_id, self.format, at_ms, self.draft.cut_sha256)

    @property
    def poster_address(self) -> str | None:
        """Where a picture is to look at until the first draft of this format comes."""
        if self.cut is None or (self.draft is not None and self.draft.format == self.format):
            return None
        return frame_address(self.wizard.video_id, self.format, self.player.position_ms, self.cut.cut_sha256)

    def _is_of(self, cut: CutOut) -> bool:
        draft = self.draft
        return draft is not None and draft.cut_sha256 == cut.cut_sha256 and draft.format == self.format
