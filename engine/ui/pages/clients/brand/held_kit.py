"""The brand kit while it is edited: what the screen shows, and what of that is not in the studio yet.

Made by engine.ui.pages.clients.brand.page, one for each time that the page is opened; it saves on when that is left.
Law: a choice is saved at once and typing within a second, in order, one request at a time, on the revision that was
seen. Nothing of somebody else's is overwritten unasked.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import flet as ft
from pydantic import JsonValue

from api.schemas.brand_kits import BrandKitChanges, BrandKitOut
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.client.bodies import checked
from engine.ui.pages.create.kept import Clash, Fields, Kept, Told

SaveState = Literal["saved", "saving", "unsaved", "offline", "conflict", "refused"]
FIELDS: Final = tuple(BrandKitChanges.model_fields)
QUIET_S: Final = 0.4
"""A pause of so long in the typing is a good moment to save."""
SAVED_WITHIN_S: Final = 0.9
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 10.0


def told_of(kit: BrandKitOut) -> Told:
    """The kit as the api tells it."""
    whole = kit.model_dump(mode="json")
    return Told({name: whole[name] for name in FIELDS}, kit.revision)


@dataclass(eq=False)
class HeldKit(ft.Observable):
    """One open brand kit. Components that are given it are drawn again as it changes."""

    api: StudioApi
    client_id: str
    kept: Kept
    refusal: ApiProblem | None = None
    """Why something cannot be saved as it is; until it is changed."""
    is_signed_out: bool = False
    drawing: int = 0
    """Rises with each change that is to be seen."""
    _is_sending: bool = False
    _is_offline: bool = False
    _due_at_s: float = 0.0
    _first_at_s: float = 0.0
    _saving: asyncio.Task[None] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, api: StudioApi, kit: BrandKitOut) -> "HeldKit":
        """A kit that was just loaded."""

        async def save(fields: Fields, revision: int) -> Told:
            return told_of(await api.change_brand_kit(kit.client_id, checked(BrandKitChanges, fields), revision))

        async def load() -> Told:
            return told_of(await api.brand_kit(kit.client_id))

        return cls(api, kit.client_id, Kept("brand_kit", told_of(kit), save, load))

    @property
    def revision(self) -> int:
        """What the studio has: another one looks otherwise."""
        return self.kept.told.revision

    def part(self, name: str) -> Mapping[str, JsonValue]:
        """A part of several fields (colours, fonts …) as the screen shows it."""
        shown = self.kept.shown[name]
        return shown if isinstance(shown, dict) else {}

    def text(self, name: str) -> str:
        """A field of text, or an asset's id, as the screen shows it; empty where there is none."""
        shown = self.kept.shown[name]
        return shown if isinstance(shown, str) else ""

    def pairs(self) -> list[tuple[str, str]]:
        """How words are said, as the screen shows them."""
        shown = self.kept.shown["pronunciations"]
        pairs = shown if isinstance(shown, list) else []
        return [(str(one.get("word", "")), str(one.get("say", ""))) for one in pairs if isinstance(one, dict)]

    def change_part(self, name: str, fields: Mapping[str, JsonValue], *, is_typing: bool = False) -> None:
        """Change some fields of a part."""
        self.change({name: {**self.part(name), **fields}}, is_typing=is_typing)

    def change(self, fields: Fields, *, is_typing: bool = False) -> None:
        """Change it on the screen now and in the studio soon."""
        self.kept.put(fields)
        self.refusal = None
        now_s = time.monotonic()
        is_idle = self._saving is None or self._saving.done()
        if is_idle:
            self._first_at_s = now_s
        self._due_at_s = min(now_s + QUIET_S, self._first_at_s + SAVED_WITHIN_S) if is_typing else now_s
        self._have_saved()

    @property
    def clashes(self) -> Sequence[Clash]:
        """What was changed here and elsewhere, for a person to decide."""
        return list(self.kept.clashes.values())

    def keep_mine(self, clash: Clash) -> None:
        """Save mine over theirs."""
        self.kept.keep_mine(clash.field)
        self._have_saved()

    def take_theirs(self, clash: Clash) -> None:
        """Show theirs."""
        self.kept.take_theirs(clash.field)
        self._have_saved()

    @property
    def save_state(self) -> SaveState:
        """How what was chosen stands with the studio."""
        if self.kept.clashes:
            return "conflict"
        if self.refusal is not None:
            return "refused"
        if not self.kept.unsaved:
            return "saved"
        if self._is_offline:
            return "offline"
        return "saving" if self._is_sending else "unsaved"

    def _tell(self) -> None:
        self.drawing += 1

    def _have_saved(self) -> None:
        if self._saving is None or self._saving.done():
            self._saving = asyncio.get_running_loop().create_task(self._save_all())
        self._tell()

    async def _save_all(self) -> None:
        pause_s = FIRST_PAUSE_S
        while self.kept.to_save() and self.refusal is None:
            while (wait_s := self._due_at_s - time.monotonic()) > 0:
                await asyncio.sleep(min(wait_s, 0.1))
            self._first_at_s = time.monotonic()
            self._is_sending = True
            self._tell()
            is_through = await self._save()
            self._is_sending = False
            self._is_offline = not is_through
            self._tell()
            if self.is_signed_out:
                return
            pause_s = FIRST_PAUSE_S if is_through else min(LONGEST_PAUSE_S, pause_s * 2)
            if not is_through:
                await asyncio.sleep(pause_s)

    async def _save(self) -> bool:
        """Save what there is. Whether the studio answered."""
        sent = self.kept.to_save()
        try:
            try:
                self.kept.was_saved(sent, await self.kept.save(sent, self.kept.told.revision))
            except ApiProblem as problem:
                if problem.code != "revision_outdated":
                    raise
                self.kept.meet(await self.kept.load())
        except ApiProblem as problem:
            self.is_signed_out = problem.is_signed_out
            if problem.is_signed_out or problem.is_passing:
                return False
            self.refusal = problem
        return True
