"""The library's page: films that are found by their address, seen, picked and handed out.

Called by engine.app as the route /library.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.fields import PageOf
from api.schemas.library import MOST_ZIPPED, FilmOut
from engine.ui.addresses import use_query
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.components.acting import use_act
from engine.ui.components.fetching import fetch
from engine.ui.components.states import Trouble, empty, said_of, skeleton
from engine.ui.components.surfaces import card, scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import today
from engine.ui.pages.library.doing import use_doing
from engine.ui.pages.library.filters import Filters
from engine.ui.pages.library.playing import PlayingDialog
from engine.ui.pages.library.tile import FilmActions, film_tile
from engine.ui.pages.library.wish import Wish
from engine.ui.theme import Role, space

PER_PAGE: Final = 12
"""Three rows on a desk; a thousand controls take Flet a third of a second."""
Picked = frozenset[str]


@ft.component
def LibraryPage() -> ft.Control:
    """Films that are ready, the newest first, unless the address says otherwise."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    wish = Wish.of(use_query())
    changes, set_changes = ft.use_state(0)
    nothing: Picked = frozenset()
    picked, set_picked = ft.use_state(nothing)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    doing = use_doing(look_again)

    def pick(film: FilmOut) -> None:
        set_picked(lambda before: before ^ {film.id})

    actions = FilmActions(pick=pick, doing=doing)
    content: ft.Control
    match use_loaded(lambda: load_films(desk.api, wish), wish, changes, feed.news):
        case Waiting():
            content = skeleton(words, rows=6)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded((shown, _)) if shown != wish:
            content = skeleton(words, rows=6)
        case Loaded((_, page)) if not page.items:
            content = _none(desk, wish)
        case Loaded((_, page)):
            content = Films(page, wish, picked, actions)
    parts: list[ft.Control] = [heading(words("films.title")), Filters(wish)]
    parts += [*doing.line(), content]
    if doing.playing is not None:
        film = doing.playing
        parts.append(PlayingDialog(film, lambda: doing.play(None), key=film.id))  # type: ignore[call-arg]  # Flet takes it off
    # Below the films and not above them: what is picked next must not move away under the hand.
    bar = ft.Container()
    if picked:
        bar = ft.Container(Selection(picked, lambda: set_picked(nothing)), padding=ft.Padding.only(bottom=space(4)))
    return ft.Column([scrolled(parts), bar], spacing=space(2), expand=True)


async def load_films(api: StudioApi, wish: Wish, cursor: str | None = None) -> tuple[Wish, PageOf[FilmOut]]:
    """What was wished with it, so that nothing is shown under another wish's filters. Raises ApiProblem."""
    return wish, await api.films(wish.asked(today()), limit=PER_PAGE, cursor=cursor)


def _none(desk: Desk, wish: Wish) -> ft.Control:
    words = desk.words
    if not (wish.search or wish.count):
        return card(empty(words("films.none"), words("films.none_more"), ft.Icons.VIDEO_LIBRARY_OUTLINED))
    nothing = empty(words("films.none_found"), words("films.none_found_more"), ft.Icons.SEARCH_OFF)
    clear = ft.OutlinedButton(words("films.clear"), on_click=lambda _: desk.go(Wish().address()))
    return card(ft.Column([nothing, clear], spacing=space(3)))


@ft.component
def Films(first: PageOf[FilmOut], wish: Wish, picked: Picked, actions: FilmActions) -> ft.Control:
    """The first page, and more as they are asked for."""
    desk = use_desk()
    words = desk.words
    nothing: Sequence[FilmOut] = ()
    more, set_more = ft.use_state(nothing)
    cursor, set_cursor = ft.use_state(first.next_cursor)
    problem, set_problem = ft.use_state("")

    def begin_anew() -> None:
        set_more(nothing)
        set_cursor(first.next_cursor)

    ft.use_effect(begin_anew, [first])

    async def show_more() -> None:
        try:
            _, page = await load_films(desk.api, wish, cursor)
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
            return
        set_more([*more, *page.items])
        set_cursor(page.next_cursor)
        set_problem("")

    tiles: list[ft.Control] = [
        film_tile(desk, film, actions, is_picked=film.id in picked) for film in [*first.items, *more]
    ]
    gap = space(3) if desk.layout == "narrow" else space(4)
    parts: list[ft.Control] = [
        ft.Row(tiles, spacing=gap, run_spacing=gap, wrap=True, vertical_alignment=ft.CrossAxisAlignment.START)
    ]
    if problem:
        parts.append(text(problem, color=Role.DANGER))
    if cursor:
        parts.append(
            ft.Row([ft.OutlinedButton(words("list.more"), on_click=lambda _: ft.context.page.run_task(show_more))])
        )
    return ft.Column(parts, spacing=space(4))


@ft.component
def Selection(picked: Picked, clear: Callable[[], None]) -> ft.Control:
    """What can be done with all that are picked."""
    desk, act = use_desk(), use_act()
    words = desk.words

    def fetch_all() -> None:
        if len(picked) > MOST_ZIPPED:
            act.refuse({"export_ids": words("films.zip_most")})
            return

        async def go() -> str:
            zipped = await desk.api.zip_films(sorted(picked))
            fetch(zipped.url)
            return words("films.zipping")

        act.run(go)

    said = words("films.zip_one") if len(picked) == 1 else words("films.zip", count=len(picked))
    row: list[ft.Control] = [
        text(words("films.picked", count=len(picked)), "strong"),
        ft.FilledButton(said, icon=ft.Icons.FOLDER_ZIP_OUTLINED, on_click=lambda _: fetch_all()),
        ft.OutlinedButton(words("films.pick_none"), on_click=lambda _: clear()),
    ]
    parts: list[ft.Control] = [ft.Row(row, spacing=space(3), run_spacing=space(2), wrap=True)]
    if wrong := act.wrong("export_ids"):
        parts.append(text(wrong, color=Role.DANGER))
    elif act.outcome.said or act.outcome.problem:
        parts.append(act.line())
    return ft.Semantics(container=True, live_region=True, content=card(ft.Column(parts, spacing=space(2))))
