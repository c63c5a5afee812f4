"""The page of the ledger: every line that the address asks for, what they are together, and the way to a spreadsheet.

Called by engine.app as the route /costs/ledger.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.costs import CostOut, UsageListed
from api.schemas.fields import PageOf
from engine.ui.addresses import use_query
from engine.ui.client import StudioApi
from engine.ui.components.actions import icon_action
from engine.ui.components.fetching import fetch
from engine.ui.components.rows import Rows
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import card, scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import moment, money, price, today
from engine.ui.pages.costs.filters import Filters
from engine.ui.pages.costs.wish import Lines, month_address
from engine.ui.theme import Role, space
from engine.ui.words import Words

AMOUNTS_WIDTH: Final = space(30)


@dataclass(frozen=True)
class Known:
    """The first lines of a wish, and the sum of all of them."""

    wish: Lines
    page: PageOf[UsageListed]
    total: CostOut


async def load_lines(api: StudioApi, wish: Lines) -> Known:
    """Raises ApiProblem."""
    page, summary = await asyncio.gather(
        api.ledger_lines(wish.asked()), api.sum_of(wish.asked(), wish.first_day, wish.last_day)
    )
    return Known(wish, page, summary.total)


@ft.component
def LedgerPage() -> ft.Control:
    """All lines, the newest first, unless the address says otherwise."""
    desk = use_desk()
    words = desk.words
    wish = Lines.of(use_query())
    parts: list[ft.Control] = [_head(desk, wish), Filters(wish)]
    if wish.is_backwards:
        return scrolled([*parts, card(text(words("lines.backwards"), color=Role.DANGER))])
    return scrolled([*parts, Found(wish, key=str(wish))])  # type: ignore[call-arg]  # Flet takes the key off


@ft.component
def Found(wish: Lines) -> ft.Control:
    """What the filters let through."""
    desk = use_desk()
    words = desk.words
    match use_loaded(lambda: load_lines(desk.api, wish)):
        case Waiting():
            return skeleton(words, rows=8)
        case Failed() as failed:
            return Trouble(failed)
        case Loaded(known) if not known.page.items:
            return _none(desk, wish)
        case Loaded(known):

            async def load(cursor: str | None) -> PageOf[UsageListed]:
                return await desk.api.ledger_lines(wish.asked(), cursor=cursor)

            rows = Rows(known.page.items, known.page.next_cursor, load, lambda line: _row(desk, line))
            return ft.Column([_sum(desk, wish, known.total), rows], spacing=space(3))


def _head(desk: Desk, wish: Lines) -> ft.Control:
    back = month_address((wish.first_day or today()).replace(day=1), today())
    title = heading(desk.words("lines.title"))
    return ft.Row(
        [icon_action(ft.Icons.ARROW_BACK, desk.words("lines.back"), lambda: desk.go(back)), title], spacing=space(2)
    )


def _sum(desk: Desk, wish: Lines, total: CostOut) -> ft.Control:
    words = desk.words
    amount = money(total.amount_micros, words)
    said = (
        words("lines.sum_one", amount=amount)
        if total.lines == 1
        else words("lines.sum", count=total.lines, amount=amount)
    )
    csv = ft.OutlinedButton(words("lines.csv"), icon=ft.Icons.DOWNLOAD, on_click=lambda _: fetch(wish.csv_address))
    return ft.Row(
        [text(said, "strong"), csv],
        spacing=space(4),
        run_spacing=space(2),
        wrap=True,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _none(desk: Desk, wish: Lines) -> ft.Control:
    words = desk.words
    if wish == Lines():
        return card(empty(words("lines.none"), words("lines.none_more"), ft.Icons.RECEIPT_LONG_OUTLINED))
    nothing = empty(words("lines.none_found"), words("lines.none_found_more"), ft.Icons.SEARCH_OFF)
    clear = ft.OutlinedButton(words("lines.clear"), on_click=lambda _: desk.go(Lines().address()))
    return card(ft.Column([nothing, clear], spacing=space(3)))


def _row(desk: Desk, line: UsageListed) -> ft.Control:
    """When and what, whose, and what it cost beside what was estimated."""
    words = desk.words
    what = ft.Column(
        [
            text(_what(line, words), "strong", lines=1),
            text(f"{moment(line.at, words)} · {line.provider} · {line.model}", "caption", Role.MUTED, lines=1),
        ],
        spacing=0,
    )
    below = line.reason if line.refunds_usage_id else line.video_title
    whose = ft.Column(
        [
            text(f"{line.client_name} · {line.project_name}", lines=1),
            *([text(below, "caption", Role.MUTED, lines=1)] if below else []),
        ],
        spacing=0,
    )
    amounts = ft.Column(
        [
            text(price(line.amount_micros, words), "strong", Role.POSITIVE if line.amount_micros < 0 else Role.INK),
            *([] if line.refunds_usage_id else [text(_estimated(line, words), "caption", Role.MUTED)]),
        ],
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.END,
    )
    what.expand = whose.expand = True
    amounts.width = AMOUNTS_WIDTH
    top = ft.CrossAxisAlignment.START
    if desk.layout == "narrow":
        upper = ft.Row([what, amounts], spacing=space(3), vertical_alignment=top)
        return ft.Column([upper, ft.Row([whose])], spacing=space(1))
    return ft.Row([what, whose, amounts], spacing=space(4), vertical_alignment=top)


def _what(line: UsageListed, words: Words) -> str:
    if line.refunds_usage_id:
        return words("lines.refund")
    kind = words.named("usage_kind", line.kind)
    return f"{line.quantity} × {kind}" if line.quantity > 1 else kind


def _estimated(line: UsageListed, words: Words) -> str:
    return words("lines.estimated", amount=price(line.estimated_micros, words))
