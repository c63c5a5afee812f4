"""Wizard: the one state of an open video. Steps read it, change it through it, and save nothing themselves.

Made by engine.ui.pages.create.frame, one for each video that a window has opened; kept on the desk, so that it outlives
the page. How a step uses it:

    wizard = use_wizard()                                    # drawn again whenever it changes
    wizard.video, wizard.scenes, wizard.takes                # as the screen shows them, unsaved changes included
    wizard.change("video", {"title": typed}, "title", is_typing=True)
    wizard.change(scene_key(scene.id), {"cut_shift_ms": 120}, "cut_shift")      # a named change, to be undone
    wizard.hold("cut", told, save, load)                     # one more thing that is edited here (see Kept)
    wizard.shown("cut", "music")                             # what stands on the screen now
    if await wizard.all_saved(): …                           # before a job or a quote that needs what was typed

The third argument names the change in engine.ui.words: `did.title`. The video and its scenes are held from the
start. Things of the studio that jobs make (takes, files), and versions at the client, come with `refresh`, which the
frame calls.
Law: a change shows at once and is saved within 2 s, in order, one request at a time, on the revision that was seen.
Nothing that was typed is lost and nothing of somebody else's is overwritten unasked.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal, cast

import flet as ft
from pydantic import JsonValue

from api.schemas.reviews import SendingOut, VersionRow
from api.schemas.videos import SceneOut, TakeOut, VideoOut
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.notation import utc_now
from engine.ui.pages.create.history import Change, History
from engine.ui.pages.create.kept import Clash, Fields, Kept, Load, Save, Told
from engine.ui.pages.create.making import Making
from engine.ui.pages.create.studio_things import held_scene, held_video, scene_key, told_of_scene, told_of_video
from engine.ui.pages.create.unsaved import Unsaved, UnsavedThing

__all__ = ["SaveState", "Wizard", "WizardContext", "scene_key", "use_wizard"]

SaveState = Literal["saved", "saving", "unsaved", "offline", "conflict", "refused"]
QUIET_S: Final = 0.7
"""A pause of so long in the typing is a good moment to save."""
SAVED_WITHIN_S: Final = 1.5
"""However fluently somebody types. With the request itself this stays under the 2 s that are promised."""
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 10.0
_SETTLES_WITHIN_S: Final = 10.0


@dataclass(eq=False)
class Wizard(ft.Observable):
    """One open video. See the module."""

    api: StudioApi
    video_id: str
    unsaved: Unsaved
    takes: tuple[TakeOut, ...] = ()
    """All takes of the video, the newest first."""
    versions: tuple[VersionRow, ...] = ()
    """All that were sent to the client, the newest first."""
    sending: SendingOut | None = None
    """A version that is on its way there, or that went wrong."""
    watermarks_reviews: bool = False
    """Whether the project's last version had a watermark."""
    is_restored: bool = False
    """Whether what a lost window had typed was brought back; until somebody has read that."""
    is_signed_out: bool = False
    """Whether saving waits for a sign-in; the frame leaves then."""
    put_away_problem: str = ""
    """Why the video could not be put away, or brought back."""
    making: Making = field(default_factory=Making)
    """How pictures are made here."""
    drawing: int = 0
    """Rises with each change that is to be seen."""
    _video: VideoOut | None = None
    _things: dict[str, Kept] = field(default_factory=dict)
    _left: dict[str, UnsavedThing] = field(default_factory=dict)
    """What a lost window had typed in things that are not held yet."""
    _history: History = field(default_factory=History)
    _refused: dict[str, ApiProblem] = field(default_factory=dict)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _is_sending: bool = False
    _is_offline: bool = False
    _is_hurried: bool = False
    _first_at_s: float = 0.0
    _last_at_s: float = 0.0
    _saving: asyncio.Task[None] | None = field(default=None, repr=False)

    async def open(self) -> None:
        """Load the video, and bring back what a lost window had typed; once. Raises ApiProblem."""
        async with self._opening:
            if not self.is_open:
                await self._open()

    async def _open(self) -> None:
        left = await self.unsaved.read()
        await self.refresh()
        if left is not None:
            scenes = {scene_key(scene.id) for scene in self.scenes}
            self._left = {
                key: thing for key, thing in left.things.items() if key in scenes or not key.startswith("scene:")
            }
            for kept in list(self._things.values()):
                self._bring_back(kept)
            self._have_saved()
        self._tell()

    def _bring_back(self, kept: Kept) -> None:
        """Show what a lost window had typed in this."""
        thing = self._left.pop(kept.key, None)
        if thing is not None:
            kept.restore(thing.typed, thing.before)
            self.is_restored = self.is_restored or bool(kept.unsaved)

    async def refresh(self) -> None:
        """Load what others and jobs made of it; what is typed here stays. Raises ApiProblem."""
        video, takes, versions = await asyncio.gather(
            self.api.video(self.video_id), self.api.takes(self.video_id), self.api.versions(self.video_id)
        )
        self._take_video(video)
        self.takes, self.versions = tuple(takes.items), tuple(versions.items)
        self.sending, self.watermarks_reviews = versions.sending, versions.watermarks_reviews
        self._tell()

    def read_restored(self) -> None:
        """Somebody has read that it was brought back."""
        self.is_restored = False

    @property
    def is_open(self) -> bool:
        """Whether the video was loaded."""
        return self._video is not None

    @property
    def video(self) -> VideoOut:
        """The video as the screen shows it."""
        assert self._video is not None
        shown = self._things["video"].shown
        return self._video.model_copy(update={name: shown[name] for name in ("title", "language", "script")})

    @property
    def scenes(self) -> list[SceneOut]:
        """Its scenes in the order that the screen shows, with what was changed on each. They follow the script as soon
        as that is saved."""
        assert self._video is not None
        order = cast("list[str]", self._things["video"].shown["scene_ids"])
        places = {scene_id: place for place, scene_id in enumerate(order)}
        scenes = sorted(self._video.scenes, key=lambda scene: places.get(scene.id, len(places)))
        return [self._shown_scene(scene) for scene in scenes]

    def find_scene(self, scene_id: str) -> SceneOut | None:
        """One scene as the screen shows it; None where the script has lost it. A component that is drawn again by
        itself asks here: what it was given when it was first drawn may be old, and a field that is typed in would
        take that for somebody's change."""
        return next((scene for scene in self.scenes if scene.id == scene_id), None)

    def shown(self, key: str, name: str) -> JsonValue:
        """What the screen shows of a field. Raises KeyError for what is not held."""
        return self._things[key].shown[name]

    def holds(self, key: str) -> bool:
        """Whether this thing is edited here."""
        return key in self._things

    def hold(self, key: str, told: Told, save: Save, load: Load) -> None:
        """Edit one more thing here. Where it is held already, it meets what the studio tells now; as it is first held,
        what a lost window had typed in it comes back."""
        if kept := self._things.get(key):
            if told.revision >= kept.told.revision:
                kept.meet(told)
        else:
            kept = self._things[key] = Kept(key, told, save, load)
            self._bring_back(kept)
            if kept.unsaved:
                self._have_saved()
        self._tell()

    def change(self, key: str, fields: Fields, name: str, *, is_typing: bool = False) -> None:
        """Change it on the screen now and in the studio soon. name: as in `did.title`, for undo."""
        kept = self._things[key]
        before = {field_name: kept.shown[field_name] for field_name in fields}
        if before == dict(fields):
            return
        self._history.add(Change(key, name, before, dict(fields)), at_s=time.monotonic(), is_typing=is_typing)
        self._put(key, fields)

    def choose(self, scene_id: str, take_id: str) -> None:
        """Show this take in its scene. Undone, the one before shows again, or the title card."""
        self.change(scene_key(scene_id), {"chosen_take_id": take_id}, "take")

    @property
    def undoable(self) -> str | None:
        """The name of what undo would take back."""
        return self._history.done[-1].name if self._history.done else None

    @property
    def redoable(self) -> str | None:
        """The name of what redo would make again."""
        return self._history.undone[-1].name if self._history.undone else None

    def undo(self) -> None:
        """Take the last change back, whichever step it was made in. One whose scene is gone is passed over."""
        while (change := self._history.undo()) is not None:
            if change.key in self._things:
                self._put(change.key, change.before)
                return
        self._tell()

    def redo(self) -> None:
        """Make the last undone change again."""
        while (change := self._history.redo()) is not None:
            if change.key in self._things:
                self._put(change.key, change.after)
                return
        self._tell()

    @property
    def clashes(self) -> Sequence[Clash]:
        """What was changed here and elsewhere, for a person to decide."""
        return [clash for kept in self._things.values() for clash in kept.clashes.values()]

    def keep_mine(self, clash: Clash) -> None:
        """Save mine over theirs."""
        self._things[clash.key].keep_mine(clash.field)
        self._have_saved(at_once=True)

    def take_theirs(self, clash: Clash) -> None:
        """Show theirs. Mine can be had back by undo."""
        change = Change(clash.key, "theirs", {clash.field: clash.mine}, {clash.field: clash.theirs})
        self._history.add(change, at_s=time.monotonic())
        self._things[clash.key].take_theirs(clash.field)
        self._have_saved()

    @property
    def save_state(self) -> SaveState:
        """How what was typed stands with the studio."""
        if self.clashes:
            return "conflict"
        if self._refused:
            return "refused"
        if not any(kept.unsaved for kept in self._things.values()):
            return "saved"
        if self._is_offline:
            return "offline"
        return "saving" if self._is_sending else "unsaved"

    @property
    def refusal(self) -> ApiProblem | None:
        """Why something cannot be saved as it is; until it is changed."""
        return next(iter(self._refused.values()), None)

    async def all_saved(self) -> bool:
        """Save now, and say whether everything is. It waits, but not for a studio that is gone."""
        self._have_saved(at_once=True)
        if self._saving is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._saving), _SETTLES_WITHIN_S)
        return self.save_state == "saved"

    def _tell(self) -> None:
        self.drawing += 1

    def _put(self, key: str, fields: Fields) -> None:
        self._things[key].put(fields)
        self._refused.pop(key, None)
        self._have_saved()

    def _have_saved(self, *, at_once: bool = False) -> None:
        now_s = time.monotonic()
        self._is_hurried = at_once
        self._last_at_s = now_s
        self._remember()
        if self._saving is None or self._saving.done():
            self._first_at_s = now_s
            self._saving = asyncio.get_running_loop().create_task(self._save_all())
        self._tell()

    async def _save_all(self) -> None:
        pause_s = FIRST_PAUSE_S
        while self._next_to_save() is not None:
            while not self._is_hurried and (wait_s := self._due_in_s()) > 0:
                await asyncio.sleep(min(wait_s, 0.1))
            self._first_at_s = time.monotonic()
            kept = self._next_to_save()
            if kept is None:
                break
            self._is_sending = True
            self._tell()
            is_through = await self._save(kept)
            self._is_sending = False
            self._is_offline = not is_through
            self._remember()
            self._tell()
            if self.is_signed_out:
                return
            pause_s = FIRST_PAUSE_S if is_through else min(LONGEST_PAUSE_S, pause_s * 2)
            if not is_through:
                await asyncio.sleep(pause_s)
        self._is_hurried = False

    def _due_in_s(self) -> float:
        """How long saving may still wait, for a pause in the typing."""
        now_s = time.monotonic()
        return min(self._last_at_s + QUIET_S, self._first_at_s + SAVED_WITHIN_S) - now_s

    def _next_to_save(self) -> Kept | None:
        waiting = (kept for kept in self._things.values() if kept.to_save() and kept.key not in self._refused)
        return next(waiting, None)

    async def _save(self, kept: Kept) -> bool:
        """Save one thing. Whether the studio answered."""
        sent = kept.to_save()
        try:
            try:
                kept.was_saved(sent, await kept.save(sent, kept.told.revision))
            except ApiProblem as problem:
                if problem.code != "revision_outdated":
                    raise
                kept.meet(await kept.load())
        except ApiProblem as problem:
            self.is_signed_out = problem.is_signed_out
            if problem.is_signed_out or problem.is_passing:
                return False
            self._refused[kept.key] = problem
        return True

    def _remember(self) -> None:
        """Keep in the browser what is not saved, and what a lost window left that nobody has come to yet."""
        things = self._left | {
            key: UnsavedThing(
                typed={name: kept.shown[name] for name in kept.unsaved},
                before={name: kept.told.fields[name] for name in kept.unsaved},
            )
            for key, kept in self._things.items()
            if kept.unsaved
        }
        self.unsaved.remember(things, utc_now())

    def _take_video(self, video: VideoOut) -> None:
        """The video as the studio has it now, with its scenes."""
        kept = self._things.get("video")
        if kept is not None and video.revision < kept.told.revision:
            return  # asked for before something was saved, answered after
        self._video = video
        if kept is None:
            self._things["video"] = held_video(self.api, video, self._take_scenes)
        else:
            kept.meet(told_of_video(video))
        self._take_scenes(video)

    def _take_scenes(self, video: VideoOut) -> None:
        self._video = video
        keys = {scene_key(scene.id) for scene in video.scenes}
        for key in [key for key in self._things if key.startswith("scene:") and key not in keys]:
            del self._things[key]
            self._refused.pop(key, None)
        for scene in video.scenes:
            kept = self._things.get(scene_key(scene.id))
            if kept is None:
                self._things[scene_key(scene.id)] = held_scene(self.api, scene)
            elif scene.revision >= kept.told.revision:
                kept.meet(told_of_scene(scene))

    def _shown_scene(self, scene: SceneOut) -> SceneOut:
        shown = self._things[scene_key(scene.id)].shown
        chosen_id = shown["chosen_take_id"]
        here = scene.chosen_take if scene.chosen_take_id == chosen_id else None
        chosen = next((take for take in self.takes if take.id == chosen_id), here)
        return scene.model_copy(update={**shown, "chosen_take": chosen})


WizardContext = ft.create_context(cast(Wizard, None))


def use_wizard() -> Wizard:
    """The open video; whatever asks is drawn again when it changes. Only within a step."""
    return ft.use_context(WizardContext)
