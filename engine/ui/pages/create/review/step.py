"""The Review step: a version as the client has it, what they noted on it, and what they decided.

Called by engine.ui.pages.create.steps. The address names a version (…/review/{version_id}); without one it is the
newest. Whatever the client does shows by itself; to have it on the screen is to have read the notice of it.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, cast

import flet as ft

from api.schemas.clients import ContactOut
from api.schemas.cuts import CutOut
from api.schemas.reviews import NoteOut, VersionOut
from api.schemas.videos import Format
from engine.ui.chosen import chosen
from engine.ui.components.bell import use_read_notices
from engine.ui.components.kept_drafts import KeptDrafts
from engine.ui.components.player import Player
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import card
from engine.ui.components.texts import text
from engine.ui.desk import Layout, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.create.export.sending import FORMATS
from engine.ui.pages.create.review.notes import checklist_card, notes_card
from engine.ui.pages.create.review.on_its_way import OnItsWay
from engine.ui.pages.create.review.reading import Reading
from engine.ui.pages.create.review.screen import Screen
from engine.ui.pages.create.review.threads import threads_of
from engine.ui.pages.create.review.versions import VersionCard, all_versions
from engine.ui.pages.create.review.writing import NewNote
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import space
from engine.ui.words import Words

SEEN_PX: Final[dict[Layout, int]] = {"wide": space(118), "medium": space(82), "narrow": space(90)}
ABOVE_PX: Final = space(44)
"""The video's title and the steps, with the margins."""
LEAST_HEIGHT_PX: Final = space(120)
FILM_KEY: Final = "film"
SCROLLS_MS: Final = 200
LACKS: Final = {
    "waiting": "review.lacks_word",
    "deciding": "review.lacks_word",
    "changes_requested": "review.lacks_changes",
}


def review_lacks(wizard: Wizard, words: Words) -> str:
    """Until the client approves, something is missing."""
    if not wizard.versions:
        return words("review.lacks")
    lack = LACKS.get(wizard.versions[0].state)
    return words(lack) if lack else ""


@ft.component
def ReviewStep() -> ft.Control:
    """The version of the address, or where there is none how to send one."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    part = ft.use_route_params().get("part")
    video = wizard.video
    use_read_notices(f"/projects/{video.project_id}/videos/{video.id}")
    on_its_way: list[ft.Control] = [card(OnItsWay(wizard.sending))] if wizard.sending is not None else []
    if not wizard.versions and on_its_way:
        return _column(on_its_way)
    if not wizard.versions:
        nothing = empty(words("version.none"), words("version.none_more"), ft.Icons.RATE_REVIEW_OUTLINED)
        go = ft.OutlinedButton(words("version.to_export"), on_click=lambda _: desk.go(f"/create/{video.id}/export"))
        return card(ft.Column([nothing, ft.Row([go])], spacing=space(4)))
    version_id = part or wizard.versions[0].id
    one = OneVersion(version_id, key=version_id)  # type: ignore[call-arg]  # Flet takes the key off
    return _column([*on_its_way, ft.Container(one)])


@ft.component
def OneVersion(version_id: str) -> ft.Control:
    """Loaded again whenever something happens in the studio, and after each answer."""
    desk, feed, wizard = use_desk(), use_feed(), use_wizard()
    changes, set_changes = ft.use_state(0)

    async def load() -> tuple[VersionOut, CutOut, Sequence[ContactOut]]:
        version, cut, contacts = await asyncio.gather(
            desk.api.version(version_id), desk.api.cut(wizard.video_id), desk.api.contacts(wizard.video.client_id)
        )
        return version, cut, contacts.items

    match use_loaded(load, feed.news, changes):
        case Waiting():
            return card(skeleton(desk.words, rows=8))
        case Failed(problem) if problem.status == 404:
            return card(text(desk.words("version.gone")))
        case Failed() as failed:
            return card(Trouble(failed))
        case Loaded((version, cut, contacts)):
            return OpenVersion(version, cut, contacts, lambda: set_changes(lambda before: before + 1))


@ft.component
def OpenVersion(
    version: VersionOut, cut: CutOut, contacts: Sequence[ContactOut], changed: Callable[[], None]
) -> ft.Control:
    """The film at one side, what was said at the other."""
    desk = use_desk()
    films = sorted(version.films, key=lambda film: FORMATS.index(film.format))
    first = films[0].format
    wanted, set_format = ft.use_state(first)
    looked_at_id, set_looked_at = ft.use_state("")
    film = next((film for film in films if film.format == wanted), films[0])
    player: Player = ft.use_memo(Player, [film.export_id])
    run = ft.context.page.run_task
    place: ft.Ref[ft.Container] = ft.use_memo(ft.Ref[ft.Container], [])

    async def show(at_ms: int) -> None:
        await player.pause()
        await player.seek(at_ms)
        await _bring_into_view(place.current)

    def look(note: NoteOut) -> None:
        set_looked_at(note.id)
        if note.start_ms is not None:
            run(show, note.start_ms)

    drafts = ft.use_memo(lambda: KeptDrafts(desk.browser_store, version.id), [version.id])
    _, draw = ft.use_state(0)

    async def bring_back() -> None:
        if await drafts.read():
            draw(lambda count: count + 1)

    ft.use_effect(bring_back, [version.id])
    threads = threads_of(version.notes)
    looked_at = next((thread.note for thread in threads if thread.note.id == looked_at_id), None)
    is_current = version.newest_version_id == version.id
    reading = Reading(version.video_id, is_current, cut.scenes, looked_at_id, drafts, look, changed)
    screen = Screen(film, version.number, player, looked_at, key=film.export_id)  # type: ignore[call-arg]  # Flet's own
    parts: list[ft.Control] = [screen]
    if len(films) > 1:
        parts.insert(0, _formats([film.format for film in films], film.format, set_format))
    seen = card(ft.Column(parts, spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.CENTER))
    carried = [thread for thread in threads if thread.note.carried_from_note_id is not None]
    own = [thread for thread in threads if thread.note.carried_from_note_id is None]
    said: list[ft.Control] = [VersionCard(version, contacts)]
    if carried:
        said.append(checklist_card(desk, carried, reading))
    write = NewNote(version.id, player, reading) if is_current else None
    said.append(notes_card(desk, own, reading, write))
    if len(version.versions) > 1:
        said.append(all_versions(desk, version))
    if desk.layout == "narrow":
        key = ft.ScrollKey(FILM_KEY)  # type: ignore[call-arg]  # Flet's own
        return _column([ft.Container(seen, ref=place, key=key), *said])
    # The film stays on the screen while somebody goes through a hundred notes.
    beside = _column(said)
    beside.scroll = ft.ScrollMode.AUTO
    height_px = max(LEAST_HEIGHT_PX, (ft.context.page.height or 0) - ABOVE_PX)
    return ft.Row(
        [ft.Container(seen, width=SEEN_PX[desk.layout]), ft.Container(beside, expand=True, height=height_px)],
        spacing=space(4),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


async def _bring_into_view(film: ft.Container | None) -> None:
    """On a phone the film stands above its notes, and is gone from the screen where one of them is pressed."""
    around = film.parent if film is not None else None
    while around is not None:
        if isinstance(around, ft.Column) and around.scroll is not None:
            await around.scroll_to(scroll_key=FILM_KEY, duration=SCROLLS_MS)
            return
        around = around.parent


def _column(parts: list[ft.Control]) -> ft.Column:
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _formats(names: Sequence[Format], shown: Format, show: Callable[[Format], None]) -> ft.Control:
    return ft.SegmentedButton(
        segments=[ft.Segment(value=name, label=text(name)) for name in names],
        selected=[shown],
        show_selected_icon=False,
        on_change=lambda event: show(cast("Format", chosen(event))),
    )
