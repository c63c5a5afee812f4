"""The thread: what a client's people and the studio wrote to each other, and a field for more.

Called by engine.ui.pages.clients.client. Law: what stands on the screen has been read; what was new when the page was
opened stays marked as such until it is left. What was typed stays until the studio has it.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import flet as ft

from api.schemas.portal import MessageIn, MessageOut
from engine.ui.client import ApiProblem
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.bell import use_read_notices
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons
from engine.ui.components.kept_drafts import NEW, KeptDraft, KeptDrafts
from engine.ui.components.states import Trouble, said_of, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import moment
from engine.ui.theme import Radius, Role, space

PAGE: Final = 10
LONGEST_MESSAGE: Final = 10_000


@ft.component
def Thread(client_id: str) -> ft.Control:
    """The last few messages, the last at the bottom; loaded again whenever something happens."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    changes, set_changes = ft.use_state(0)
    none: frozenset[str] = frozenset()
    new, set_new = ft.use_state(none)
    use_read_notices(f"/clients/{client_id}")

    async def load() -> tuple[Sequence[MessageOut], str | None]:
        page = await desk.api.messages(client_id, limit=PAGE)
        if page.unread:
            others = [message.id for message in page.items if not message.is_mine][: page.unread]
            set_new(lambda before: before | frozenset(others))
            with suppress(ApiProblem):  # it stays new, and the next look tries again
                await desk.api.read_messages(client_id)
        return page.items, page.next_cursor

    content: ft.Control
    match use_loaded(load, feed.news, changes):
        case Waiting():
            content = skeleton(words, rows=2)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded((messages, cursor)):
            content = Written(client_id, messages, cursor, new)
    write = Writing(client_id, lambda: set_changes(lambda before: before + 1))
    said = text(words("messages.unread", count=len(new)), "caption", Role.ACCENT) if new else None
    parts: list[ft.Control] = [content, write]
    whole = ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return titled_card(words("messages.title"), whole, aside=said)


@ft.component
def Written(client_id: str, messages: Sequence[MessageOut], cursor: str | None, new: frozenset[str]) -> ft.Control:
    """The oldest that is shown at the top, and the way to those before it."""
    desk = use_desk()
    words = desk.words
    nothing: Sequence[MessageOut] = ()
    earlier, set_earlier = ft.use_state(nothing)
    has_turned, set_turned = ft.use_state(False)
    next_cursor, set_next_cursor = ft.use_state(cursor)
    problem, set_problem = ft.use_state("")
    before = next_cursor if has_turned else cursor

    async def show_earlier() -> None:
        try:
            page = await desk.api.messages(client_id, limit=PAGE, cursor=before)
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
            return
        set_earlier(lambda shown: [*shown, *page.items])
        set_next_cursor(page.next_cursor)
        set_turned(True)
        set_problem("")

    # While a page of earlier ones stands open, one that has just come moves the last of the first page there too.
    shown = list({message.id: message for message in (*messages, *earlier)}.values())
    if not shown:
        return ft.Column(
            [text(words("messages.none"), "strong"), text(words("messages.none_more"), color=Role.MUTED)], spacing=0
        )
    parts: list[ft.Control] = [_message(desk, message, is_new=message.id in new) for message in reversed(shown)]
    if before:
        button = ft.OutlinedButton(words("messages.earlier"), on_click=lambda _: ft.context.page.run_task(show_earlier))
        parts.insert(0, ft.Row([button]))
    if problem:
        parts.insert(0, text(problem, color=Role.DANGER))
    return ft.Column(parts, spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _message(desk: Desk, message: MessageOut, *, is_new: bool) -> ft.Control:
    """One's own side is the studio's: set in, on the page's ground."""
    words = desk.words
    who = words("messages.you") if message.is_mine else message.author_name
    head = f"{who} · {moment(message.sent_at, words)}"
    lines: list[ft.Control] = [
        text(f"{head} · {words('messages.new')}" if is_new else head, "caption", Role.ACCENT if is_new else Role.MUTED),
        text(message.text),
    ]
    return ft.Container(
        ft.Column(lines, spacing=space(1)),
        bgcolor=Role.GROUND if message.is_studio else Role.CLEAR,
        border_radius=Radius.SMALL,
        padding=space(3) if message.is_studio else 0,
        margin=ft.Margin.only(left=space(6)) if message.is_studio else None,
    )


@ft.component
def Writing(client_id: str, wrote: Callable[[], None]) -> ft.Control:
    """The field. Each message carries its id from the start, so that it is kept once however often it is sent."""
    desk, act = use_desk(), use_act()
    words = desk.words
    kept = ft.use_memo(lambda: KeptDrafts(desk.browser_store, client_id), [client_id])
    draft, put = use_draft(KeptDraft)

    async def bring_back() -> None:
        if await kept.read() and (left := kept.find(NEW)) is not None and not draft.value.text:
            put(left)

    def keep(typed: str) -> None:
        put(draft.value.model_copy(update={"text": typed}))
        kept.put(NEW, draft.value)

    async def send() -> str:
        typed = draft.value.text.strip()
        if not typed:
            return words("messages.empty")
        body = checked(MessageIn, {"id": draft.value.id, "text": typed})
        await desk.api.write_message(client_id, body, f"{draft.value.id}:{hash(typed)}")
        put(KeptDraft())
        kept.drop(NEW)
        wrote()
        return words("messages.sent")

    ft.use_effect(bring_back, [client_id])

    looks = Looks(label=words("messages.write"), min_lines=2, max_lines=8, max_length=LONGEST_MESSAGE)
    field = TypedField(looks, draft.value.text, keep)
    go = ft.OutlinedButton(words("messages.send"), icon=ft.Icons.SEND_OUTLINED, on_click=lambda _: act.run(send))
    parts: list[ft.Control] = [field, buttons([go], act)]
    return ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
