"""Doing: what can be done with one film, and what came of it.

Called by the page of the library and its tiles. Law: a double click does a thing once; what was put away can be brought
back where that is said.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.library import FilmOut
from engine.ui.components.acting import Act, use_act
from engine.ui.desk import Desk, use_desk
from engine.ui.theme import space

LONGEST_TITLE: Final = 300


@dataclass(frozen=True)
class Doing:
    """One page's way to do things with films."""

    desk: Desk
    act: Act
    intent: str
    """The same until something was done, so that a double click does it once."""
    done: Callable[[FilmOut | None], None]
    """Called with the film that can be brought back, if any."""
    playing: FilmOut | None
    play: Callable[[FilmOut | None], None]
    put_away: FilmOut | None

    def archive(self, film: FilmOut) -> None:
        """Put it away."""
        self._run(lambda: self.desk.api.archive_film(film.id), "films.archived", film, gone=film)

    def restore(self, film: FilmOut) -> None:
        """Bring it back."""
        self._run(lambda: self.desk.api.restore_film(film.id), "films.restored", film)

    def push(self, film: FilmOut) -> None:
        """Have it put into its folder."""
        self._run(lambda: self.desk.api.push_film(film.id, f"{self.intent}-{film.id}"), "films.pushing", film)

    def duplicate(self, film: FilmOut) -> None:
        """Begin a draft as its video is, and go there."""

        async def go() -> str:
            title = self.desk.words("films.copy_of", title=film.title)
            if len(title) > LONGEST_TITLE:
                title = film.title
            draft = await self.desk.api.duplicate_video(film.video_id, title, f"{self.intent}-{film.video_id}")
            self.desk.go(f"/create/{draft.id}/script")
            return ""

        self.act.run(go)

    def _run(
        self, do: Callable[[], Awaitable[object]], word: str, film: FilmOut, *, gone: FilmOut | None = None
    ) -> None:
        async def go() -> str:
            await do()
            self.done(gone)
            return self.desk.words(word, title=film.title)

        self.act.run(go)

    def line(self) -> list[ft.Control]:
        """What came of the last thing that was done, and the way back where there is one."""
        if not (self.act.outcome.said or self.act.outcome.problem):
            return []
        row: list[ft.Control] = [self.act.line()]
        if self.put_away is not None and not self.act.is_busy:
            film = self.put_away
            row.append(ft.OutlinedButton(self.desk.words("films.undo"), on_click=lambda _: self.restore(film)))
        return [ft.Row(row, spacing=space(4), run_spacing=space(2), wrap=True)]


def use_doing(look_again: Callable[[], None]) -> Doing:
    """look_again: called whenever something was done."""
    desk, act = use_desk(), use_act()
    no_film: FilmOut | None = None
    playing, set_playing = ft.use_state(no_film)
    put_away, set_put_away = ft.use_state(no_film)
    count, set_count = ft.use_state(0)
    intent = ft.use_memo(lambda: uuid4().hex, [count])

    def done(gone: FilmOut | None) -> None:
        set_put_away(gone)
        set_count(lambda before: before + 1)
        look_again()

    return Doing(desk, act, intent, done, playing, set_playing, put_away)
