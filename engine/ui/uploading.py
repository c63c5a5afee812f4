"""Uploading: a small file from the disk of whoever sits at the window, straight from the browser to the api.

Called by the wizard's steps through `use_disk`. The bytes never pass through the app.
Law: what is too large for a page to carry is said before a byte has moved, with where it can go.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.assets import AssetChanges, AssetOut, AssetType
from api.schemas.problems import Problem
from engine.ui.client import ApiProblem
from engine.ui.client.files import upload_address
from engine.ui.components.states import said_by_code, said_of
from engine.ui.desk import Desk, use_desk
from engine.ui.words import Words

MOST_BYTES: Final = 50_000_000
"""Larger files make the page stand still (measured: 150 MB); they go by the page for large files."""
_SILENT_FOR_S: Final = 60


@ft.observable
@dataclass(eq=False)
class Disk:
    """Files of this window's machine. Components that are given one are drawn again as it moves."""

    desk: Desk
    progress: float | None = None
    """0 to 1 while a file is on its way."""
    problem: str = ""
    _picker: ft.FilePicker | None = field(default=None, repr=False)
    _moved: "asyncio.Queue[ft.FilePickerUploadEvent]" = field(default_factory=asyncio.Queue, repr=False)

    def __post_init__(self) -> None:
        self._picker = ft.FilePicker(on_upload=self._moved.put_nowait)

    async def bring(self, kind: AssetType, endings: Sequence[str], client_id: str | None) -> AssetOut | None:
        """Let the person pick a file and store it. None where nothing was picked, or where `problem` says why not."""
        if self._picker is None or self.progress is not None:
            return None
        self.problem = ""
        picked = await self._picker.pick_files(
            allowed_extensions=list(endings), file_type=ft.FilePickerFileType.CUSTOM, cancel_upload_on_window_blur=False
        )
        if not picked:
            return None
        if picked[0].size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            self.problem = self.desk.words("upload.too_large", name=picked[0].name, most=most)
            return None
        self.progress = 0.0
        try:
            return await self._store(self._picker, picked[0], kind, client_id)
        except ApiProblem as problem:
            self.problem = "" if self.desk.meet(problem) else said_of(problem, self.desk.words)
            return None
        finally:
            self.progress = None

    async def _store(
        self, picker: ft.FilePicker, file: ft.FilePickerFile, kind: AssetType, client_id: str | None
    ) -> AssetOut | None:
        # The browser gets the answer, not we: a name that nobody else uses finds the file again.
        unique = f"{uuid4().hex}{PurePath(file.name).suffix.lower()}"
        address = upload_address(unique, kind, client_id)
        while not self._moved.empty():
            self._moved.get_nowait()
        await picker.upload([ft.FilePickerUploadFile(upload_url=address, id=file.id, name=file.name)])
        if not await self._arrived(file.name):
            return None
        stored = await self.desk.api.find_file(kind, PurePath(unique).stem)
        if stored is None:
            self.problem = self.desk.words("upload.failed", name=file.name)
            return None
        return await self.desk.api.change_file(
            stored.id, AssetChanges(file_name=_kept_name(file, stored)), stored.revision
        )

    async def _arrived(self, name: str) -> bool:
        """Whether the file got there; it says so as long as it moves. What is still told of an earlier one is passed
        over."""
        try:
            while True:
                event = await asyncio.wait_for(self._moved.get(), _SILENT_FOR_S)
                if event.file_name != name:
                    continue
                if event.error:
                    self.problem = _reason(event.error, self.desk.words, name) or self.desk.words(
                        "upload.failed", name=event.file_name
                    )
                    return False
                self.progress = event.progress or 0.0
                if self.progress >= 1:
                    return True
        except TimeoutError:
            self.problem = self.desk.words("upload.stalled")
            return False


def _kept_name(file: ft.FilePickerFile, stored: AssetOut) -> str:
    """What the person called it, with another ending where the studio made another kind of file of it."""
    ending = PurePath(stored.file_name).suffix
    return file.name if file.name.lower().endswith(ending) else f"{PurePath(file.name).stem}{ending}"


def _reason(error: str, words: Words, name: str) -> str:
    """What the api says in an answer that the browser hands on as text, in our words; empty where it says nothing.

    name: what the person calls the file, which the api knows by another name.
    """
    found = re.search(r"\{.*\}", error, re.DOTALL)
    try:
        problem = Problem.model_validate_json(found[0]) if found else None
    except ValueError:
        return ""
    return said_by_code(problem.code, problem.detail, words, problem.facts | {"name": name}) if problem else ""


def use_disk() -> Disk:
    """This window's disk, for as long as the component is on the screen."""
    desk = use_desk()
    disk = ft.use_memo(lambda: Disk(desk), [])
    return ft.use_state(disk)[0]
