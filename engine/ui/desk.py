"""The desk: what one person at one window sees everywhere, and what happens there.

Made by engine.app for each window; components reach it through `use_desk`, `use_feed` and `use_view`. Three
observables: a job that moves, or a drawer that opens, redraws what shows it and not the page.
Law: state that outlives a page lives here; a page that is left forgets the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

import flet as ft

from api.schemas.auth import StaffOut
from api.schemas.jobs import JobOut
from api.schemas.notifications import NotificationOut
from api.schemas.uploads import UploadOut
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.going import Going
from engine.ui.newest import use_newest
from engine.ui.words import Words

if TYPE_CHECKING:
    from engine.ui.pages.create.unsaved import BrowserStore
    from engine.ui.pages.create.wizard import Wizard

KeyHandler = Callable[[ft.KeyboardEvent], None]
Layout = Literal["wide", "medium", "narrow"]
Drawer = Literal["jobs", "bell"]
WIDE_FROM_PX: Final = 1100
MEDIUM_FROM_PX: Final = 700
TALL_FROM_PX: Final = 740
"""From this height on, a page that is one glance fits without scrolling."""
UNDER_WAY: Final = frozenset({"queued", "running", "waiting"})
MOST_ENDED_JOBS: Final = 20


def layout_of(width_px: float | None) -> Layout:
    """How the shell is laid out in a window of this width."""
    if width_px is None or width_px >= WIDE_FROM_PX:
        return "wide"
    return "medium" if width_px >= MEDIUM_FROM_PX else "narrow"


def is_tall(height_px: float | None) -> bool:
    """Whether a page that is one glance fits a window of this height."""
    return height_px is None or height_px >= TALL_FROM_PX


@ft.observable
@dataclass
class Feed:
    """What happens in the studio, as the event stream tells it."""

    jobs: Mapping[str, JobOut] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    """Video id to title, of the videos that jobs are about."""
    uploads: tuple[UploadOut, ...] = ()
    """One's own large files, the newest first."""
    notices: tuple[NotificationOut, ...] = ()
    unread: int = 0
    is_live: bool = True
    news: int = 0
    """Rises whenever something happened that a page may want to load again."""

    def take_job(self, job: JobOut) -> None:
        """A job has moved. Of those that have ended the last few are kept."""
        jobs = {**self.jobs, job.id: job}
        ended = sorted((j for j in jobs.values() if j.status not in UNDER_WAY), key=lambda j: j.updated_at)
        for old in ended[:-MOST_ENDED_JOBS]:
            del jobs[old.id]
        before = self.jobs.get(job.id)
        self.jobs = jobs
        if before is None or before.status != job.status:
            self.news += 1

    def take_uploads(self, uploads: Sequence[UploadOut]) -> bool:
        """How far one's own uploads are. Whether any has moved since; one that is in the library now is news."""
        before = {upload.id: upload for upload in self.uploads}
        moved = [upload for upload in uploads if before.get(upload.id) != upload]
        if tuple(uploads) != self.uploads:
            self.uploads = tuple(uploads)
        if any(upload.state == "ready" and upload.id in before for upload in moved):
            self.news += 1
        return bool(moved)

    def arriving(self) -> list[UploadOut]:
        """One's own uploads that are not in the library yet."""
        return [upload for upload in self.uploads if upload.state in {"arriving", "checking"}]

    def under_way(self) -> list[JobOut]:
        """Jobs that are not over, the oldest first."""
        return sorted((j for j in self.jobs.values() if j.status in UNDER_WAY), key=lambda j: j.created_at)

    def ended(self) -> list[JobOut]:
        """Jobs that are over, the last first."""
        over = (j for j in self.jobs.values() if j.status not in UNDER_WAY)
        return sorted(over, key=lambda j: j.updated_at, reverse=True)


@ft.observable
@dataclass
class View:
    """What stands open beside the page, and how light it is: changed often, and seen in few places."""

    theme_mode: ft.ThemeMode
    device: ft.Brightness | None = None
    """What the device itself prefers."""
    drawer: Drawer | None = None

    def toggle(self, drawer: Drawer) -> None:
        """Open this drawer, or close it."""
        self.drawer = None if self.drawer == drawer else drawer

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme shows."""
        if self.theme_mode == ft.ThemeMode.SYSTEM:
            return self.device == ft.Brightness.DARK
        return self.theme_mode == ft.ThemeMode.DARK


@ft.observable
@dataclass
class Desk:
    """Who sits here and at what kind of window."""

    api: StudioApi
    feed: Feed
    me: StaffOut
    words: Words
    layout: Layout
    is_tall: bool
    view: View
    leave: Callable[[], None]
    """Show the sign-in page in this window."""
    keep_theme: Callable[[ft.ThemeMode], None]
    """Show this theme and remember it in this browser."""
    browser_store: "BrowserStore"
    """What this browser keeps for the app."""
    recordings_dir: Path
    """Where sound lies that is being recorded in the app."""
    _wizards: "dict[str, Wizard]" = field(default_factory=dict)
    """Video id to the wizard that has it open: leaving a page saves on and forgets nothing."""
    _key_handlers: list[KeyHandler] = field(default_factory=list)
    _typing_in: object | None = None
    _going: Going = field(default_factory=Going)

    def wizard_of(self, video_id: str, make: "Callable[[], Wizard]") -> "Wizard":
        """The wizard of a video, made where this window has not opened it yet."""
        if video_id not in self._wizards:
            self._wizards[video_id] = make()
        return self._wizards[video_id]

    def take_key(self, event: ft.KeyboardEvent) -> None:
        """A key was pressed in this window."""
        if event.key == "Escape" and self.view.drawer is not None:
            self.view.drawer = None
        for handle in list(self._key_handlers):
            handle(event)

    @property
    def is_typing(self) -> bool:
        """Whether keys go into a text field now, and mean nothing else."""
        return self._typing_in is not None

    def type_in(self, text_field: object) -> None:
        """A text field got the keys."""
        self._typing_in = text_field

    def type_no_more(self, text_field: object) -> None:
        """A text field gave the keys up, or is gone."""
        if self._typing_in is text_field:
            self._typing_in = None

    def hear_keys(self, handle: KeyHandler) -> None:
        """From now on, tell of every key."""
        self._key_handlers.append(handle)

    def hear_no_keys(self, handle: KeyHandler) -> None:
        """Tell of keys no more."""
        self._key_handlers.remove(handle)

    def show_theme(self, mode: ft.ThemeMode) -> None:
        """Light, dark, or as the device has it."""
        self.view.theme_mode = mode
        self.keep_theme(mode)

    @property
    def address(self) -> str:
        """Where this window is, with what stands behind the ?."""
        return self._going.address(ft.context.page)

    def go(self, path: str) -> None:
        """Show the page at this address; a drawer that covers it gives way."""
        if self.layout == "narrow":
            self.view.drawer = None
        self._going.go(ft.context.page, path)

    def take_me(self, me: StaffOut) -> None:
        """Who is signed in has changed name or language."""
        self.me = me
        self.words = Words(me.language)

    async def sign_out(self) -> None:
        """End the session in the studio and leave. Where the studio does not answer, leave all the same."""
        with suppress(ApiProblem):
            await self.api.sign_out()
        self.leave()

    def meet(self, problem: ApiProblem) -> bool:
        """Leave where the problem is that the session is over. Whether it was."""
        if problem.is_signed_out:
            self.leave()
        return problem.is_signed_out


DeskContext = ft.create_context(cast(Desk, None))


def use_desk() -> Desk:
    """The desk; whatever asks is drawn again when it changes. A component that Flet draws once more while its page is
    being left has lost its context, and gets the window's own."""
    return ft.use_context(DeskContext) or cast(Desk, ft.context.page.data)


def use_feed() -> Feed:
    """The feed; whatever asks is drawn again when something happens."""
    desk = use_desk()
    feed, _ = ft.use_state(desk.feed)
    return feed


def use_view() -> View:
    """The view; whatever asks is drawn again when a drawer opens or the theme changes."""
    desk = use_desk()
    view, _ = ft.use_state(desk.view)
    return view


def use_keys(handle: KeyHandler) -> None:
    """Hear every key of this window while this is on the screen. Those that are typed into a field come too: ask
    `desk.is_typing`."""
    desk = use_desk()
    newest = use_newest(handle)

    def begin() -> KeyHandler:
        def hear(event: ft.KeyboardEvent) -> None:
            newest.value(event)

        return hear

    hear = ft.use_memo(begin, [])
    ft.use_effect(lambda: desk.hear_keys(hear), [], cleanup=lambda: desk.hear_no_keys(hear))
